# What a node that is to rejoin alone has, and whether its server would start closed. Changes nothing.
#
# with look/facts
# with survey/layout
# with part/closed
# with rejoin/sets
# with rejoin/own
# text DECODE rejoin/own.awk
#
# theirs     what its leader has; of a node that receives, with all that the leader's own server may have made since
# patience   seconds for reading logs, each of at most three times
#
# Facts
#   has.executed, has.received   sets of transactions; what it has applied or written, and what it has received
#   has.exact       no: its server does not run, and its logs say at least that much
#   has.why         what can't be told, and why
#   own.set         what it has applied or written, and its leader has not
#   own.waiting     what it has received and not applied, and its leader has not
#   own.purged      what of own.set its binary logs have no more
#   own.whole       no: not all of own.set could be decoded in time
#   own.transactions, own.first, own.last, own.harmless, own.what   see rejoin/own.awk; times in words
#   closed          yes, no: whether it would start closed, and closed.why
#   data.bytes      of its data folder       aside.free   bytes that are free for a copy of it, in aside.place
#   channels        names of other channels than the one without a name, of a server that answers

is_done() {
  local bytes patience=${V[patience]:-3}
  [[ $patience =~ ^[0-9]{1,4}$ ]] || patience=3
  if [ ! -f "$DATA/mysql.ibd" ]; then
    known has.why "there is no data in $DATA"
    send_facts
    return 0
  fi
  configured
  if comes_up_closed; then fact closed yes; else fact closed no; fact closed.why "$WHY"; fi
  if look_for_own "$patience"; then
    known has.executed "$HAS"
    known has.received "$RECEIVED"
    fact has.exact "$EXACT"
    known own.waiting "$WAITING"
    [ -z "$OWN" ] || own_facts "$patience"
    [ "$SERVER" = no ] || other_channels
  else
    fact has.why "$WHY"
  fi
  # What is known is known, should the rest take too long.
  send_facts
  bytes=$(timeout 3 du -sb "$DATA" 2>/dev/null)
  known data.bytes "${bytes%%[!0-9]*}"
  aside_place
  known aside.place "$REPLY"
  known aside.free "$(df -B1 --output=avail "${V[state_directory]}" 2>/dev/null | tail -n 1 | tr -d ' ')"
  send_facts
}

aside_place() { REPLY=${V[state_directory]}/aside; }

own_facts() {
  local set=$OWN
  fact own.set "$set"
  holding "$set" "${BINLOGS[@]}" || return 0
  known own.purged "$PURGED"
  [ "${#HOLDING[@]}" -gt 0 ] || { fact own.whole no; return 0; }
  decode "$set" "$1" "${HOLDING[@]}"
  if [ "$WHOLE" = yes ] && [ -z "$PURGED" ]; then fact own.whole yes; else fact own.whole no; fi
  fact own.transactions "$TRANSACTIONS"
  at_time "$FIRST"; known own.first "$REPLY"
  at_time "$LAST"; known own.last "$REPLY"
  fact own.harmless "$HARMLESS"
  known own.what "$WHAT"
}

other_channels() {
  asked "select coalesce(group_concat(channel_name), '') from performance_schema.replication_connection_configuration where channel_name <> ''"
  [[ $REPLY == *ERROR* ]] || known channels "$REPLY"
}

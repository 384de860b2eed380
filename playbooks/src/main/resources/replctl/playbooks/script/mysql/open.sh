# Opens the recorded leader, which runs closed or is stopped, under the promise of its operation: started where it
# is stopped, then opened with the epoch's row, and what commits wait for set before anybody else may write.
#
# with part/open
# with part/closed
#
# patience   seconds until a server that is started must answer
# others     NODE SET, a line each: transactions that the other nodes have; it must have them too

STATE=${V[state_directory]}

is_done() {
  server_pid || { WHY="no process of a server works in $DATA"; return 1; }
  answers || { WHY="the server does not answer: $ANSWER"; return 1; }
  unit_has_it || return 2
  asked "select if(@@global.read_only or @@global.super_read_only, 'closed', 'open')"
  case $REPLY in
    open) ;;
    closed) WHY="it takes no writes"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  semi_sync_is_set || return
  [ -n "${V[promise]:-}" ] || return 0
  asked "select count(*) from replctl.epoch where epoch = ${V[promise]}"
  [ "$REPLY" != 0 ] || { WHY="its data does not tell of epoch ${V[promise]}"; return 1; }
  [ "$REPLY" = 1 ] || { WHY=$REPLY; return 2; }
}

perform() {
  local started=no said
  [ -e "$DATA/mysql.ibd" ] || refuse "there is no server in $DATA"
  [ ! -e "$STATE/fenced" ] || refuse "it is fenced: $(head -c 100 "$STATE/fenced")"
  [[ ${V[promise]:-} =~ ^[0-9]{1,15}$ ]] || refuse "it is opened under an epoch only"
  semi_sync_read || refuse "$WHY"
  if ! server_pid || ! answers; then
    comes_up_closed || refuse "$WHY: it would come up open before it may"
    start_server "${V[patience]}" || fail "$WHY"
    started=yes
  fi
  may_be_opened || { [ "$started" = yes ] && fail "it was started, and stays closed: $WHY"; refuse "$WHY"; }
  asked "select if(@@global.read_only or @@global.super_read_only, 'closed', 'open')"
  case $REPLY in
    closed) ;;
    open)
      tell_epoch
      return
      ;;
    *) fail "$REPLY" ;;
  esac
  # The row must not wait for followers that are not there yet; on a closed server nothing waits.
  if semi_sync_names; then
    asked "set global ${PREFIX}_enabled = 0"
    [ -z "$REPLY" ] || fail "$REPLY"
  fi
  open_statement row || fail "$WHY"
  # In a session of its own, which ends at the first error: nothing is opened without what comes before.
  said=$(sql "$REPLY" 2>&1) || fail "it was not opened, or in part: $said"
  events_run || fail "$WHY"
}

# Its start guard has opened it meanwhile, by what the node's file says: no more lacks than the row.
tell_epoch() {
  local row
  epoch_row_statement
  row=$REPLY # opening a session leaves its own
  session_open && session "$row" 10 || fail "it takes writes, and the epoch's row waits: ${REPLY:-for a follower}"
  [ -z "$REPLY" ] || fail "it takes writes, and the epoch's row can't be written: $REPLY"
}

# led: whether it is this server that was opened last, by its data: then a channel is left from before.
led() {
  asked "select count(*) from replctl.epoch where server = @@server_uuid and epoch = (select max(epoch) from replctl.epoch)"
  [ "$REPLY" = 1 ] || return 1
  asked "select count(*) from performance_schema.replication_connection_status where service_state <> 'OFF'"
  [ "$REPLY" = 0 ]
}

# may_be_opened: 1: WHY says why not. Its word on what others have is newer than what was seen before it started.
may_be_opened() {
  local node set
  asked "select count(*) from performance_schema.replication_connection_configuration where host <> ''"
  [ "$REPLY" = 0 ] || led || { WHY="it is set to receive from another"; return 1; }
  while read -r node set; do
    [ -n "$set" ] || continue
    [[ $set =~ ^[0-9a-z:,_-]+$ ]] || { WHY="what $node has can't be read"; return 1; }
    literal "$set"
    asked "select gtid_subset($REPLY, @@global.gtid_executed)"
    [ "$REPLY" = 1 ] || { WHY="$node has transactions that it lacks: it was promoted, or this one is behind ($REPLY)"; return 1; }
  done <<<"${V[others]:-}"
}

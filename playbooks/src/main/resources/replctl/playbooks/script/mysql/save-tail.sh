# Keeps what a node alone has before it is called done elsewhere, dropped, or replaced: the logs that hold it, and its
# transactions in words that can be read and applied. Nothing of it is ever deleted by replctl. What its server has purged
# is said.
#
# with look/facts
# with survey/layout
# with rejoin/sets
# with rejoin/own
# text DECODE rejoin/own.awk
#
# theirs     see remains.sh
#
# It lies in divergence/OPERATION of the state folder:
#   binlog.000042 ...  the logs that hold it, whole
#   events.sql         its transactions, as mysqlbinlog prints them: rows as comments, and as statements
#   transactions.txt   a line each: when it committed, and its GTID
#   summary            the facts
# Facts: own.* as remains.sh has them, saved (the folder), note (all of it in a sentence)

PLACE=${V[state_directory]}/divergence/${V[operation]:-unnamed}

is_done() {
  local line
  [ -f "$PLACE/summary" ] || { WHY="it is not kept yet"; return 1; }
  while IFS= read -r line; do fact "${line%%=*}" "${line#*=}"; done <"$PLACE/summary"
  send_facts
}

perform() {
  local new=$PLACE.new patience=$LIMIT note files=() first last gone
  configured
  look_for_own "$patience" || refuse "$WHY"
  if [ "$SERVER" = yes ]; then
    asked "select @@global.read_only"
    [ "$REPLY" = 1 ] || refuse "it takes writes: what they change would be missing ($REPLY)"
  fi
  holding "$OWN" "${BINLOGS[@]}" || refuse "where its logs begin can't be read"
  files=("${HOLDING[@]}") gone=$PURGED
  if [ -n "$WAITING" ]; then
    holding "$WAITING" "${RELAYS[@]}" || refuse "where its relay logs begin can't be read"
    files+=("${HOLDING[@]}")
    gone+=${gone:+${PURGED:+,}}$PURGED
  fi
  rm -rf "$new"
  mkdir -p "${PLACE%/*}" && mkdir -m 700 "$new" || refuse "cannot make $new"
  keep_logs "${files[@]}"
  TRANSACTIONS=0 FIRST="" LAST="" HARMLESS=yes WHAT=""
  [ "${#files[@]}" -eq 0 ] || keep_events "$OWN${OWN:+${WAITING:+,}}$WAITING" "$patience" "${files[@]}"
  at_time "$FIRST"; first=$REPLY
  at_time "$LAST"; last=$REPLY
  in_words
  printf '%s\n' "own.set=$OWN" "own.waiting=$WAITING" "own.purged=$gone" "own.transactions=$TRANSACTIONS" "own.first=$first" \
    "own.last=$last" "own.harmless=$HARMLESS" "own.what=$WHAT" "saved=$PLACE" "note=$note" >"$new/summary" || refuse "cannot write in $new"
  sync -f "$new"
  rm -rf "$PLACE"
  mv -T "$new" "$PLACE" && sync "${PLACE%/*}" || fail "cannot rename $new"
}

keep_logs() {
  local file need=0 free
  for file in "$@"; do need=$((need + $(stat -c %s "$file"))); done
  free=$(df -B1 --output=avail "$new" | tail -n 1)
  [ $((2 * need)) -lt "$free" ] || refuse "what it alone has takes up to $((2 * need)) bytes in $PLACE, and $free are free"
  for file in "$@"; do
    cp --reflink=auto --preserve=mode,timestamps "$file" "$new/" || refuse "cannot copy $file to $new"
  done
}

# keep_events SET PATIENCE FILE...: as read from the copies: they must say it.
keep_events() {
  local set=$1 patience=$2 file copies=() code
  shift 2
  for file in "$@"; do copies+=("$new/${file##*/}"); done
  decode "$set" "$patience" "${copies[@]}"
  [ "$WHOLE" = yes ] || refuse "the logs that hold what it alone has could not be read to their end in $patience s"
  within_time "$patience" "${CLIENT%/*}/mysqlbinlog" --no-defaults -vv --include-gtids="$set" "${copies[@]}" >"$new/events.sql"
  code=$?
  [ "$code" = 0 ] || refuse "the logs in $new can't be read (mysqlbinlog: $code)"
  awk '
    /^# original_commit_timestamp=/ { at = $3 " " $4; sub(/^\(/, "", at) }
    /^SET @@SESSION.GTID_NEXT= '\''[0-9a-f]/ { split($0, part, "'\''"); print at " UTC " part[2] }' "$new/events.sql" >"$new/transactions.txt" ||
    refuse "cannot write in $new"
}

# in_words: all of it, in note.
in_words() {
  local times=""
  if [ -z "$OWN$WAITING" ]; then
    note="nothing is lost: it has nothing that the leader has not"
    return
  fi
  [ -z "$first" ] || times=", committed from $first to $last"
  note="$TRANSACTIONS transactions that the leader has not"
  [ "$TRANSACTIONS" != 1 ] || note="1 transaction that the leader has not"
  note+="$times${WHAT:+: $WHAT}; saved in $PLACE"
  [ -z "$gone" ] || note+="; its logs have no more what $gone did"
}

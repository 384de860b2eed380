# A frozen follower applies what was carried from the old leader's disk, and stands still again with it.
#
# manifest, set, transactions   as salvage-give.sh found them
# leader     whose they are
# patience   seconds that it may take, and before it that all which it has received is applied
#
# Fact: note

# with part/frozen
# with part/applied
# with part/salvaged

is_done() {
  # The old leader's host has said it.
  [[ ${V[set]} =~ $GTIDS ]] || { WHY="not a set of transactions: ${V[set]:0:100}"; return 2; }
  contains "@@global.gtid_executed" "'${V[set]}'"
  case $? in
    0) ;;
    1) WHY="it has not got all of it"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  asked "select count(*) from performance_schema.replication_connection_configuration where channel_name = '$SALVAGE_CHANNEL'"
  [ "$REPLY" != 0 ] || return 0
  WHY="its applier may go on"
  return 1
}

perform() {
  local first=""
  closed || refuse "$WHY"
  frozen_read
  [ "$FROZEN_BY" = "${V[operation]:-none}" ] || refuse "it was not told to stand still by this operation"
  salvage_ends || refuse "what is left of another attempt does not end: $WHY"
  stands || refuse "$WHY"
  await_applied "$HAS" "${V[patience]}" || refuse "$WHY"
  relay_logs || { drop; refuse "$WHY"; }
  literal "$first"
  quietly "change replication source to source_host = 'salvage.invalid', source_auto_position = 0, relay_log_file = $REPLY,
    relay_log_pos = 4 for channel '$SALVAGE_CHANNEL'" || { drop; refuse "its server does not take them: $WHY"; }
  CHANNEL=$SALVAGE_CHANNEL
  await_applied "${V[set]}" "${V[patience]}" || { drop; fail "$WHY"; }
  CHANNEL=""
  drop
  stands && FROZEN_AT=$HAS && frozen_write || fail "$WHY"
  fact note "${V[transactions]} transactions that only ${V[leader]}'s disk had were fetched from there: nothing of what it wrote is lost"
}

# relay_logs: each piece of what was carried is one, listed in the channel's own index, by the names that the server gives
# them (MySQL's manual, "Replication Channel Naming Conventions"); `first` is one's name. 1: WHY.
relay_logs() {
  local base index words word name head from to at=0 size count=0 file list=""
  asked "select concat_ws('|', @@global.relay_log_basename, @@global.relay_log_index)"
  IFS='|' read -r base index <<<"$REPLY"
  [[ $base == /* && $index == /* ]] || { WHY="it does not say where its relay logs are: $REPLY"; return 1; }
  base=$base-$SALVAGE_CHANNEL
  index=${index%.*}-$SALVAGE_CHANNEL.${index##*.}
  rm -f "$base".[0-9]* "$index"
  for word in ${V[manifest]}; do
    IFS=: read -r name head from to <<<"$word"
    [[ $head:$from:$to =~ ^[0-9]{1,15}:[0-9]{1,15}:[0-9]{1,15}$ ]] || { WHY="it is not said what was carried"; return 1; }
    size=$((head + to - from)) count=$((count + 1))
    printf -v file '%s.%06d' "$base" "$count"
    tail -c +$((at + 1)) "$SALVAGED/stream" | head -c "$size" >"$file" && [ "$(stat -c %s "$file")" = "$size" ] ||
      { WHY="cannot write $file"; return 1; }
    at=$((at + size)) list+=$file$'\n'
    first=${first:-$file}
  done
  [ -n "$list" ] && printf '%s' "$list" >"$index" || { WHY="cannot write $index"; return 1; }
}

# What was carried is still on the old leader's disk.
drop() {
  local why=$WHY
  salvage_ends || why+="; $WHY"
  rm -rf "$SALVAGED"
  WHY=$why
}

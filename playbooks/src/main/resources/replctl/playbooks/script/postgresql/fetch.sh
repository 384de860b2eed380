# A frozen follower gets what another one has beyond it, and stands still again.
#
# conninfo   how that one is reached
# position   what it must have then
# patience   seconds that it may take

V[conninfo]=${V[conninfo]//@state@/"${V[state_directory]}"}

is_done() {
  local row
  row=$(sql "select greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) >= '${V[position]}'::pg_lsn,
    current_setting('primary_conninfo') = ''" 2>&1) || { WHY="$row"; return 2; }
  case $row in
    "t|t") return 0 ;;
    "t|"*) WHY="it still receives" ;;
    *) WHY="it has not got everything up to ${V[position]}" ;;
  esac
  return 1
}

has_it() {
  [ "$(sql "select greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) >= '${V[position]}'::pg_lsn" 2>/dev/null)" = t ]
}

perform() {
  local words
  [[ ${V[position]} =~ ^[0-9A-F]{1,8}/[0-9A-F]{1,8}$ ]] || refuse "not a position: ${V[position]}"
  words=$(sql "select pg_is_in_recovery()" 2>&1) || refuse "$words"
  [ "$words" = t ] || refuse "it is open as a leader"
  literal "${V[conninfo]}"
  words=$(sql "alter system set primary_conninfo = $REPLY; alter system set primary_slot_name = ''; select pg_reload_conf()" 2>&1) || fail "$words"
  soon "${V[patience]}" has_it
  words=$(sql "alter system set primary_conninfo = ''; select pg_reload_conf()" 2>&1) || fail "$words"
  has_it || refuse "it has not got everything up to ${V[position]} in ${V[patience]} s"
}

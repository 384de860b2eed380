# A follower stops receiving, so that what it has can be compared with what others have. It remembers
# from whom it received, and takes that up again when it is thawed.
#
# patience   seconds until its receiver must be gone, and what it has applied must stand still
#
# Facts: position (the end of what it has)  timeline

NOTE=${V[state_directory]}/frozen

is_done() {
  server_pid || { WHY="the server does not run"; return 1; }
  asked "select current_setting('primary_conninfo') <> '' or exists (select from pg_stat_wal_receiver)"
  case $REPLY in
    f) stands ;;
    t) WHY="it receives, or would"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
}

# stands: what it has, twice the same. After a restart nothing counts as received, and what is on its
# disk is applied bit by bit.
stands() {
  local first
  at || return 2
  first=$REPLY
  sleep 0.03
  at || return 2
  [ "$REPLY" = "$first" ] || { WHY="what it has applied moves on"; return 1; }
  fact position "${REPLY%|*}"
  fact timeline "${REPLY#*|}"
}

at() {
  asked "select greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) || '|' || timeline_id from pg_control_checkpoint()"
  [[ $REPLY =~ ^[0-9A-F]+/[0-9A-F]+\|[0-9]+$ ]] || { WHY=$REPLY; return 1; }
}

# A follower whose replay stands (held back by a delay, a query, or paused) does not look at what it was
# told: its receiver goes on until replay has used up all that was received. It is ended from here; with
# nobody to receive from no other one is begun. It writes out what it got before it ends (walreceiver.c).
end_receiver() {
  asked "select pid from pg_stat_wal_receiver where current_setting('primary_conninfo') = ''"
  [[ ! $REPLY =~ ^[1-9][0-9]*$ ]] || kill -TERM "$REPLY"
}

perform() {
  server_pid || refuse "the server does not run"
  asked "select pg_is_in_recovery() || '|' || current_setting('primary_conninfo')"
  case $REPLY in
    "true|") ;;
    "true|"*) put "$NOTE" 600 "${V[operation]:-}"$'\n'"${REPLY#*|}"$'\n' || refuse "$WHY" ;;
    "false|"*) refuse "it is open as a leader" ;;
    *) refuse "$REPLY" ;;
  esac
  asked "alter system set primary_conninfo = '';
    select pg_reload_conf()"
  [ "$REPLY" = t ] || fail "$REPLY"
  soon 1 is_done || end_receiver
  soon "${V[patience]}" is_done || fail "after ${V[patience]} s $WHY"
}

# A follower stops receiving, so that what it has can be compared with what others have. It remembers
# from whom it received, and takes that up again when it is thawed.
#
# patience   seconds until its receiver must be gone, and what it has applied must stand still
#
# Facts: position (the end of what it has)  timeline

NOTE=${V[state_directory]}/frozen

receiving() {
  sql "select current_setting('primary_conninfo') <> '' or exists (select from pg_stat_wal_receiver)" 2>&1
}

is_done() {
  local words
  server_pid || { WHY="the server does not run"; return 1; }
  words=$(receiving) || { WHY="$words"; return 2; }
  [ "$words" = f ] || { WHY="it receives, or would"; return 1; }
  stands
}

# stands: what it has, twice the same. After a restart nothing counts as received, and what is on its
# disk is applied bit by bit.
stands() {
  local row again
  row=$(at) || { WHY="$row"; return 2; }
  sleep 0.03
  again=$(at) || { WHY="$again"; return 2; }
  [ "$row" = "$again" ] || { WHY="what it has applied moves on"; return 1; }
  fact position "${row%|*}"
  fact timeline "${row#*|}"
}

at() {
  sql "select greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) || '|' || timeline_id from pg_control_checkpoint()" 2>&1
}

# A follower whose replay stands (held back by a delay, a query, or paused) does not look at what it was
# told: its receiver goes on until replay has used up all that was received. It is ended from here; with
# nobody to receive from no other one is begun. It writes out what it got before it ends (walreceiver.c).
end_receiver() {
  local pid
  pid=$(sql "select pid from pg_stat_wal_receiver where current_setting('primary_conninfo') = ''" 2>/dev/null)
  [[ ! $pid =~ ^[1-9][0-9]*$ ]] || kill -TERM "$pid"
}

perform() {
  local row
  server_pid || refuse "the server does not run"
  row=$(sql "select pg_is_in_recovery(), current_setting('primary_conninfo')" 2>&1) || refuse "$row"
  [ "${row%%|*}" = t ] || refuse "it is open as a leader"
  if [ -n "${row#*|}" ]; then
    put "$NOTE" 600 "${V[operation]:-}"$'\n'"${row#*|}"$'\n' || refuse "$WHY"
  fi
  row=$(sql "alter system set primary_conninfo = ''; select pg_reload_conf()" 2>&1) || fail "$row"
  soon 1 is_done || end_receiver
  soon "${V[patience]}" is_done || fail "after ${V[patience]} s $WHY"
}

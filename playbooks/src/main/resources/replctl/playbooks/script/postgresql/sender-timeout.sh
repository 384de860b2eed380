# Lowers wal_sender_timeout for the length of a switchover, and puts it back. A fast stop waits until
# every follower has taken the last of the log; one that is frozen with a full socket holds it up for
# this time-out, 60 s by default. Terminating the walsender instead makes the stop wait for ever.
#
# wanted   the time-out, or empty: what it was before replctl lowered it

NOTE=${V[state_directory]}/sender-timeout

is_done() {
  local now
  if [ -z "${V[wanted]}" ]; then
    [ ! -e "$NOTE" ] || { WHY="it is still lowered"; return 1; }
    return 0
  fi
  now=$(sql "select setting || 'ms' from pg_settings where name = 'wal_sender_timeout'" 2>&1) || { WHY="$now"; return 2; }
  [ "$now" = "${V[wanted]}" ] || { WHY="it is $now"; return 1; }
}

# A walsender that learns of a shorter time-out looks at once when its follower last answered. On an idle
# leader that is up to wal_receiver_status_interval (10 s) ago, and the streams of followers that are well
# would break a moment before the hand-over. They answer when there is something to write to their disks.
# Who does not is who the time-out is lowered for.
hear_followers() {
  local position
  position=$(sql "select pg_create_restore_point('replctl switchover')" 2>/dev/null) || return 0
  soon 2 have_answered "$position"
}

have_answered() {
  [ "$(sql "select count(*) from pg_stat_replication where state = 'streaming' and flush_lsn < '$1'" 2>/dev/null)" = 0 ]
}

perform() {
  local words before
  if [ -n "${V[wanted]}" ]; then
    if [ ! -e "$NOTE" ]; then
      # Only what ALTER SYSTEM itself had set is put back; other files still hold theirs.
      before=$(sql "select setting || 'ms' from pg_settings
        where name = 'wal_sender_timeout' and sourcefile like '%/postgresql.auto.conf'") || refuse "cannot ask the server"
      printf '%s\n' "$before" >"$NOTE.new" && sync "$NOTE.new" && mv "$NOTE.new" "$NOTE" || refuse "cannot write $NOTE"
    fi
    hear_followers
    literal "${V[wanted]}"
    words=$(sql "alter system set wal_sender_timeout = $REPLY; select pg_reload_conf()" 2>&1) || fail "$words"
    return
  fi
  read -r before <"$NOTE"
  if server_pid; then
    if [ -n "$before" ]; then
      literal "$before"
      words="alter system set wal_sender_timeout = $REPLY"
    else
      words="alter system reset wal_sender_timeout"
    fi
    words=$(sql "$words; select pg_reload_conf()" 2>&1) || fail "$words"
  elif any_process; then
    fail "processes of a server that is gone have $DATA open yet"
  else
    # Its start guard may hold it back for this very operation, until that is taken back.
    auto_conf_set wal_sender_timeout ${before:+"$before"} || fail "$WHY"
  fi
  rm -f "$NOTE"
}

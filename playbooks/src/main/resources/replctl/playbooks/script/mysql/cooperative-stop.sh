# Closes a MySQL server on its own host: see fence/part/stop. It comes up closed by its options. A commit that waits for
# a follower's word when the server shuts down is kept here, and its client is told that the connection was lost.
#
# with fence/part/stop
# with part/closed
#
# stop_seconds   how long a shutdown may take before the next means

# Seen before, and said only when it is stopped: that it takes writes no more counts most.
can_be_closed() { return 0; }

# What is left beside the server, say its start guard, ends with the unit. A shutdown waits 10 s for sessions that
# stay, and this script has one.
stop_by_own_means() {
  end_session
  ! server_pid || kill -TERM "$REPLY" 2>/dev/null
  soon "${V[stop_seconds]}" gone
}

closed_when_started() { comes_up_closed || { WHY="$WHY: it would come up open"; return 1; }; }

# Its files of options are root's, and not written by a fence.
close_start() { closed_when_started || fail "it is stopped, and $WHY; next: replctl init, or set it and try again"; }

# Closes a PostgreSQL server on its own host: see fence/part/stop. What has it come up closed is standby.signal: on a
# server that runs, it would make it a follower at its next crash recovery.
#
# with fence/part/stop
#
# fast_seconds, immediate_seconds   how long these stops may take before the next means

can_be_closed() { [ ! -d "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is a folder"; }

stop_by_own_means() {
  if stop_server fast "${V[fast_seconds]}" && gone; then return 0; fi
  stop_server immediate "${V[immediate_seconds]}" && gone
}

# Where there is no data, nothing can be started.
closed_when_started() {
  [ -f "$DATA/standby.signal" ] || [ ! -e "$DATA/PG_VERSION" ] ||
    { WHY="$DATA/standby.signal is missing: it would be started as a leader"; return 1; }
}

# Read back: what was not written is not there when it counts.
close_start() {
  closed_when_started && return 0
  standby_signal "$DATA" ||
    fail "it is stopped, and $DATA/standby.signal can't be written: it could be started as a leader"
  [ -f "$DATA/standby.signal" ] || fail "it is stopped, and $DATA/standby.signal does not stay"
}

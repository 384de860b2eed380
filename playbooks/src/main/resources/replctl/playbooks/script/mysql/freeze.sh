# A follower stops receiving, so that what it has can be compared with what others have. It goes on applying what it
# has. It remembers from whom it received, and takes that up again when it is thawed.
#
# patience   seconds until its receiver must be gone
#
# Facts: position (all that it has, applied or not)

# with part/frozen

is_done() {
  server_pid || { WHY="the server does not run"; return 1; }
  frozen_read
  [ "$FROZEN_BY" = "${V[operation]:-}" ] || { WHY="it was not told to stand still"; return 1; }
  stands || return
  [ -n "$FROZEN_AT" ] || { WHY="what it had then is not written down"; return 1; }
  fact position "$HAS"
}

perform() {
  server_pid || refuse "the server does not run"
  closed || refuse "$WHY"
  asked "select concat_ws(' ', c.host, c.port, c.heartbeat_interval, if(s.service_state = 'OFF', 'no', 'yes'))
    from performance_schema.replication_connection_configuration c
    join performance_schema.replication_connection_status s using (channel_name) where channel_name = ''"
  [[ $REPLY =~ ^[^\ ]+\ [0-9]+\ [0-9.]+\ (yes|no)$ ]] || refuse "it does not follow: ${REPLY:-it has no channel}"
  frozen_read
  if [ "$FROZEN_BY" != "${V[operation]:-}" ]; then
    FROZEN_BY=${V[operation]:-} FROZEN_FROM=$REPLY FROZEN_AT=""
    frozen_write || refuse "$WHY"
  fi
  # The applier is not stopped with it: what was received is to be applied, and a server that is restarted before that
  # throws it away (relay_log_recovery).
  quietly "stop replica io_thread for channel ''" "${V[patience]}" || fail "its receiver does not end: $WHY"
  stands || fail "$WHY"
  # A server that was restarted meanwhile has less now; who leads must have what was noted.
  if [ -z "$FROZEN_AT" ] || contains "'$HAS'" "'$FROZEN_AT'"; then
    FROZEN_AT=$HAS
    frozen_write || fail "$WHY"
  fi
}

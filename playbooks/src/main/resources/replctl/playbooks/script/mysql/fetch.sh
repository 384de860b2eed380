# A frozen follower gets what another one has beyond it, and stands still again. That one sends what it has applied
# only, and goes on applying meanwhile.
#
# from_host, from_port   how that one is reached; the login and its certificates are those of this node's channel
# position     what it must have then
# patience     seconds that it may take

# with part/frozen
# with part/applied

is_done() {
  stands || return
  contains "'$HAS'" "'${V[position]}'"
  case $? in
    0) return 0 ;;
    1) WHY="it has not got everything" ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  return 1
}

perform() {
  [[ ${V[position]} =~ $GTIDS && ${V[from_port]} =~ ^[0-9]{1,5}$ ]] || refuse "not a position: ${V[position]:0:100}"
  closed || refuse "$WHY"
  frozen_read
  [ "$FROZEN_BY" = "${V[operation]:-none}" ] || refuse "it was not told to stand still by this operation"
  stands || refuse "$WHY"
  # Where no applier runs, another source would throw away what is received and not applied yet.
  await_applied "$HAS" "${V[patience]}" || refuse "$WHY"
  literal "${V[from_host]}"
  quietly "change replication source to source_host = $REPLY, source_port = ${V[from_port]}, source_heartbeat_period = 1,
    source_connect_retry = 1 for channel ''; start replica for channel ''" || { stand_again; fail "$WHY"; }
  STOPPED=""
  soon "${V[patience]}" has_it
  stand_again
  is_done || fail "after $SECONDS s $WHY${STOPPED:+: $STOPPED}"
}

# has_it: or it is not worth waiting for, since its receiver has ended.
has_it() {
  asked "select concat_ws(' ', gtid_subset('${V[position]}', $HELD), service_state, last_error_number, left(last_error_message, 200))
    from performance_schema.replication_connection_status where channel_name = ''"
  [[ ! $REPLY =~ ^0\ OFF\ (.*)$ ]] || { STOPPED=${BASH_REMATCH[1]}; return 0; }
  [[ $REPLY == 1\ * ]]
}

stand_again() {
  local why=$WHY
  quietly "stop replica io_thread for channel ''"
  stands && { FROZEN_AT=$HAS; frozen_write; }
  WHY=$why
}

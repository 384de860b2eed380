# What promote.sh does in one go may have been cut short: the epoch's row is in the leader's data, and the channel that
# it followed by is gone.

# with part/frozen
# with part/open

STATE=${V[state_directory]:-}

# row_is_there: under whichever promise of this operation, which has another epoch when it is resumed. One more would wait
# as every commit of a leader does, and no follower may be there yet.
row_is_there() {
  local leader
  literal "${V[node_name]:-}"; leader=$REPLY
  literal "${V[operation]:-}"
  asked "select count(*) from replctl.epoch where leader = $leader and operation = $REPLY"
  [[ $REPLY == [1-9]* ]]
}

is_done() {
  row_is_there || { WHY="table replctl.epoch has no row of this operation"; return 1; }
  asked "select count(*) from performance_schema.replication_connection_configuration where channel_name = ''"
  [ "$REPLY" = 0 ] && return 0
  WHY="it still has the channel that it followed by"
  [ "$REPLY" = 1 ] && return 1
  WHY=$REPLY
  return 2
}

perform() {
  [[ ${V[promise]:-} =~ ^[0-9]{1,15}$ ]] || refuse "no epoch was promised"
  asked "select concat(@@global.read_only, coalesce($CHANNEL_STATE, 'none'))"
  [[ $REPLY =~ ^0(OFF|none)$ ]] || refuse "it does not lead: $REPLY"
  if [ "${REPLY#0}" = OFF ]; then
    quietly "stop replica for channel ''; reset replica all for channel ''" || fail "$WHY"
  fi
  away "$FROZEN"
  ! row_is_there || return 0
  epoch_row_statement
  quietly "$REPLY" || fail "$WHY"
}

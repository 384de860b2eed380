# A follower that was frozen receives again from whom it did before, should this operation have frozen it.

# with part/frozen
# with part/salvaged

is_done() {
  frozen_read
  [ -n "$FROZEN_BY" ] && [ "$FROZEN_BY" = "${V[operation]:-}" ] || return 0
  WHY="it is frozen"
  return 1
}

perform() {
  local host port heartbeat receiving now
  read -r host port heartbeat receiving <<<"$FROZEN_FROM"
  [[ $port =~ ^[0-9]{1,5}$ && $heartbeat =~ ^[0-9]{1,8}(\.[0-9]{1,6})?$ ]] || refuse "$FROZEN does not say from whom it received"
  salvage_ends || fail "$WHY"
  asked "select concat(host, ' ', port) from performance_schema.replication_connection_configuration where channel_name = ''"
  now=$REPLY
  case $now in
    "") receiving=no ;; # It leads, or follows nobody any more.
    "$host $port") ;;
    *ERROR*) refuse "$now" ;;
    *)
      # While its applier runs, this keeps what is received and not applied yet.
      literal "$host"
      quietly "stop replica io_thread for channel ''; change replication source to source_host = $REPLY, source_port = $port,
        source_heartbeat_period = $heartbeat for channel ''" || fail "$WHY"
      ;;
  esac
  [ "$receiving" != yes ] || quietly "start replica io_thread for channel ''" || fail "$WHY"
  rm -rf "$SALVAGED"
  away "$FROZEN" && sync "${FROZEN%/*}" || fail "cannot remove $FROZEN"
}

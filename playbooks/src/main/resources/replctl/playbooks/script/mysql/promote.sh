# A follower that was told to stand still becomes the leader: what it has received is applied, then it is opened with
# the epoch's row as its first transaction. Whether it has is asked under the host's lock, since a script that still
# holds it may be about to.
#
# patience   seconds until all that it received is applied
#
# Facts: open

# with part/frozen
# with part/salvaged
# with part/applied
# with part/open
# with part/opening

STATE=${V[state_directory]:-}

is_done() {
  if [ "$MODE" = probe ]; then take_lock; fi
  asked "select concat_ws(' ', @@global.read_only, @@global.super_read_only)"
  case $REPLY in
    "0 0")
      fact open yes
      return 0
      ;;
    "1 1") WHY="it follows" ;;
    # A script that opened it was cut short, or somebody did.
    "1 0") WHY="it takes no writes but of accounts that may do all"; return 2 ;;
    *)
      WHY=$REPLY
      ! any_process || return 2
      WHY="the server does not run"
      ;;
  esac
  fact open no
  return 1
}

perform() {
  local missing
  asked "select @@global.super_read_only"
  if [ "$REPLY" = 0 ]; then
    frozen_read
    [ "$FROZEN_BY" = "${V[operation]:-none}" ] || refuse "it takes writes of accounts that may do all, and was not told to stand still"
    # Cut short after all was applied: see open_server.
    quietly "set global super_read_only = 1" || refuse "it can't be closed before it is opened: $WHY"
  fi
  closed || refuse "$WHY"
  frozen_read
  [ "$FROZEN_BY" = "${V[operation]:-none}" ] && [ -n "$FROZEN_AT" ] || refuse "it was not told to stand still by this operation"
  salvage_ends || refuse "what was fetched from the old leader's disk is still being applied: $WHY"
  stands || refuse "$WHY"
  if ! contains "'$HAS'" "'$FROZEN_AT'"; then
    asked "select gtid_subtract('$FROZEN_AT', '$HAS')"
    missing=${REPLY//\\n/}
    refuse "it has less than when it stood still, its server was restarted: $missing is gone there; abort this, and type it again: another may have it"
  fi
  await_applied "$HAS" "${V[patience]}" || refuse "$WHY"
  quietly "stop replica for channel ''" 60 || refuse "it does not stop following: $WHY"
  contains "@@global.gtid_executed" "'$HAS'" || refuse "not all that it received is applied: $REPLY"
  open_server || { [ "$CLOSED" = yes ] && refuse "$WHY"; fail "$WHY"; }
  fact open yes
  # Before it was open its channel was the only word of where it came from.
  quietly "reset replica all for channel ''" || WHY="it leads, and keeps the channel that it followed by: $WHY"
  rm -rf "$SALVAGED"
  away "$FROZEN"
}

# The way back from a rewind: there is none once data was changed. Asked, it says whether there is one.
#
# with rejoin/own-files

is_done() {
  local operation rest stage=""
  # A script that still holds the lock may be about to change it.
  if [ "$MODE" = probe ]; then take_lock; fi
  if cut_off; then
    { read -r stage <"${V[state_directory]}/rewinding"; } 2>/dev/null
    [ "$MODE" != probe ] || [ "$stage" != preparing ] || return 0
    WHY="a rewind of $DATA was begun and did not end"
    return 1
  fi
  { read -r operation rest <"${V[state_directory]}/rewound"; } 2>/dev/null && [ "$operation" = "${V[operation]:-unnamed}" ] ||
    return 0
  WHY="$DATA was changed by the rewind"
  return 1
}

perform() {
  local stage=""
  { read -r stage <"${V[state_directory]}/rewinding"; } 2>/dev/null
  [ "$stage" = preparing ] || refuse "$WHY, and there is no way back from it but forward"
  if [ ! -f "$DATA/standby.signal" ]; then
    standby_signal "$DATA" || fail "cannot write $DATA/standby.signal"
  fi
  rm -f "${V[state_directory]}/rewinding"
  forget_own
  [ -z "$SERVICE" ] || [ -f "${V[state_directory]}/fenced" ] || as_root unmask || fail "systemctl unmask $SERVICE: $ROOT_WORDS"
}

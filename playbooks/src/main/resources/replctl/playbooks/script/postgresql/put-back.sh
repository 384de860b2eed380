# The way back from set-aside.sh, for as long as no copy has taken the data's place. Asked, it says whether
# there is one.

with_record() { { read -r OPERATION HOW WHERE <"${V[state_directory]}/aside"; } 2>/dev/null && [ "$OPERATION" = "${V[operation]:-unnamed}" ]; }

is_done() {
  # A script that still holds the lock may be about to put a copy there.
  if [ "$MODE" = probe ]; then take_lock; fi
  with_record || return 0
  [ "$MODE" != probe ] || ! { [ "$HOW" = renamed ] && { [ ! -d "$WHERE" ] || [ ! -f "$DATA/PG_VERSION" ]; }; } || return 0
  WHY="the data that was there before is not back"
  return 1
}

perform() {
  ! any_process || refuse "processes have $DATA open"
  if [ "$HOW" = renamed ] && [ ! -d "$WHERE" ]; then
    rm -f "${V[state_directory]}/aside"
    return
  fi
  [ "$HOW" = renamed ] || refuse "what was in $DATA was deleted, as asked: there is no way back but forward"
  [ ! -f "$DATA/PG_VERSION" ] || refuse "a copy is in $DATA; the data before is in $WHERE: there is no way back but forward"
  is_bare "$DATA" || refuse "$DATA is not empty"
  [ ! -d "$DATA" ] || rmdir "$DATA" || refuse "cannot take away $DATA"
  mv -T "$WHERE" "$DATA" && sync "${DATA%/*}" || fail "cannot rename $WHERE"
  rm -rf "${V[state_directory]}/own" "${V[state_directory]}/aside"
}

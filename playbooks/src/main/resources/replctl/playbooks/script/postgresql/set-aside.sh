# Makes room for a copy: the old data folder is renamed, with all that is in it. Only where that can't be, and
# the operator has typed so, it is emptied.
#
# with rejoin/own-files
#
# replace    yes: it may be emptied
#
# Facts: aside (where it is now)  note

STATE=${V[state_directory]}
RESULT=$STATE/aside
OPERATION=${V[operation]:-unnamed}

is_done() {
  local operation how where
  { read -r operation how where <"$RESULT"; } 2>/dev/null && [ "$operation" = "$OPERATION" ] ||
    { WHY="$DATA is where it was"; return 1; }
  case $how in
    renamed) [ -d "$where" ] || { WHY="$DATA is where it was"; return 1; }
      fact aside "$where"
      fact note "the data before is in $where; when it is not needed any more, delete it" ;;
    emptied) fact note "the data before was deleted, as asked" ;;
    *) WHY="$DATA is not empty yet"; return 1 ;;
  esac
  return 0
}

perform() {
  local aside
  ! any_process || refuse "processes have $DATA open"
  # The copy of an earlier operation, cut off: nothing of it is anybody's data.
  [ -f "$CLAIM" ] || [ -f "$DATA/PG_VERSION" ] || refuse "there is no data in $DATA"
  [ ! -d "$DATA" ] || [ ! -f "$DATA/PG_VERSION" ] || keep_own || refuse "$WHY"
  if [ "${V[replace]}" = yes ]; then
    replace
    return
  fi
  can_rename || refuse "$WHY; to delete it instead: --replace"
  aside=$DATA.replctl-before-$(date -u +%Y%m%dT%H%M%SZ)
  put "$RESULT" 600 "$OPERATION renamed $aside"$'\n' || refuse "$WHY"
  mv -T "$DATA" "$aside" || refuse "cannot rename $DATA"
  sync "${DATA%/*}"
  rm -f "$STATE/rewinding"
}

can_rename() {
  [ ! -L "$DATA" ] || { WHY="$DATA is a link"; return 1; }
  ! mountpoint -q "$DATA" || { WHY="$DATA is a mount point"; return 1; }
  ! mountpoint -q "$DATA/pg_wal" || { WHY="$DATA/pg_wal is a mount point"; return 1; }
  [ -w "${DATA%/*}" ] || { WHY="${DATA%/*} is not this user's"; return 1; }
  [ -z "$(find "$DATA/pg_tblspc" -mindepth 1 -print -quit 2>/dev/null)" ] || { WHY="it has tablespaces elsewhere, where the copy's must lie"; return 1; }
}

# Everything below the data folder, the log where it lies elsewhere, and what of tablespaces is this server's.
replace() {
  local link folder text=$DATA$'\n'
  local -a folders=("$DATA")
  [ ! -L "$DATA/pg_wal" ] || folders+=("$(readlink -f "$DATA/pg_wal")")
  for link in "$DATA"/pg_tblspc/*; do [ ! -L "$link" ] || folders+=("$(readlink -f "$link")"); done
  # What was listed by a run that was cut off is listed still.
  if [ -f "$CLAIM" ]; then while IFS= read -r folder; do [ -z "$folder" ] || folders+=("$folder"); done <"$CLAIM"; fi
  text=$(printf '%s\n' "${folders[@]}" | sort -u)
  put "$RESULT" 600 "$OPERATION emptying"$'\n' && put "$CLAIM" 600 "$text"$'\n' || refuse "$WHY"
  while IFS= read -r folder; do empty "$folder" || fail "cannot empty $folder"; done <<<"$text"
  unclaim
  rm -f "$STATE/rewinding"
  put "$RESULT" 600 "$OPERATION emptied"$'\n' || fail "$WHY"
}

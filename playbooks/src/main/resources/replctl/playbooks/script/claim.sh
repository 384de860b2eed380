# Folders that replctl found empty or absent and is filling. The list outlives a kill, so that what is
# half there can be told from what was there before; only these are ever emptied.
CLAIM=${V[state_directory]:-}/filling

# is_bare FOLDER: absent or empty; a folder made by mkfs does not count. Of a link it is what it leads to that counts,
# into which find looks only where a / stands behind it; a link to nothing is somebody's.
is_bare() { [ ! -e "$1" ] && [ ! -L "$1" ] || { [ -d "$1" ] && [ -z "$(find "$1/" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" ]; }; }

claimed() { [ -f "$CLAIM" ] && grep -qxF -e "$1" "$CLAIM"; }

# claim FOLDER...: refuses one that has something in it that replctl did not put there just now.
claim() {
  local folder text=""
  for folder; do
    [[ $folder == /?* && $folder != *$'\n'* ]] || { WHY="not a folder's name: $folder"; return 1; }
    claimed "$folder" || is_bare "$folder" ||
      { WHY="$folder is not empty, and replctl did not fill it"; return 1; }
    text+=$folder$'\n'
  done
  put "$CLAIM" 600 "$text" || return 1
  for folder; do empty "$folder" || { WHY="cannot empty $folder"; return 1; }; done
}

# empty FOLDER: of a claim; the folder itself stays where it is, it may be a mount point.
empty() {
  claimed "$1" || return 1
  # Not by find's -delete, which looks into lost+found too, and that is root's.
  [ ! -d "$1" ] || find "$1/" -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf --one-file-system {} +
}

unclaim() { rm -f "$CLAIM"; sync "${CLAIM%/*}"; }

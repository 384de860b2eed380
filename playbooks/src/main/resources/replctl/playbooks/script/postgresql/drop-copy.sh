# Removes a copy that never became whole. Nothing but folders that the copy itself was filling.

is_done() {
  [ ! -f "$CLAIM" ] || { WHY="an unfinished copy is there"; return 1; }
}

perform() {
  local folder
  ! any_process || refuse "processes have $DATA open"
  while IFS= read -r folder; do
    [ -z "$folder" ] || empty "$folder" || fail "cannot empty $folder"
    case $folder in *.replctl-copy | *.tablespaces/*) rmdir "$folder" 2>/dev/null ;; esac
  done < <(cat "$CLAIM")
  rm -f "${V[state_directory]}/copied"
  unclaim
}

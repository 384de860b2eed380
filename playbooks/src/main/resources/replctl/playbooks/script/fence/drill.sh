# Remembers the last drill of a node's fence devices, in the file `drills` of this host's own state folder:
# a line a node, NODE DEVICES AT RESULT.
#
# node, devices, at, result   of the drill; devices is their fingerprint, result is passed or failed

FILE=${V[state_directory]}/drills
LINE="${V[node]} ${V[devices]} ${V[at]} ${V[result]}"

is_done() {
  grep -qsxF -e "$LINE" "$FILE" || { WHY="$FILE does not say so"; return 1; }
}

perform() {
  [[ $LINE =~ ^[a-z0-9][a-z0-9-]*\ [0-9a-f]{16}\ [0-9TZ:.-]+\ (passed|failed)$ ]] || refuse "not a drill: $LINE"
  local line new=$FILE.new
  {
    while IFS= read -r line || [ -n "$line" ]; do
      [ "${line%% *}" = "${V[node]}" ] || printf '%s\n' "$line"
    done < <(cat "$FILE" 2>/dev/null)
    printf '%s\n' "$LINE"
  } >"$new" && sync "$new" && mv -T "$new" "$FILE" && sync "${FILE%/*}" || fail "cannot write $FILE"
}

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
  local line text=""
  while IFS= read -r line || [ -n "$line" ]; do
    [ "${line%% *}" = "${V[node]}" ] || text+=$line$'\n'
  done < <(cat "$FILE" 2>/dev/null)
  put "$FILE" 600 "$text$LINE"$'\n' || fail "$WHY"
}

# Writes a piece of what only the old leader's disk has beside this node's data, where nothing makes use of it yet.
#
# bytes      of all of it
# at, next   from where to where this piece goes
# data.0, data.1 ...  the piece, compressed and in base 64

# with part/salvaged

TAKEN=no

is_done() {
  [ "$TAKEN" = yes ] || { WHY="it is not written yet"; return 1; }
}

perform() {
  local file=$SALVAGED/stream at=${V[at]} piece free size
  [[ $at =~ ^[0-9]{1,15}$ && ${V[next]} =~ ^[0-9]{1,15}$ && ${V[bytes]} =~ ^[0-9]{1,15}$ ]] || refuse "not a place to write at"
  if [ "$at" = 0 ]; then
    rm -rf "$SALVAGED"
    mkdir -p -m 700 "$SALVAGED" && : >"$file" || refuse "cannot make $SALVAGED"
    # Once as it came, and once as relay logs, which the server may have elsewhere.
    free=$(df -B1 --output=avail "$SALVAGED" | tail -n 1)
    [ $((2 * V[bytes])) -lt "$free" ] || refuse "it takes $((2 * V[bytes])) bytes in $SALVAGED, and $free are free"
  fi
  size=$(stat -c %s "$file" 2>/dev/null) && [ "$size" -ge "$at" ] || refuse "what comes before it is not there"
  # One that was written, and whose answer was lost, is written anew.
  truncate -s "$at" "$file" || fail "cannot write $file"
  for ((piece = 0; ; piece++)); do
    [ -n "${V[data.$piece]:-}" ] || break
    base64 -d <<<"${V[data.$piece]}" 2>/dev/null | gzip -d 2>/dev/null >>"$file"
  done
  [ "$(stat -c %s "$file")" = "${V[next]}" ] || fail "a piece of it came damaged, or could not be written"
  TAKEN=yes
}

# Takes a node's start block away: the marker `fenced`, and the mask of its unit. It opens nothing and starts nothing:
# what has the server come up closed stays.

MARKER=${V[state_directory]}/fenced

is_done() {
  [ ! -e "$MARKER" ] || { WHY="the marker $MARKER is there: $(head -c 100 "$MARKER")"; return 1; }
  ! masked || { WHY="$SERVICE is masked"; return 1; }
}

# The unit first: as long as the marker is there, nothing opens the server.
perform() {
  [ -d "${V[state_directory]}" ] || refuse "there is no state folder ${V[state_directory]}"
  if masked; then
    as_root unmask || fail "systemctl unmask $SERVICE: $ROOT_WORDS"
  fi
  if [ -n "$SERVICE" ] && [[ $(cat "$MARKER" 2>/dev/null) == *" disabled" ]]; then
    as_root enable || fail "systemctl enable $SERVICE: $ROOT_WORDS"
  fi
  rm -f "$MARKER" && sync "${MARKER%/*}" || fail "cannot take $MARKER away"
}

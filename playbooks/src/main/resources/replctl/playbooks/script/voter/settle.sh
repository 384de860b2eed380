# The operation is over: gives its promise back. The number stays used up.
#
# epoch           what it was promised
# owner           who, for people
# withdraw        yes: it never held; a host that has not promised it learns nothing
# from, journal   the end of its journal, and the number of its first line

is_done() {
  epoch_file
  epoch_read "$REPLY" || { WHY="$EPOCH_WHY"; return 2; }
  WHY="epoch $EPOCH_PROMISE is held by $EPOCH_OPERATION"
  if [ "${V[withdraw]:-}" = yes ]; then
    [ "$EPOCH_PROMISE $EPOCH_OPERATION $EPOCH_OPEN" != "${V[epoch]} ${V[operation]} yes" ]
    return
  fi
  [ "$EPOCH_PROMISE" -gt "${V[epoch]}" ] || { [ "$EPOCH_PROMISE" = "${V[epoch]}" ] && [ "$EPOCH_OPEN" = no ]; }
}

perform() {
  [ "$EPOCH_PROMISE" -lt "${V[epoch]}" ] || [ "$EPOCH_OPERATION" = "${V[operation]}" ] || KIND=OVERTAKEN refuse "$WHY"
  journal_add "${V[operation]}" "${V[from]}" "${V[journal]:-}" || fail "$WHY"
  EPOCH_PROMISE=${V[epoch]} EPOCH_OPERATION=${V[operation]} EPOCH_OPEN=no EPOCH_HOLDER=${V[owner]}
  epoch_file
  epoch_write "$REPLY" || fail "$WHY"
}

# The operation is over: gives its promise back. The number stays used up.
#
# epoch           what it was promised
# owner           who, for people
# withdraw        yes: it never held; a host that has not promised it learns nothing, and of the plan that was
#                 never begun no copy stays, which would be taken for an operation that is to be finished
# from, journal   the end of its journal, and the number of its first line

is_done() {
  epoch_file
  epoch_read "$REPLY" || { WHY="$EPOCH_WHY"; return 2; }
  WHY="epoch $EPOCH_PROMISE is held by $EPOCH_OPERATION"
  if [ "${V[withdraw]:-}" = yes ]; then
    ! promised && ! plan_alone
    return
  fi
  [ "$EPOCH_PROMISE" -gt "${V[epoch]}" ] || { [ "$EPOCH_PROMISE" = "${V[epoch]}" ] && [ "$EPOCH_OPEN" = no ]; }
}

promised() { [ "$EPOCH_PROMISE $EPOCH_OPERATION $EPOCH_OPEN" = "${V[epoch]} ${V[operation]} yes" ]; }

# plan_alone: whether a copy is here of nothing but the plan, and not of another process that was promised it since.
plan_alone() {
  [ -e "$JOURNALS/${V[operation]}.jsonl" ] || return 1
  [ "$EPOCH_OPERATION" != "${V[operation]}" ] || [ "$EPOCH_PROMISE" = "${V[epoch]}" ] || return 1
  journal_lines "${V[operation]}"
  [ "$REPLY" -le 1 ]
}

perform() {
  if [ "${V[withdraw]:-}" = yes ]; then
    ! plan_alone || { rm -f "$JOURNALS/${V[operation]}.jsonl" && sync "$JOURNALS"; } || fail "cannot remove ${V[operation]} from $JOURNALS"
    promised || return 0
  fi
  [ "$EPOCH_PROMISE" -lt "${V[epoch]}" ] || [ "$EPOCH_OPERATION" = "${V[operation]}" ] || KIND=OVERTAKEN refuse "$WHY"
  journal_add "${V[operation]}" "${V[from]}" "${V[journal]:-}" || fail "$WHY"
  EPOCH_PROMISE=${V[epoch]} EPOCH_OPERATION=${V[operation]} EPOCH_OPEN=no EPOCH_HOLDER=${V[owner]}
  epoch_file
  epoch_write "$REPLY" || fail "$WHY"
}

# The operation is over: gives its promise back. The number stays used up.
#
# epoch           what it was promised
# owner           who, for people
# withdraw        yes: it never held; a host that has not promised it learns nothing, and of the plan that was
#                 never begun no copy stays, which would be taken for an operation that is to be finished
# from, journal   the end of its journal, and the number of its first line
# keep, expired   of operations that are over the copies go, but for so many, the newest, and those whose name does not
#                 sort before the other; without these two all stay

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
  prune
}

# At most a hundred are looked at, the oldest: the host's lock is held meanwhile. A copy of an operation that ended
# while this host was not reached does not tell so, and stays; so does what the epoch file names.
prune() {
  local op file end files=("$JOURNALS"/op-*.jsonl) old=() over='^\{"at":"[^"]*","entry":"ended","ending":"([a-z_]+)"'
  [ "${V[keep]:-0}" -gt 0 ] || return 0
  [ ${#files[@]} -gt "${V[keep]}" ] || return 0
  files=("${files[@]:0:${#files[@]} - V[keep]}")
  for file in "${files[@]:0:100}"; do
    op=${file##*/} op=${op%.jsonl}
    [[ $op =~ ^op-[a-z0-9]{1,60}$ && $op < ${V[expired]:-op-} ]] || continue
    [[ $op != "${V[operation]}" && "$EPOCH_HANDS $EPOCH_RECORD" != *"$op"* ]] || continue
    # A crash may have cut it off.
    end=$(tail -n 1 "$file" 2>/dev/null && echo .)
    [[ $end == *$'}\n.' && $end =~ $over && ${BASH_REMATCH[1]} != incomplete ]] && old+=("$file")
  done
  [ ${#old[@]} = 0 ] || rm -f "${old[@]}"
  return 0
}

# Promises an epoch to an operation: from then on no other one changes this host under an older epoch.
#
# epoch     the number: higher than any that this host knows
# owner     who, for people
# over      operations that are over or may be taken over, divided by blanks
# fresh_ms  how long ago at least an operation that is taken over must have been at work here last
# first     yes: a new cluster; the host gets its vote with this promise
# journal   the operation's plan, the first line of its journal

is_done() {
  epoch_file
  epoch_read "$REPLY" || { WHY="$EPOCH_WHY"; return 2; }
  WHY="epoch $EPOCH_PROMISE of ${EPOCH_OPERATION:-nobody} is the newest"
  [ "$EPOCH_PROMISE" = "${V[epoch]}" ] && [ "$EPOCH_OPERATION" = "${V[operation]}" ] && [ "$EPOCH_OPEN" = yes ] || return 1
  epoch_facts
}

perform() {
  local file new
  epoch_file
  file=$REPLY
  epoch_read "$file" || KIND=UNREADABLE refuse "$EPOCH_WHY"
  epoch_facts
  # What is over is not begun again, whatever number is asked for.
  if [ "$EPOCH_PROMISE" -ge "${V[epoch]}" ] || [ "$EPOCH_OPERATION $EPOCH_OPEN" = "${V[operation]} no" ]; then
    holding
    KIND=OVERTAKEN refuse "$REPLY; epoch ${V[epoch]} was asked for"
  fi
  if [ "$EPOCH_OPEN" = yes ] && { [[ " ${V[over]:-} " != *" $EPOCH_OPERATION "* ]] || at_work; }; then
    holding
    KIND=HELD refuse "$REPLY"
  fi
  [ "$EPOCH_OPERATION" != "${V[operation]}" ] || fact before "$EPOCH_PROMISE"
  [ "${V[first]:-}" != yes ] || [ "$EPOCH_STATE" = read ] || EPOCH_VOTES=yes
  # Without a promise there is no operation: whoever reads its journal here would take it up.
  new=$JOURNALS/${V[operation]}.jsonl
  [ ! -e "$new" ] || new=""
  journal_add "${V[operation]}" 1 "${V[journal]:-}" || { rm -f ${new:+"$new"}; refuse "$WHY"; }
  EPOCH_PROMISE=${V[epoch]} EPOCH_OPERATION=${V[operation]} EPOCH_OPEN=yes EPOCH_HOLDER=${V[owner]}
  epoch_write "$file"
  case $? in
    0) beat first ;;
    1) rm -f ${new:+"$new"}; refuse "$WHY" ;;
    *) fail "$WHY" ;;
  esac
}

# Another process that is at work on it. This one may raise what it holds: where it has no majority it asks
# for a number above any that it did not see.
at_work() {
  [ "$EPOCH_OPERATION $EPOCH_HOLDER" != "${V[operation]} ${V[owner]}" ] || return 1
  [ "${V[fresh_ms]:-0}" -gt 0 ] && heartbeat && [ "$REPLY" -lt "${V[fresh_ms]}" ]
}

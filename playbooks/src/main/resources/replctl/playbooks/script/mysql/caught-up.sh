# Sees that this node receives, and has applied all that the one which it receives from had when that was asked: so that
# the next one can be stopped.
#
# source_host, source_port   of the other one
# password                   of account replctl_replication
# delayed                    yes: it holds back what it applies: it is enough that it has received all of it
# patience                   seconds for each, until it receives and until it has applied all

# with part/frozen
# with part/applied

CA=${V[state_directory]}/tls/ca.crt
THEIRS=""

is_done() {
  [ -n "$THEIRS" ] || source_has || return
  has_it
}

# source_has: what is committed there, in THEIRS. The password goes by a pipe: neither arguments nor the environment
# show it.
source_has() {
  local said password=${V[password]//\\/\\\\}
  said=$("$CLIENT" --defaults-file=<(printf '[client]\npassword="%s"\n' "${password//\"/\\\"}") --protocol=TCP --host="${V[source_host]}" \
    --port="${V[source_port]}" --user=replctl_replication --ssl-mode=VERIFY_IDENTITY --ssl-ca="$CA" --connect-timeout=5 \
    --batch --skip-column-names -e "select replace(@@global.gtid_executed, '\n', '')" 2>&1 3>&- 4<&- 9>&-)
  [[ $said =~ $GTIDS ]] || { WHY="${V[source_host]} does not say what it has: $said"; return 1; }
  THEIRS=$said
}

receives() {
  asked "select concat_ws('|', coalesce($CHANNEL_STATE, 'none'), gtid_subset('$THEIRS', $HELD))"
  case $REPLY in
    "ON|1") return 0 ;;
    "ON|0") WHY="it has not received all of it" ;;
    *"|"*) WHY="its receiver is ${REPLY%%|*}" ;;
    *) WHY=$REPLY ;;
  esac
  return 1
}

has_it() {
  receives || return
  [ "${V[delayed]:-}" != yes ] || return 0
  asked "select gtid_subset('$THEIRS', @@global.gtid_executed)"
  [ "$REPLY" != 1 ] || return 0
  WHY="it has not applied all of it"
  return 1
}

perform() {
  soon "${V[patience]}" source_has || fail "after ${V[patience]} s $WHY"
  soon "${V[patience]}" receives || fail "after ${V[patience]} s $WHY"
  [ "${V[delayed]:-}" = yes ] || await_applied "$THEIRS" "${V[patience]}" || fail "$WHY"
}

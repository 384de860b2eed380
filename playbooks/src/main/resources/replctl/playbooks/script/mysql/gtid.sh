# One stage of turning GTIDs on while the server runs (MySQL's manual, "Enabling GTID Transactions Online"): every
# server has reached a stage before any begins the next.
#
# stage      consistent   statements that GTIDs can't follow are refused from now on
#            OFF_PERMISSIVE, ON_PERMISSIVE, ON   of gtid_mode
# marks      yes: the leader, at ON_PERMISSIVE: once no transaction without a GTID is under way, it writes one with a GTID
# after      transactions that must be applied here before ON: what came before them had no GTID; empty: none
# patience   seconds for transactions to end, or to be applied
#
# Fact: marker

STAGES=(OFF OFF_PERMISSIVE ON_PERMISSIVE ON)

# stage NAME: its number, in REPLY.
stage() {
  for REPLY in 0 1 2 3; do
    [ "${STAGES[REPLY]}" != "$1" ] || return 0
  done
  return 1
}

is_done() {
  local has
  if [ "${V[stage]}" = consistent ]; then
    asked "select @@global.enforce_gtid_consistency"
    [ "$REPLY" != ON ] || return 0
    WHY="enforce_gtid_consistency is $REPLY"
    [[ $REPLY == @(OFF|WARN) ]] && return 1
    return 2
  fi
  asked "select @@global.gtid_mode"
  stage "$REPLY" || { WHY=$REPLY; return 2; }
  has=$REPLY
  stage "${V[stage]}" || return 2
  [ "$has" -ge "$REPLY" ] || { WHY="gtid_mode is ${STAGES[has]}"; return 1; }
  [ "${V[marks]:-}" = yes ] || return 0
  asked "select coalesce((select value from replctl.identity where name = 'gtid'), '')"
  [[ $REPLY =~ ^[0-9a-z:_-]+$ ]] || { WHY="it has not written a transaction with a GTID yet"; return 1; }
  fact marker "$REPLY"
}

perform() {
  local words
  if [ "${V[stage]}" = consistent ]; then
    asked "set global enforce_gtid_consistency = ON"
    [ -z "$REPLY" ] || refuse "$REPLY"
    return
  fi
  stage "${V[stage]}" || refuse "no such stage: ${V[stage]}"
  if [ -n "${V[after]:-}" ]; then
    [[ ${V[after]} =~ ^[0-9a-z:,_-]+$ ]] || refuse "not a set of transactions: ${V[after]}"
    words=$(sql "select wait_for_executed_gtid_set('${V[after]}', ${V[patience]})" 2>&1)
    [ "$words" = 0 ] || refuse "after ${V[patience]} s it has not applied what had no GTID (${words})"
  fi
  if [ "${V[stage]}" = ON ]; then
    soon "${V[patience]}" none_anonymous || refuse "$WHY"
  fi
  asked "select @@global.gtid_mode"
  stage "$REPLY" || refuse "$REPLY"
  words=$REPLY
  stage "${V[stage]}"
  [ "$words" -ge "$REPLY" ] || {
    asked "set global gtid_mode = ${V[stage]}"
    [ -z "$REPLY" ] || fail "$REPLY"
  }
  [ "${V[marks]:-}" = yes ] || return 0
  soon "${V[patience]}" none_anonymous || fail "$WHY"
  # Two of the server's own, since the second can say by which GTID the first is known.
  asked "replace into replctl.identity (name, value) values ('gtid', 'x')"
  [ -z "$REPLY" ] || fail "$REPLY"
  asked "select regexp_substr(regexp_substr(replace(@@global.gtid_executed, '\n', ''), concat(@@server_uuid, '[^,]*')), '[0-9]+\$')"
  [[ $REPLY =~ ^[0-9]+$ ]] || fail "it is not known which transaction it wrote: $REPLY"
  asked "replace into replctl.identity (name, value) values ('gtid', concat(lower(@@server_uuid), ':', $REPLY))"
  [ -z "$REPLY" ] || fail "$REPLY"
}

none_anonymous() {
  asked "select variable_value from performance_schema.global_status where variable_name = 'Ongoing_anonymous_transaction_count'"
  [ "$REPLY" != 0 ] || return 0
  WHY="transactions without a GTID are under way: $REPLY"
  return 1
}

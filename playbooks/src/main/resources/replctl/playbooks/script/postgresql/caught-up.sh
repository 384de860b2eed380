# Sees that this node receives, and has applied all that the one which it receives from had when that was asked: so that
# the next one can be stopped.
#
# conninfo   how it reaches that one; @state@ stands for this node's state folder
# patience   seconds until it receives; and for each time until it has applied more

AT=""

is_done() {
  [ -n "$AT" ] || upstream_has || return
  has_it
}

# upstream_has: in AT how far the log goes there that is on disk. A follower says how far its own goes.
upstream_has() {
  local row
  # Not what the server has, which another may have set with a password in it: arguments show.
  row=$("$BIN/psql" -XAtq -d "${V[conninfo]//@state@/"${V[state_directory]}"} replication=true connect_timeout=5" -c 'IDENTIFY_SYSTEM' 2>&1) || { WHY=$row; return 1; }
  [[ $row =~ ^[0-9]+\|[0-9]+\|([0-9A-F]+/[0-9A-F]+)\| ]] || { WHY="it answers there: $row"; return 1; }
  AT=${BASH_REMATCH[1]}
}

has_it() {
  local recovery status reached
  asked "select pg_is_in_recovery(), coalesce((select status from pg_stat_wal_receiver), 'not running'),
    coalesce(pg_last_wal_replay_lsn() >= '$AT', false), pg_last_wal_replay_lsn()"
  IFS='|' read -r recovery status reached APPLIED <<<"$REPLY"
  [ "$recovery" = t ] || { WHY="it does not follow: $REPLY"; return 1; }
  [ "$status" = streaming ] || { WHY="its receiver is $status"; return 1; }
  [ "$reached" = t ] || { WHY="it has applied up to ${APPLIED:-nothing}, and there is more up to $AT"; return 1; }
}

further() { has_it || [ "$APPLIED" != "$BEFORE" ]; }

perform() {
  soon "${V[patience]}" upstream_has || fail "after ${V[patience]} s $WHY"
  APPLIED=""
  while ! has_it; do
    BEFORE=$APPLIED
    soon "${V[patience]}" further || fail "after ${V[patience]} s $WHY"
  done
}

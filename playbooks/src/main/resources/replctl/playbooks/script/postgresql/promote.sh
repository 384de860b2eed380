# A follower becomes the leader. Whether it has is asked under the host's lock, since a script that still
# holds it may be about to.
#
# patience   seconds until it takes writes
#
# Facts: open  timeline (the new one)

is_done() {
  local recovery
  if [ "$MODE" = probe ]; then take_lock; fi
  recovery=$(sql 'select pg_is_in_recovery()' 2>&1) || {
    if ! any_process; then fact open no; WHY="the server does not run"; return 1; fi
    WHY="$recovery"
    return 2
  }
  if [ "$recovery" = f ]; then
    fact open yes
    # pg_control shows the old timeline until the next checkpoint.
    fact timeline "$(sql "select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int" 2>/dev/null)"
    return 0
  fi
  if promoting; then WHY="a promotion is under way"; return 2; fi
  fact open no
  WHY="it follows"
  return 1
}

perform() {
  local startup end
  session_open || refuse "no session on the server: $REPLY"
  session "select pg_is_in_recovery()" 5
  [ "$REPLY" = t ] || refuse "it does not follow: $REPLY"
  session "select pid from pg_stat_activity where backend_type = 'startup'" 5
  startup=$REPLY
  uptime
  end=$((REPLY + V[patience] * 100))
  # Not waited for by pg_promote, which looks every 100 ms only.
  session "select pg_promote(false)" 10
  [ "$REPLY" = t ] || fail "after the promotion was asked for: $REPLY"
  while :; do
    session "do \$\$ begin
        for i in 1..25 loop
          exit when not pg_is_in_recovery();
          perform pg_sleep(0.001);
        end loop;
      end \$\$;
      select pg_is_in_recovery()" 10
    case $REPLY in
      f) break ;;
      t) ;;
      *) fail "after the promotion was asked for: $REPLY" ;;
    esac
    # It may sleep for wal_retrieve_retry_interval: see handover-opening.sh.
    [[ $startup =~ ^[0-9]+$ ]] && [ "$startup" -gt 1 ] && kill -HUP "$startup" 2>/dev/null
    uptime
    [ "$REPLY" -lt "$end" ] || fail "it is in recovery ${V[patience]} s after the promotion was asked for"
  done
  rm -f "${V[state_directory]}/frozen"
}

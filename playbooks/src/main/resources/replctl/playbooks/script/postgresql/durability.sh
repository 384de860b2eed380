# What a commit waits for when this node leads. ALTER SYSTEM, whose file wins over all others.
#
# names      synchronous_standby_names, whole
# commit     synchronous_commit: on, remote_apply
# ackers     nodes that must stream from here before they count; divided by blanks; empty on a follower

# The session must not show its own setting instead of the server's.
SQL_OPTIONS="-c search_path=pg_catalog -c statement_timeout=10s"

is_done() {
  local row
  row=$(sql "select current_setting('synchronous_standby_names') || '|' || current_setting('synchronous_commit')" 2>&1) ||
    { WHY="$row"; return 2; }
  [ "$row" = "${V[names]}|${V[commit]}" ] || { WHY="it is ${row%|*}, synchronous_commit = ${row##*|}"; return 1; }
}

perform() {
  local acker words names commit
  for acker in ${V[ackers]}; do
    literal "$acker"
    [ -n "$(sql "select 1 from pg_stat_replication where application_name = $REPLY and state = 'streaming' limit 1")" ] ||
      refuse "$acker does not stream from here: no write would be acknowledged on its word"
  done
  literal "${V[names]}"; names=$REPLY
  literal "${V[commit]}"; commit=$REPLY
  if [ "$(sql 'show synchronous_commit')" != "${V[commit]}" ]; then
    words=$(sql "alter system set synchronous_commit = $commit" 2>&1) || fail "$words"
  fi
  words=$(sql "alter system set synchronous_standby_names = $names;
    select pg_reload_conf()" 2>&1) || fail "$words"
  soon 5 is_done || fail "after 5 s $WHY"
}

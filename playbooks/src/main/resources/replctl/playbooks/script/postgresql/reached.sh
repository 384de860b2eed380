# Sees that those whose acknowledgement is waited for have all that was acknowledged before anybody waited for them: on as
# many of their disks as a write waits for is what this node's log had when it was asked.
#
# needed     how many
# ackers     by the names that count; divided by blanks
# patience   seconds for it

STATE=${V[state_directory]}

is_done() { says "$STATE/reached" 600 "${V[operation]:-}"$'\n' || { WHY="they may lack what was acknowledged before"; return 1; }; }

perform() {
  local acker words
  words=$(sql 'select pg_is_in_recovery()' 2>&1)
  [ "$words" = f ] || refuse "it takes no writes ($words); if its start guard waits for this to be over: replctl op abort ${V[operation]:-}"
  NAMES=""
  for acker in ${V[ackers]}; do
    literal "$acker"
    NAMES+="${NAMES:+, }lower($REPLY)"
  done
  [[ -n $NAMES && ${V[needed]} =~ ^[0-9]+$ ]] || refuse "it is not said who acknowledges"
  # What was acknowledged is on this disk.
  AT=$(sql 'select pg_current_wal_flush_lsn()' 2>&1)
  [[ $AT =~ ^[0-9A-F]+/[0-9A-F]+$ ]] || fail "$AT"
  soon "${V[patience]}" have_it ||
    fail "writes wait for them from now on, and they have not all that was acknowledged before: after ${V[patience]} s $WHY"
  put "$STATE/reached" 600 "${V[operation]:-}"$'\n' || fail "$WHY"
}

have_it() {
  local count
  count=$(sql "select count(distinct lower(application_name)) from pg_stat_replication
    where lower(application_name) in ($NAMES) and flush_lsn >= '$AT'" 2>&1)
  [[ $count =~ ^[0-9]+$ ]] || { WHY=$count; return 1; }
  [ "$count" -lt "${V[needed]}" ] || return 0
  WHY="$count of them have it, of ${V[needed]}"
  return 1
}

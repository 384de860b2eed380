# What a checkup wants to know of a node beyond the survey: what does no harm today and will later. Changes nothing;
# in the server only what reading catalogs takes.
#
# with look/facts
# with look/certificate
# with look/checkup
#
# Values: those of every script, and
#   engine      its name: the start guard's file is another for each
#   ca_file     the authority that the server and its receiver trust, where the survey found one
#   client      the certificate that it shows to the server that it receives from, likewise
#   limit       s from its start after which no further database is asked: a session each, and some have hundreds
#
# Facts, those of look/checkup, and unit.lacks, guard.lacks: the rules that sudo lacks
#   glibc           the C library's version, by which texts are sorted
#   icu             the version of ICU's collations that its server has
#   available       extensions whose files are there: NAME VERSION, a line each
#   made.N          database name version: an extension that was made in a database; said of a leader, as the rest
#   unlogged.N      database tables (how many) names (of the first): their rows are gone after a change of leader
#   stale.N         database collations (how many): built by another version of their library than it has now

is_done() {
  local words
  ME='\u' ME=${ME@P}
  shopt -u failglob
  shopt -s nullglob
  host_checkup
  [ -z "$SERVICE" ] || { may unit may-control; may guard may-install-guard; }
  known glibc "$(getconf GNU_LIBC_VERSION 2>/dev/null)"
  ends authority "${V[ca_file]:-}"
  ends client "${V[client]:-}"
  if [ -z "$BIN" ] || ! server_pid; then
    fact unasked.databases "its server does not run"
  elif words=$(sql 'select pg_is_in_recovery()' 2>&1); then
    known icu "$(sql "select pg_collation_actual_version(max(oid)) from pg_collation where collprovider = 'i'" 2>/dev/null)"
    known available "$(sql "select name || ' ' || version from pg_available_extension_versions order by 1" 2>/dev/null | head -c 60000)"
    # A follower has what its leader has.
    [ "$words" = t ] || databases
  else
    fact unasked.databases "${words%%$'\n'*}"
  fi
  send_facts
}

# A session a database: no other sees what was made there.
databases() {
  local name words kind first rest question made=0 unlogged=0 stale=0 n=0 names=() lacks=()
  question="select 'made', extname, extversion from pg_extension
    union all select 'unlogged', count(*)::text, left(string_agg(oid::regclass::text, ', ' order by oid), 200)
      from (select oid from pg_class where relpersistence = 'u' and relkind in ('r', 'p') limit 1000) u having count(*) > 0
    union all select 'stale', count(*)::text, '' from pg_collation
      where collversion is distinct from pg_collation_actual_version(oid) and collversion is not null having count(*) > 0"
  mapfile -t names < <(sql 'select datname from pg_database where datallowconn order by oid' 2>/dev/null)
  for name in "${names[@]}"; do
    [ "$SECONDS" -lt "${V[limit]:-10}" ] || { lacks+=("$((${#names[@]} - n)) of ${#names[@]}, since there was no more time: a longer --timeout asks more"); break; }
    n=$((n + 1))
    # The client would read it as whom to connect to.
    [[ $name != *=* && $name != *://* ]] || { lacks+=("of $name: that name is none to connect by"); continue; }
    words=$(sql -d "$name" "$question" 2>&1) || { lacks+=("of $name: ${words%%$'\n'*}"); continue; }
    while IFS='|' read -r kind first rest; do
      case $kind in
        made)
          made=$((made + 1))
          fact "made.$made.database" "$name"
          fact "made.$made.name" "$first"
          fact "made.$made.version" "$rest"
          ;;
        unlogged)
          unlogged=$((unlogged + 1))
          fact "unlogged.$unlogged.database" "$name"
          fact "unlogged.$unlogged.tables" "$first"
          fact "unlogged.$unlogged.names" "$rest"
          ;;
        stale)
          stale=$((stale + 1))
          fact "stale.$stale.database" "$name"
          fact "stale.$stale.collations" "$first"
          ;;
      esac
    done <<<"$words"
  done
  case ${#lacks[@]} in
    0) ;;
    1) fact unasked.databases "${lacks[0]}" ;;
    *) fact unasked.databases "${lacks[0]}; ${lacks[-1]}; ${#lacks[@]} such lacks in all" ;;
  esac
  fact made.count "$made"
  fact unlogged.count "$unlogged"
  fact stale.count "$stale"
}

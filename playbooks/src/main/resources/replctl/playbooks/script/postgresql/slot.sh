# The slot on the upstream that keeps the log for one follower, from before its copy begins.
#
# slot       its name
#
# Facts, for the copy: tablespaces (OID BYTES LOCATION, a line each; the default ones have no location),
# wal (where the log really lies, when it is a link)

is_done() {
  local row
  literal "${V[slot]}"
  row=$(sql "select slot_type, active, coalesce(wal_status, '') from pg_replication_slots where slot_name = $REPLY" 2>&1) ||
    { WHY="$row"; return 2; }
  case $row in
    "physical|t|"*) ;;
    "physical|f|lost") WHY="slot ${V[slot]} has lost what it kept"; return 1 ;;
    "physical|f|"*) ;;
    "") WHY="there is no slot ${V[slot]}"; return 1 ;;
    *) WHY="${V[slot]} is a slot of another kind"; return 1 ;;
  esac
  row=$(sql "select oid || ' ' || coalesce(pg_tablespace_size(oid), 0) || ' ' || pg_tablespace_location(oid) from pg_tablespace order by oid" 2>&1) ||
    { WHY="$row"; return 2; }
  fact tablespaces "$row"
  if [ -L "$DATA/pg_wal" ]; then fact wal "$(readlink -f "$DATA/pg_wal")"; else fact wal ""; fi
}

perform() {
  local words slot
  literal "${V[slot]}"; slot=$REPLY
  case $WHY in
    *"of another kind") refuse "$WHY" ;;
    *"has lost what it kept")
      words=$(sql "select pg_drop_replication_slot($slot)" 2>&1) || fail "$words"
      ;;
  esac
  words=$(sql "select pg_create_physical_replication_slot($slot, true)" 2>&1) || fail "$words"
}

# Drops followers' slots. One that somebody streams from stays.
#
# slot           its name, or several divided by blanks
# keep_active    yes: one that somebody streams from is right to stay, and nothing is left to do

named() {
  literal "${V[slot]}"
  REPLY="slot_name = any (string_to_array($REPLY, ' '))"
}

is_done() {
  local there
  named
  [ "${V[keep_active]:-no}" != yes ] || REPLY="$REPLY and not active"
  there=$(sql "select coalesce(string_agg(slot_name, ' ' order by slot_name), '') from pg_replication_slots where $REPLY" 2>&1) ||
    { WHY="$there"; return 2; }
  [ -z "$there" ] || { WHY="there still is: $there"; return 1; }
}

perform() {
  local words code
  named
  words=$(sql "select pg_drop_replication_slot(slot_name) from pg_replication_slots
    where $REPLY and slot_type = 'physical' and not active" 2>&1)
  code=$?
  [ "$code" != 0 ] || return 0
  server_pid || KIND=NO_SERVER
  fail "$words"
}

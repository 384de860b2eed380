# Drops a follower's slot. One that somebody streams from stays.
#
# slot           its name
# keep_active    yes: one that somebody streams from is right to stay, and nothing is left to do

is_done() {
  local row
  literal "${V[slot]}"
  row=$(sql "select active from pg_replication_slots where slot_name = $REPLY" 2>&1) || { WHY="$row"; return 2; }
  [ "$row" != t ] || [ "${V[keep_active]:-no}" != yes ] || return 0
  [ -z "$row" ] || { WHY="slot ${V[slot]} is there"; return 1; }
}

perform() {
  local words
  literal "${V[slot]}"
  words=$(sql "select pg_drop_replication_slot(slot_name) from pg_replication_slots
    where slot_name = $REPLY and slot_type = 'physical' and not active" 2>&1) || fail "$words"
}

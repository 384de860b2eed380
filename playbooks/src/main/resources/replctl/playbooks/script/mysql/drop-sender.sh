# Ends what a server still sends to one that has left the cluster.
#
# receivers   its server's UUID, or several divided by commas

# senders: the connections, divided by blanks, in REPLY; 1: why that can't be told.
senders() {
  local uuids
  literal "${V[receivers]}"; uuids=$REPLY
  asked "select coalesce(group_concat(distinct t.processlist_id separator ' '), '') from performance_schema.threads t
    join performance_schema.user_variables_by_thread v using (thread_id)
    where t.processlist_command in ('Binlog Dump', 'Binlog Dump GTID') and v.variable_name in ('replica_uuid', 'slave_uuid')
    and find_in_set(lower(convert(v.variable_value using utf8mb4)), $uuids) > 0"
  [[ $REPLY =~ ^[0-9\ ]*$ ]]
}

is_done() {
  any_process || return 0
  senders || { WHY=$REPLY; return 2; }
  [ -z "$REPLY" ] || { WHY="it still sends to ${V[receivers]}"; return 1; }
}

none() { senders && [ -z "$REPLY" ]; }

# A server that is alive connects again; one whose host is cut off does not.
perform() {
  local id
  senders || refuse "$REPLY"
  for id in $REPLY; do
    asked "kill $id"
    # 1094: it has ended by itself.
    [ -z "$REPLY" ] || [[ $REPLY == *"ERROR 1094"* ]] || fail "$REPLY"
  done
  soon 5 none || fail "it connects again: its server is alive, and is to be stopped first"
}

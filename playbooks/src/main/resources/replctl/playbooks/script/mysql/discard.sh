# Drops what a follower has received and not applied: it is to follow one that never had it. A step before has kept it.
#
# theirs     what the leader has, with all that the leader's server may make

# waiting: what it has received, and neither applied nor the leader has, in REPLY; 1: why that can't be told.
waiting() {
  local set
  literal "${V[theirs]}"; set=$REPLY
  asked "select coalesce((select replace(gtid_subtract(gtid_subtract(received_transaction_set, @@global.gtid_executed), $set), '\n', '')
    from performance_schema.replication_connection_status where channel_name = ''), '')"
  [[ $REPLY =~ ^[0-9a-z_:,-]*$ ]]
}

is_done() {
  any_process || { WHY="its server does not run"; return 1; }
  waiting || { WHY=$REPLY; return 2; }
  [ -z "$REPLY" ] || { WHY="it has received and not applied $REPLY"; return 1; }
}

# What is being applied while it is told to stop is applied: lacks-nothing.sh sees that. Where it receives from stays as it is.
perform() {
  asked "select (select count(*) from performance_schema.replication_connection_status where channel_name = '' and service_state <> 'OFF')
    + (select count(*) from performance_schema.replication_applier_status where channel_name = '' and service_state <> 'OFF')"
  [ "$REPLY" = 0 ] || refuse "it receives or applies: $REPLY"
  asked "reset replica for channel ''"
  [ -z "$REPLY" ] || fail "$REPLY"
}

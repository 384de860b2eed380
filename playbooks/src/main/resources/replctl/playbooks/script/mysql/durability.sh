# What commits wait for when this node leads: written down for whoever opens it, and told to a server that leads.
#
# needed, timeout, ackers   as in part/open
# streaming                 nodes that must receive from here and count before; divided by blanks; UUIDs
# with part/open

STATE=${V[state_directory]}

is_done() {
  says "$STATE/semi-sync" 600 "$(wanted)"$'\n' || { WHY="$STATE/semi-sync is missing or says something else"; return 1; }
  leads || return 0
  semi_sync_is_set || return
  [ "${V[needed]}" = 0 ] || [ "${V[timeout]}" != "$FOR_EVER" ] || waits
}

# In ms: the server's most.
FOR_EVER=4294967295

# waits: whether commits wait, and it has not given up on its followers: 1: it has, or can't be told: WHY.
waits() {
  asked "select coalesce(max(variable_value), '') from performance_schema.global_status
    where variable_name in ('Rpl_semi_sync_source_status', 'Rpl_semi_sync_master_status')"
  [ "$REPLY" != ON ] || return 0
  WHY="it has given up waiting until its followers have caught up: $REPLY"
  return 1
}

wanted() {
  printf 'needed %s\n' "${V[needed]}"
  [ "${V[needed]}" = 0 ] || printf 'timeout %s\nackers %s\n' "${V[timeout]}" "${V[ackers]}"
}

leads() {
  server_pid || return 1
  asked "select @@global.read_only or @@global.super_read_only"
  [ "$REPLY" = 0 ]
}

perform() {
  local uuid
  if leads; then
    for uuid in ${V[streaming]}; do
      literal "$uuid"
      asked "select count(*) from performance_schema.user_variables_by_thread v join performance_schema.threads t using (thread_id)
        where t.processlist_command in ('Binlog Dump', 'Binlog Dump GTID') and v.variable_name in ('replica_uuid', 'slave_uuid')
          and convert(v.variable_value using utf8mb4) = $REPLY"
      [ "$REPLY" != 0 ] || refuse "the server $uuid does not receive from here: no write would be acknowledged on its word"
    done
  fi
  put "$STATE/semi-sync" 600 "$(wanted)"$'\n' || refuse "$WHY"
  leads || return 0
  semi_sync_read && semi_sync_statement || fail "$WHY"
  [ -n "$REPLY" ] || return 0
  asked "$REPLY"
  [ -z "$REPLY" ] || fail "$REPLY"
  [ "${V[needed]}" != 0 ] && [ "${V[timeout]}" = "$FOR_EVER" ] || return 0
  waits && return 0
  # Switched on anew, it waits from now on.
  asked "set global ${PREFIX}_enabled = 0; set global ${PREFIX}_enabled = 1"
  [ -z "$REPLY" ] || fail "$REPLY"
  waits || fail "$WHY"
}

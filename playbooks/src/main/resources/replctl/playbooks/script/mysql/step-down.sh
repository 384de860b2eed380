# What is left on an old leader that follows by now: sessions that were logged in while it led are ended, so that they
# find the new one; its events rest; its commits wait for nobody. Sessions that log in later are readers, and stay.
#
# Fact: ended (sessions)

# with part/source-side

# Up to which connection they are left-overs: noted once for an operation, since those of later are not.
LEFT=${V[state_directory]}/left

# left_overs: their connections, in REPLY. Who receives from here is let be, and so are the server's own and the
# account that scripts log in as.
left_overs() {
  literal "$ME"
  asked "select coalesce(group_concat(processlist_id separator ' '), '') from performance_schema.threads
    where type = 'FOREGROUND' and processlist_id <= $1 and processlist_id <> connection_id()
    and processlist_user is not null and processlist_user not in ('system user', 'event_scheduler', 'mysql.session', $REPLY)
    and processlist_command not in ('Binlog Dump', 'Binlog Dump GTID', 'Daemon')"
  [[ $REPLY =~ ^[0-9\ ]*$ ]]
}

noted() {
  local by="" upto=""
  { read -r by upto <"$LEFT"; } 2>/dev/null
  [ "$by" = "${V[operation]:-none}" ] && [[ $upto =~ ^[0-9]{1,18}$ ]] || return 1
  UPTO=$upto
}

is_done() {
  asked "select concat_ws(' ', @@global.super_read_only, @@global.event_scheduler = 'ON', (select count(*)
    from performance_schema.global_variables where variable_value in ('ON', '1')
    and variable_name in ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled')))"
  case $REPLY in
    "1 0 0") ;;
    0*) WHY="it takes writes"; return 1 ;;
    "1 "[01]" "[01]) WHY="its events may run, or its commits wait"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  noted || { WHY="sessions of before were not ended yet"; return 1; }
  left_overs "$UPTO" || { WHY=$REPLY; return 2; }
  [ -z "$REPLY" ] || { WHY="these sessions of before are still there: $REPLY"; return 1; }
}

perform() {
  local connection count=0
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || refuse "it is not closed: $REPLY"
  source_side_off || refuse "$WHY"
  asked "set global event_scheduler = OFF"
  [ -z "$REPLY" ] || fail "$REPLY"
  if ! noted; then
    asked "select max(processlist_id) from performance_schema.threads"
    [[ $REPLY =~ ^[0-9]{1,18}$ ]] || fail "$REPLY"
    UPTO=$REPLY
    put "$LEFT" 600 "${V[operation]:-} $UPTO"$'\n' || fail "$WHY"
  fi
  left_overs "$UPTO" || fail "$REPLY"
  for connection in $REPLY; do
    asked "kill $connection"
    count=$((count + 1))
    # It has ended by itself (1094).
    [ -z "$REPLY" ] || [[ $REPLY == *"ERROR 1094 "* ]] || fail "$REPLY"
  done
  fact ended "$count"
  # One that rolls back much ends later.
  soon 20 is_done || fail "after 20 s $WHY"
}

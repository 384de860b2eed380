# Of the scripts that make a server writable, and of the start guard. Needs asked, of the engine's lib.sh or the
# guard's own, and STATE, the node's folder.
#
# What commits wait for when this node leads stands in a file of the node's, since MySQL's own settings name nobody
# and are lost at a restart; it is set before the server opens, never after (MySQL's manual, "Semisynchronous
# Replication"):
#   needed N          followers that must have a commit before it is acknowledged; 0: none
#   timeout MS        how long it waits; then commits wait for nobody until the followers have caught up
#   ackers NAME...    who these are, as far as anybody but a follower's own setting says so

# semi_sync_read: NEEDED, TIMEOUT and ACKERS from the file; 1: WHY says what is wrong with it. No file: 0.
semi_sync_read() {
  local key rest
  NEEDED="" TIMEOUT="" ACKERS=""
  if [ ! -e "$STATE/semi-sync" ]; then
    NEEDED=0
    return 0
  fi
  while read -r key rest; do
    case $key in needed) NEEDED=$rest ;; timeout) TIMEOUT=$rest ;; ackers) ACKERS=$rest ;; esac
  done 2>/dev/null <"$STATE/semi-sync"
  [[ $NEEDED =~ ^[0-9]{1,3}$ ]] && { [ "$NEEDED" = 0 ] || [[ $TIMEOUT =~ ^[0-9]{1,10}$ ]]; } && return 0
  WHY="$STATE/semi-sync does not say what commits are to wait for"
  return 1
}

# semi_sync_names: in PREFIX and REPLICA how this version calls the variables; 1: the plugin is not there.
semi_sync_names() {
  asked "select coalesce(min(variable_name), '') from performance_schema.global_variables
    where variable_name in ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled')"
  case $REPLY in
    rpl_semi_sync_source_enabled) PREFIX=rpl_semi_sync_source REPLICA=replica ;;
    rpl_semi_sync_master_enabled) PREFIX=rpl_semi_sync_master REPLICA=slave ;;
    "") WHY="the plugin of semi-synchronous replication is not loaded"; return 1 ;;
    *) WHY=$REPLY; return 1 ;;
  esac
}

# semi_sync_statement: what sets NEEDED and TIMEOUT, in REPLY; empty where there is nothing to be set.
semi_sync_statement() {
  if [ "$NEEDED" = 0 ]; then
    semi_sync_names || { [ "${WHY#*plugin}" != "$WHY" ] && REPLY="" && return 0; return 1; }
    REPLY="set global ${PREFIX}_enabled = 0"
    return 0
  fi
  semi_sync_names || return 1
  REPLY="set global ${PREFIX}_wait_point = AFTER_SYNC; set global ${PREFIX}_wait_no_$REPLICA = 1;
    set global ${PREFIX}_wait_for_${REPLICA}_count = $NEEDED; set global ${PREFIX}_timeout = $TIMEOUT;
    set global ${PREFIX}_enabled = 1"
}

# semi_sync_is_set: whether the server waits as the file says. 1: WHY says how it does; 2: it can't be told.
semi_sync_is_set() {
  semi_sync_read || return 2
  if [ "$NEEDED" = 0 ]; then
    asked "select count(*) from performance_schema.global_variables where variable_value in ('ON', '1')
      and variable_name in ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled')"
    [ "$REPLY" != 0 ] || return 0
    [ "$REPLY" = 1 ] && { WHY="commits wait, and should not"; return 1; }
    WHY=$REPLY
    return 2
  fi
  semi_sync_names || return 1
  asked "select concat_ws(' ', @@global.${PREFIX}_enabled, @@global.${PREFIX}_wait_for_${REPLICA}_count,
    @@global.${PREFIX}_timeout, @@global.${PREFIX}_wait_point, @@global.${PREFIX}_wait_no_$REPLICA)"
  [ "$REPLY" = "1 $NEEDED $TIMEOUT AFTER_SYNC 1" ] && return 0
  WHY="enabled, count, timeout, point and wait-no-replica of semi-synchronous replication are $REPLY"
  [[ $REPLY == *ERROR* ]] && return 2
  return 1
}

# epoch_row_statement: writes the epoch's row, in REPLY: it says under which epoch, by whom and at which
# transactions this server was opened. The first transaction of a new leader: see open_statement.
epoch_row_statement() {
  local leader operation
  literal "${V[node_name]}"; leader=$REPLY
  literal "${V[operation]}"; operation=$REPLY
  REPLY="create schema if not exists replctl;
    create table if not exists replctl.epoch (epoch bigint primary key, leader varchar(40) not null,
      operation varchar(64) not null, at timestamp(6) not null default current_timestamp(6),
      server char(36) not null, opened longtext not null);
    insert into replctl.epoch (epoch, leader, operation, server, opened)
      values (${V[promise]}, $leader, $operation, @@server_uuid, @@gtid_executed)
      on duplicate key update epoch = epoch"
}

# open_statement: opens the server, in REPLY; semi_sync_read comes before. The epoch's row waits for nobody: those
# who could acknowledge it receive from this server only later. While it is written only accounts that may do
# all can write. Commits wait before anybody else may.
#   row   yes: with the epoch's row
open_statement() {
  local row="" wait
  semi_sync_statement || return 1
  wait=$REPLY
  if [ "${1:-}" = row ]; then
    epoch_row_statement
    row="set global super_read_only = 0; $REPLY;"
  fi
  REPLY="set global read_only = 1; $row ${wait:+$wait;} set global super_read_only = 0; set global read_only = 0"
}

# events_run: starts the scheduler of a server that was opened, unless options of somebody else's have it off: replctl's
# own, which are read last, have it off on every member, so that a follower or a copy runs no event. 1: WHY.
events_run() {
  local line last=ON theirs=ON
  while IFS= read -r line; do
    line=${line//-/_}
    case ${line,,} in
      __event_scheduler=*) theirs=$last last=${line#*=} ;;
    esac
  done < <(exec my_print_defaults ${READS[@]+"${READS[@]}"} mysqld server 2>/dev/null)
  case ${theirs^^} in ON | 1) ;; *) return 0 ;; esac
  asked "set global event_scheduler = ON"
  [ -z "$REPLY" ] || { WHY="it is open, and its events do not run: $REPLY"; return 1; }
}

# Of the scripts that make a closed server a follower, or leave it one.

# source_side_off: its commits wait for nobody, those that its applier makes included: with the source's side of
# semi-synchronous replication on, an applier waits for followers that it does not have, for ever. Only where nothing
# waits: a commit that did would be called done. 0; 1: WHY, nothing was changed.
source_side_off() {
  local waiting
  asked "select coalesce(max(variable_name), '') from performance_schema.global_variables where variable_value in ('ON', '1')
    and variable_name in ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled')"
  case $REPLY in
    "") return 0 ;;
    rpl_semi_sync_*_enabled) ;;
    *) WHY=$REPLY; return 1 ;;
  esac
  local name=$REPLY
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || { WHY="it is not closed: $REPLY"; return 1; }
  asked "select coalesce(max(variable_value), '') from performance_schema.global_status
    where variable_name in ('Rpl_semi_sync_source_wait_sessions', 'Rpl_semi_sync_master_wait_sessions')"
  waiting=$REPLY
  [ "$waiting" = 0 ] || { WHY="$waiting of its commits still wait for a follower's acknowledgement, and would be called done by nobody's"; return 1; }
  asked "set global $name = 0"
  [ -z "$REPLY" ] || { WHY=$REPLY; return 1; }
}

# What a node kept from its time as a leader and must not keep as a follower: that its own commits wait for others, that its
# events run. What its events are called stays as it is: they run where the scheduler does.

is_done() {
  any_process || { WHY="its server does not run"; return 2; }
  asked "select concat_ws(' ', @@global.super_read_only, @@global.event_scheduler, (select count(*) from performance_schema.global_variables
    where variable_value in ('ON', '1') and variable_name in ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled')))"
  case $REPLY in
    "1 OFF 0" | "1 DISABLED 0") return 0 ;;
    [01]\ *) WHY="super_read_only, event_scheduler and waiting commits are $REPLY"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
}

perform() {
  local text="" name
  asked "select @@global.read_only"
  [ "$REPLY" = 1 ] || refuse "it takes writes: $REPLY"
  asked "select coalesce(min(variable_name), '') from performance_schema.global_variables
    where variable_name in ('rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled') and variable_value in ('ON', '1')"
  name=$REPLY
  # Nobody writes here, so nothing waits that would be called done by this.
  case $name in
    "") ;;
    rpl_semi_sync_source_enabled | rpl_semi_sync_master_enabled) text="set global $name = 0;" ;;
    *) fail "$name" ;;
  esac
  asked "set global super_read_only = 1; $text select @@global.event_scheduler"
  case $REPLY in
    ON) asked "set global event_scheduler = OFF"; [ -z "$REPLY" ] || fail "$REPLY" ;;
    OFF | DISABLED) ;;
    *) fail "$REPLY" ;;
  esac
}

# Has a follower acknowledge what it receives, or not. It says so to the server that it receives from when it connects:
# a receiver that runs is begun anew.
#
# counts     yes or no
# patience   seconds until it must be connected as one that does

# state_now: in NAME, ON (1 or 0), SAYS (ON: it is connected as one that acknowledges), RECEIVER. 1: WHY.
state_now() {
  asked "select coalesce(max(variable_name), '') from performance_schema.global_variables
    where variable_name in ('rpl_semi_sync_replica_enabled', 'rpl_semi_sync_slave_enabled')"
  NAME=$REPLY ON=0 SAYS=OFF RECEIVER=OFF
  case $NAME in
    "") return 0 ;;
    rpl_semi_sync_*_enabled) ;;
    *) WHY=$NAME; return 1 ;;
  esac
  asked "select concat_ws(' ', @@global.$NAME,
    (select max(variable_value) from performance_schema.global_status
      where variable_name in ('Rpl_semi_sync_replica_status', 'Rpl_semi_sync_slave_status')),
    coalesce((select service_state from performance_schema.replication_connection_status where channel_name = ''), 'OFF'))"
  [[ $REPLY =~ ^[01]\ (ON|OFF)\ [A-Z]+$ ]] || { WHY=$REPLY; return 1; }
  read -r ON SAYS RECEIVER <<<"$REPLY"
}

is_done() {
  server_pid || {
    WHY="the server does not run"
    # As for one that is stopped when a removal is planned. Whoever takes up a removal that has stopped it goes on.
    [ "${V[counts]}" = no ] && ! any_process
    return
  }
  state_now || return 2
  if [ "${V[counts]}" = yes ]; then
    [ "$ON $SAYS" = "1 ON" ] || { WHY="it acknowledges nothing"; return 1; }
  else
    [ "$ON $SAYS" = "0 OFF" ] || { WHY="it acknowledges what it receives"; return 1; }
  fi
}

perform() {
  local as=1 went
  case ${V[counts]} in yes) ;; no) as=0 ;; *) refuse "does it acknowledge or not?" ;; esac
  answers || refuse "the server does not answer: $ANSWER"
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || refuse "it does not follow: $REPLY"
  state_now || refuse "$WHY"
  if [ -z "$NAME" ]; then
    [ "$as" = 1 ] || return 0
    refuse "the plugin of semi-synchronous replication is not loaded"
  fi
  went=$RECEIVER
  # It stands still until it is told: cut off here, it acknowledges nothing that it should not.
  asked "stop replica io_thread for channel ''"
  [[ $REPLY != *ERROR* ]] || fail "$REPLY"
  asked "set global $NAME = $as"
  [ -z "$REPLY" ] || fail "$REPLY"
  if [ "$went" != OFF ] || [ "$as" = 1 ]; then
    asked "start replica io_thread for channel ''"
    [[ $REPLY != *ERROR* ]] || fail "$REPLY"
  fi
  soon "${V[patience]}" is_done || fail "$WHY"
}

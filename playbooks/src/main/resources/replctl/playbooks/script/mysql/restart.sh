# Restarts the server so that options take hold that it reads only at its start. It comes up closed, and does not
# receive: this script opens a leader again, under the operation's promise, and lets a follower receive.
#
# wanted     NAME VALUE, a line each, that it must have then; plugins  names of plugins that must be active
# as         leader or follower
# anew       yes: for its own sake, too: by another process than the one that the operation finds; finish: only what
#            that left stopped or closed is brought back
# back       with finish: not empty: mysqld-auto.cnf is put back as it was before the operation wrote parameters into it,
#            where the server has not come up
# patience   seconds for each, the stop and the start
# with part/options
# with part/open
# with part/closed
# with part/parameter

STATE=${V[state_directory]}

is_done() {
  local wrong
  [ "${V[anew]:-}" != yes ] || is_another || return
  answers || { WHY="the server does not answer: $ANSWER"; return 1; }
  wrong=$(unlike "${V[wanted]}") || { WHY=$wrong; return 2; }
  [ -z "$wrong" ] || { WHY="it still runs with $wrong"; return 1; }
  missing_plugins
  [ -z "$REPLY" ] || { WHY="these plugins are not active: $REPLY"; return 1; }
  as_it_was
}

missing_plugins() {
  local name names=""
  for name in ${V[plugins]}; do names+="${names:+ union all }select '$name' p"; done
  [ -n "$names" ] || { REPLY=""; return 0; }
  asked "select coalesce(group_concat(p), '') from ($names) wanted where not exists (select 1 from information_schema.plugins where plugin_name = p and plugin_status = 'ACTIVE')"
}

as_it_was() {
  if [ "${V[as]}" = leader ]; then
    asked "select @@global.super_read_only + @@global.read_only"
    [ "$REPLY" = 0 ] || { WHY="it is closed"; return 1; }
  else
    asked "select count(*) from performance_schema.replication_connection_status where service_state = 'OFF' and channel_name = ''"
    [ "$REPLY" = 0 ] || { WHY="it does not receive"; return 1; }
  fi
}

perform() {
  local wrong again=no
  [ "${V[anew]:-}" != yes ] || note_before || refuse "$WHY"
  # Cut off between its stop and its start.
  if [ -n "${V[anew]:-}" ] && ! server_pid; then
    if [ -n "${V[back]:-}" ]; then file_back || fail "$WHY"; fi
    comes_up_closed || refuse "$WHY: it would come up open"
    start_server "${V[patience]}" || fail "$WHY"
  fi
  answers || refuse "the server does not answer: $ANSWER"
  asked "select @@global.super_read_only + @@global.read_only, (select count(*) from performance_schema.replication_connection_configuration where channel_name = '')"
  case ${V[as]}.${REPLY%%$'\t'*}.${REPLY##*$'\t'} in
    leader.*.0 | follower.*.*) ;;
    *) refuse "it does not lead: it has a channel" ;;
  esac
  wrong=$(unlike "${V[wanted]}")
  missing_plugins
  [ "${V[anew]:-}" != yes ] || is_another || again=yes
  if [ -n "$wrong$REPLY" ] || [ $again = yes ]; then
    end_session
    server_pid && kill -TERM "$REPLY"
    soon "${V[patience]}" no_process || fail "processes of $DATA are still there ${V[patience]} s after they were told to stop"
    start_server "${V[patience]}" || fail "$WHY"
  fi
  if [ "${V[as]}" = leader ]; then
    semi_sync_read && open_statement || fail "$WHY"
    # In a client of its own, which ends at the first error: nothing is opened without what comes before.
    wrong=$(sql "$REPLY" 2>&1) || fail "it was not opened, or in part: $wrong"
    events_run || fail "$WHY"
  elif ! as_it_was; then
    asked "start replica"
    [[ $REPLY != *ERROR* ]] || fail "$REPLY"
    soon 10 as_it_was
  fi
}

# Starts the server, which comes up closed, and sees that its unit knows it.
#
# with part/closed
#
# as         follower: it must have somebody to receive from, and receives; closed: no more than that it runs;
#            leading: the same of one that a later step opens, and may have opened already
# patience   seconds until it must answer

is_done() {
  server_pid || { WHY="no process of a server works in $DATA"; return 1; }
  answers || { WHY="the server does not answer: $ANSWER"; return 1; }
  unit_has_it || return 2
  asked "select if(@@global.super_read_only, 'closed', 'open')"
  case $REPLY in
    closed) ;;
    open) [ "${V[as]}" = leading ] || { WHY="it takes writes"; return 1; } ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  [ "${V[as]}" != follower ] || receives
}

# Whoever has stopped a follower's receiving for good starts it again.
stands() { [ -e "${V[state_directory]}/frozen" ] || [ -e "${V[state_directory]}/fenced" ]; }

receives() {
  asked "select coalesce(group_concat(if(service_state = 'OFF', 'off', 'on')), 'none')
    from performance_schema.replication_connection_status
    join performance_schema.replication_connection_configuration using (channel_name) where host <> ''"
  case $REPLY in
    none) WHY="it has nobody to receive from"; return 1 ;;
    *ERROR*) WHY=$REPLY; return 2 ;;
    *off*) stands || { WHY="it does not receive"; return 1; } ;;
  esac
}

perform() {
  [ -e "$DATA/mysql.ibd" ] || refuse "there is no server in $DATA"
  case ${V[as]} in follower | closed | leading) ;; *) refuse "start as what?" ;; esac
  ! masked || refuse "$SERVICE is masked: replctl unfence ${V[node_name]}"
  if ! server_pid; then
    comes_up_closed || refuse "$WHY: it would come up open"
    start_server "${V[patience]}" || fail "$WHY$(start_log)"
  elif ! answers; then
    # It may be starting: its unit is not started twice.
    start_server "${V[patience]}" || fail "$WHY$(start_log)"
  fi
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || fail "it takes writes, and is not closed here: $REPLY"
  [ "${V[as]}" = follower ] || return 0
  receives && return 0
  [ "$WHY" = "it does not receive" ] || fail "$WHY"
  asked "start replica"
  [ -z "$REPLY" ] || fail "start replica: $REPLY"
}

start_log() {
  local line words file=/var/log/mysql/error.log
  while IFS= read -r line; do
    line=${line//-/_}
    [[ $line != __log_error=/* ]] || file=${line#*=}
  done < <(exec my_print_defaults "${READS[@]}" mysqld server 2>/dev/null)
  words=$(tail -n 3 "$file" 2>/dev/null) && [ -n "$words" ] && printf '; its log: %s' "${words//$'\n'/ }"
}

# Restarts the server so that parameters take hold that it reads only at its start.
#
# parameters   their names, divided by blanks
# anew         yes: for its own sake, too: by another process than the one that the operation finds; finish: only what
#              that left stopped is started
# back         with finish: parameters as they stood before, as write-parameters has them: put back before a server that
#              has not come up with others is started
# patience     seconds for each, the stop and the start
# with parameter/home

is_done() {
  local owed
  if [ "${V[anew]:-}" = yes ]; then
    is_another || return
    answers || { WHY="the server does not answer: $ANSWER"; return 1; }
  fi
  owed=$(sql "select coalesce(string_agg(name, ', ' order by name), '') from pg_settings
    where pending_restart and name = any (string_to_array('${V[parameters]//\'/}', ' '))" 2>&1) || { WHY="$owed"; return 2; }
  [ -z "$owed" ] || { WHY="it still runs with the old $owed"; return 1; }
}

perform() {
  local standby=no
  [ ! -e "$DATA/standby.signal" ] || standby=yes
  if [ "${V[anew]:-}" = yes ]; then note_before || refuse "$WHY"; fi
  # One that was restarted and does not answer yet is not stopped once more.
  if [ "${V[anew]:-}" = yes ] && is_another; then
    :
  elif [ "${V[anew]:-}" != finish ]; then
    sql checkpoint >/dev/null 2>&1
    stop_server fast "${V[patience]}" || fail "$WHY"
  fi
  [ "$standby" = no ] || [ -f "$DATA/standby.signal" ] || refuse "$DATA/standby.signal went away meanwhile"
  if [ -n "${V[back]:-}" ] && ! server_pid; then put_back; fi
  start_server "${V[patience]}" || fail "$WHY"
}

put_back() {
  local line
  while IFS= read -r line; do
    [ -z "$line" ] || write_one "$line" || fail "$WHY"
  done <<<"${V[back]}"
}

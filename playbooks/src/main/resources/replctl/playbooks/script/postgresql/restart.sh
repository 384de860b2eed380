# Restarts the server so that parameters take hold that it reads only at its start.
#
# parameters   their names, divided by blanks
# patience     seconds for each, the stop and the start

is_done() {
  local owed
  owed=$(sql "select coalesce(string_agg(name, ', ' order by name), '') from pg_settings
    where pending_restart and name = any (string_to_array('${V[parameters]//\'/}', ' '))" 2>&1) || { WHY="$owed"; return 2; }
  [ -z "$owed" ] || { WHY="it still runs with the old $owed"; return 1; }
}

perform() {
  local standby=no
  [ ! -e "$DATA/standby.signal" ] || standby=yes
  sql checkpoint >/dev/null 2>&1
  stop_server fast "${V[patience]}" || fail "$WHY"
  [ "$standby" = no ] || [ -f "$DATA/standby.signal" ] || refuse "$DATA/standby.signal went away meanwhile"
  start_server "${V[patience]}" || fail "$WHY"
}

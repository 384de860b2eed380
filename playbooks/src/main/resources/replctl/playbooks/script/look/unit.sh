# Of an engine's survey: the systemd unit that starts the server.

# unit_of PID: the unit whose control group has that process, in REPLY; empty: none.
unit_of() {
  local line unit=""
  while IFS= read -r line; do
    [[ $line =~ ^(0:|1:name=systemd):.*/([^/]+)\.service$ ]] && unit=${BASH_REMATCH[2]}
  done <"/proc/$1/cgroup" 2>/dev/null
  REPLY=$unit
}

# main_of UNIT PID: whether that process is the unit's own.
main_of() { [ "$(systemctl show -p MainPID --value "$1" 2>/dev/null)" = "$2" ]; }

# unit_is_there UNIT: whether systemd has a file of that name.
unit_is_there() {
  [ -e "/etc/systemd/system/$1.service" ] || [ -e "/lib/systemd/system/$1.service" ] ||
    [ -e "/usr/lib/systemd/system/$1.service" ]
}

# unit_facts: what is set of SERVICE.
unit_facts() {
  local folder enabled=no masked=no
  [ -n "$SERVICE" ] || return 0
  fact service "$SERVICE"
  for folder in /etc/systemd/system/*.wants /run/systemd/system/*.wants /run/systemd/generator/*.wants; do
    [ -L "$folder/$SERVICE.service" ] && enabled=yes
  done
  for folder in /etc/systemd/system /run/systemd/system; do
    [ -L "$folder/$SERVICE.service" ] && [ "$folder/$SERVICE.service" -ef /dev/null ] && masked=yes
  done
  fact unit_enabled "$enabled"
  fact unit_masked "$masked"
}

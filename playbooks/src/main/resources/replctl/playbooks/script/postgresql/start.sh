# Starts the server, and sees that its unit knows it.
#
# as         leader: only a server without standby.signal; follower: only one with it
# patience   seconds until it must answer

is_done() {
  server_pid && answers || { WHY="the server does not answer"; return 1; }
  unit_knows
}

# A process that the unit does not know would be left alone by a stop, and doubled by a start.
unit_knows() {
  local pid
  [ -n "$SERVICE" ] || return 0
  server_pid || { WHY="the server's process is gone"; return 1; }
  pid=$(systemctl show -p MainPID --value "$SERVICE" 2>&1)
  [ "$pid" = "$REPLY" ] || { WHY="the server runs as process $REPLY, and unit $SERVICE knows ${pid:-none}"; return 2; }
}

perform() {
  case ${V[as]} in
    leader) [ ! -e "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is there: it is a follower" ;;
    follower) [ -f "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is missing: it would be a leader" ;;
    *) refuse "start as what?" ;;
  esac
  [ -f "$DATA/PG_VERSION" ] || refuse "there is no server in $DATA"
  ! claimed "$DATA" || refuse "$DATA is half made"
  if server_pid && answers; then
    fail "${WHY:-it runs already}"
  fi
  start_server "${V[patience]}" || fail "$WHY; its log: $(start_log)"
}

start_log() {
  local file
  file=${V[log_file]:-$DATA/startup.log}
  [ -r "$file" ] && tail -n 3 "$file" | tr '\n' ' '
}

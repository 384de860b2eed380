# Starts the server, and sees that its unit knows it.
#
# as         leader: only a server without standby.signal; follower: only one with it
# patience   seconds until it must answer

is_done() {
  server_pid && answers || { WHY="the server does not answer"; return 1; }
  unit_has_it || return 2
}

perform() {
  case ${V[as]} in
    leader) [ ! -e "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is there: it is a follower" ;;
    follower) [ -f "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is missing: it would be a leader" ;;
    *) refuse "start as what?" ;;
  esac
  [ -f "$DATA/PG_VERSION" ] || refuse "there is no server in $DATA"
  ! claimed "$DATA" || refuse "$DATA is half made"
  ! cut_off || refuse "a rewind of $DATA was cut off: it must not run, and is to be replaced by a copy"
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

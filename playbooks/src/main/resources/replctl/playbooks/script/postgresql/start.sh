# Starts the server, and sees that its unit knows it.
#
# as         leader: only a server without standby.signal; follower: only one with it
# reopen     yes: standby.signal, by which it was closed, gives way first; not where the marker `fenced` is
# patience   seconds until it must answer

is_done() {
  server_pid || { WHY="no process of a server works in $DATA"; return 1; }
  answers || { WHY="the server does not answer: $ANSWER"; return 1; }
  [ "${V[as]}" != leader ] || [ ! -e "$DATA/standby.signal" ] || { WHY="it runs as a follower"; return 1; }
  unit_has_it || return 2
}

perform() {
  [ -f "$DATA/PG_VERSION" ] || refuse "there is no server in $DATA"
  ! claimed "$DATA" || refuse "$DATA is half made"
  ! cut_off || refuse "a rewind of $DATA was cut off: it must not run, and is to be replaced by a copy"
  [ "${V[reopen]:-no}" != yes ] || take_signal_away
  case ${V[as]} in
    leader) [ ! -e "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is there: it is a follower" ;;
    follower) [ -f "$DATA/standby.signal" ] || refuse "$DATA/standby.signal is missing: it would be a leader" ;;
    *) refuse "start as what?" ;;
  esac
  if server_pid && answers; then
    fail "${WHY:-it runs already}"
  fi
  start_server "${V[patience]}" || fail "$WHY$(start_log)"
}

# A server that runs would not heed it before its next start.
take_signal_away() {
  [ -e "$DATA/standby.signal" ] || return 0
  [ ! -e "${V[state_directory]}/fenced" ] || refuse "it is fenced: $(head -c 100 "${V[state_directory]}/fenced")"
  ! server_pid || refuse "it runs as a follower"
  rm -f "$DATA/standby.signal" && sync "$DATA" || fail "cannot take $DATA/standby.signal away"
}

start_log() {
  local file=${V[log_file]:-$DATA/startup.log} words
  # Where Debian's pg_ctlcluster(1) has it written.
  [ -s "$file" ] || [[ ! ${CONF%/} =~ ^/etc/postgresql/([0-9]+)/([^/]+)$ ]] ||
    file=/var/log/postgresql/postgresql-${BASH_REMATCH[1]}-${BASH_REMATCH[2]}.log
  words=$(tail -n 3 "$file" 2>/dev/null) && [ -n "$words" ] && printf '; its log: %s' "${words//$'\n'/ }"
}

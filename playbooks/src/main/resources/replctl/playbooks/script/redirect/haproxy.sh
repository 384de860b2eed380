# Has HAProxy send a backend's clients to one of its servers, by the runtime API. What it says of its servers
# afterwards is believed, and nothing else.
#
# wish              lead, or look: whether it can be asked, knows the servers, and takes commands
# unix              the socket's path on this host; else host and port
# backend, leader   their names in HAProxy's configuration
# others            the other nodes' servers, divided by blanks
#
# The bits of srv_admin_state (HAProxy's management guide, "show servers state"): 1, 2 and 32 are
# maintenance, by command, by another server, or since the name has no address; 4 only says that the
# configuration has it `disabled`, and stays when a command ends that; 8 and 16 drain.

BACKEND=${V[backend]}
declare -A ADMIN=()

# ask COMMANDS: all that HAProxy says, in REPLY.
ask() {
  local code=0
  if [ -n "${V[unix]:-}" ]; then
    REPLY=$(through_socket "${V[unix]}" "$1" 2>&1) || code=$?
  else
    # shellcheck disable=SC2016  # the words are the inner shell's
    REPLY=$(timeout 5 bash -c 'exec 5<>"/dev/tcp/$1/$2" && printf "%s\n" "$3" >&5 && cat <&5' \
      haproxy "${V[host]}" "${V[port]}" "$1" 2>&1 3>&- 4<&- 9>&-) || code=$?
  fi
  [ "$code" != 0 ] || return 0
  [ "$code" != 124 ] || REPLY="no answer in 5 s"
  WHY="HAProxy can't be asked at ${V[unix]:-${V[host]}:${V[port]}}: ${REPLY##*: }"
  return 2
}

through_socket() {
  if command -v perl >/dev/null; then
    # shellcheck disable=SC2016  # the words are perl's
    timeout 5 perl -MSocket -e '
      my $s; socket($s, PF_UNIX, SOCK_STREAM, 0) && connect($s, sockaddr_un($ARGV[0])) or die ": $!\n";
      syswrite($s, "$ARGV[1]\n"); while (sysread($s, my $said, 65536)) { print $said }' \
      "$1" "$2" 3>&- 4<&- 9>&-
  elif command -v socat >/dev/null; then
    timeout 5 socat -t 5 - "UNIX-CONNECT:$1" <<<"$2" 3>&- 4<&- 9>&-
  else
    echo ": neither perl nor socat is here, one of which talks to a socket"
    return 1
  fi
}

# states: what HAProxy says of the backend's servers, in ADMIN; it is in REPLY already.
states() {
  local backend name admin header=no said=""
  ADMIN=()
  while read -r -a words; do
    case ${words[*]:0:8} in
      "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state") header=yes && continue ;;
      "" | 1 | \#*) continue ;;
    esac
    backend=${words[1]:-} name=${words[3]:-} admin=${words[6]:-}
    if [ "$header" = yes ] && [ "$backend" = "$BACKEND" ] && whole "$admin" 255; then
      ADMIN[$name]=$admin
    elif [ "$header" = no ]; then
      said+="${said:+ }${words[*]}"
    fi
  done <<<"$REPLY"
  [ "$header" = yes ] && return 0
  WHY="HAProxy says: ${said:-nothing}"
  WHY=${WHY%.}
  return 2
}

known() {
  local server
  for server in "${V[leader]}" $OTHERS; do
    [ -n "${ADMIN[$server]:-}" ] || { WHY="HAProxy's backend $BACKEND has no server $server"; return 1; }
  done
}

well_formed() {
  local word
  OTHERS=${V[others]:-}
  WHY="not names of HAProxy's: $BACKEND, ${V[leader]}, $OTHERS"
  for word in "$BACKEND" "${V[leader]}" $OTHERS; do
    [[ $word =~ ^[A-Za-z0-9_.:-]{1,128}$ ]] || return 2
  done
  [ -n "${V[unix]:-}" ] || { [[ ${V[host]} =~ ^[A-Za-z0-9_.:%-]{1,255}$ ]] && whole "${V[port]}" 65535; } || { WHY="not an address: ${V[host]}:${V[port]}"; return 2; }
}

is_done() {
  local server
  set -f
  well_formed || return 2
  if [ "${V[wish]}" = look ]; then
    ask "show cli level" || return 1
    [[ $REPLY != *operator* && $REPLY != *user* ]] || { WHY="HAProxy takes no commands there: its socket needs \"level admin\""; return 1; }
  fi
  ask "show servers state $BACKEND" && states || return 2
  known || return 1
  [ "${V[wish]}" != look ] || return 0
  [ $((ADMIN[${V[leader]}] & 0x3b)) = 0 ] || { WHY="HAProxy sends nobody to ${V[leader]} (admin state ${ADMIN[${V[leader]}]})"; return 1; }
  for server in $OTHERS; do
    [ $((ADMIN[$server] & 0x23)) != 0 ] || { WHY="HAProxy may send clients to $server (admin state ${ADMIN[$server]})"; return 1; }
  done
}

perform() {
  local server first="" then="" said
  [ "${V[wish]}" = lead ] || refuse "it only looks"
  set -f
  well_formed || refuse "$WHY"
  ask "show servers state $BACKEND" && states && known || refuse "$WHY"
  for server in $OTHERS; do
    first+="set server $BACKEND/$server state maint; "
    then+="shutdown sessions server $BACKEND/$server; "
  done
  ask "$first${then}set server $BACKEND/${V[leader]} state ready" || fail "$WHY"
  said=$(grep . <<<"$REPLY" | head -n 3)
  is_done || fail "$WHY${said:+; it said: $said}"
}

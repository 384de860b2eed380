# An address that the leader's host holds: taken from this host, or added to it and announced.
#
# wish                      hold, drop, or look: whether this host could do both
# address, prefix, device   10.0.0.100, 24, eth0
# silent                    yes: a host that may have it did not answer, so that nobody may answer for the
#                           address before it is added here
# service                   none: what root does here concerns no unit

ADDRESS=${V[address]}
DEVICE=${V[device]}

well_formed() {
  local form='^[0-9]{1,3}(\.[0-9]{1,3}){3}$' bits=32
  [[ $ADDRESS != *:* ]] || form='^[0-9A-Fa-f:.]{2,45}$' bits=128
  WHY="not an address of a network interface: $ADDRESS/${V[prefix]} on $DEVICE"
  [[ $ADDRESS =~ $form ]] && whole "${V[prefix]}" "$bits" && [[ $DEVICE =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$ ]]
}

# where [dev DEVICE]: the interfaces that have the address, in REPLY.
where() {
  REPLY=$(ip -o address show "$@" to "$ADDRESS" 2>&1) || { WHY=$REPLY; return 2; }
  REPLY=$(awk '{ print $2 }' <<<"$REPLY" | sort -u)
  REPLY=${REPLY//$'\n'/, }
}

is_done() {
  well_formed || return 2
  case ${V[wish]} in
    look) usable ;;
    hold)
      there || return 1
      where dev "$DEVICE" || return 2
      WHY="$DEVICE does not have $ADDRESS"
      [ -n "$REPLY" ]
      ;;
    drop)
      where || return 2
      WHY="$REPLY has $ADDRESS"
      [ -z "$REPLY" ]
      ;;
    *) WHY="no such wish: ${V[wish]}"; return 2 ;;
  esac
}

there() {
  ip link show dev "$DEVICE" >/dev/null 2>&1 && return 0
  WHY="this host has no network interface $DEVICE"
  return 1
}

usable() {
  there || return 1
  if [[ $ADDRESS != *:* ]] && ! command -v arping >/dev/null; then
    WHY="there is no arping here, which tells neighbours where an address is (package iputils-arping)"
    return 1
  fi
  as_root may-move-address && return 0
  WHY=$ROOT_WORDS
  return 1
}

perform() {
  well_formed || refuse "$WHY"
  if [ "${V[wish]}" = drop ]; then
    where || fail "$WHY"
    [ "$REPLY" = "$DEVICE" ] || refuse "$REPLY has $ADDRESS, and not $DEVICE alone: replctl takes it from there only"
    as_root address-del || fail "$ADDRESS is still on $DEVICE: $ROOT_WORDS"
    return
  fi
  [ "${V[wish]}" = hold ] || refuse "it only looks"
  [ "${V[silent]:-}" != yes ] || nobody_has_it || refuse "$WHY"
  as_root address-add || fail "$ADDRESS could not be added to $DEVICE: $ROOT_WORDS"
  # Neighbours that are not told find out by themselves, in half a minute or so.
  [[ $ADDRESS == *:* ]] || as_root address-announce || fact note "neighbours were not told of $ADDRESS: $ROOT_WORDS"
}

# nobody_has_it: whether nobody answers for the address. The kernel asks who has it when something is sent
# there, whatever becomes of that, and gives up after 3 s; an entry that it remembers it doubts after half a
# minute at the latest, and asks anew. One that it does not doubt counts as an answer: better owed than twice.
nobody_has_it() {
  local line i
  { printf . >"/dev/udp/$ADDRESS/9"; } 2>/dev/null
  for ((i = 0; i < 100; i++)); do
    line=$(ip -o neigh show to "$ADDRESS" dev "$DEVICE" 2>/dev/null)
    case $line in
      *FAILED*) return 0 ;;
      *REACHABLE*) WHY="somebody answers for $ADDRESS: $line"; return 1 ;;
    esac
    sleep 0.1
  done
  WHY="whether nobody has $ADDRESS can't be found out from here${line:+: $line}"
  return 1
}

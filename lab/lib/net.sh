# Namespaces and cables. The bridge, the BMCs, the operator and each host have a network namespace
# of their own, joined by nothing but the bridge. None has a default route, so nothing that runs in
# the lab can leave the machine. Sourced by lab/host.
# shellcheck shell=bash

NET=$LAB_NAME.net # of the bridge
SUBNET=10.111.0
# operator .1; hosts .11 to .99, by number; their BMCs 100 above
OPERATOR_NUMBER=1
BMC_NUMBER=2 # an address for the BMCs' common port; each BMC has its own besides

namespace() { echo "$LAB_NAME.$1"; } # of operator, bmc or a host

ensure_namespace() { # FULLNAME. A killed `ip netns add` leaves a name without a namespace
  ip -n "$1" link set lo up 2> /dev/null && return
  remove_namespace "$1"
  ip netns add "$1"
  ip -n "$1" link set lo up
}
remove_namespace() { # FULLNAME
  ip netns del "$1" 2> /dev/null || rm -f "/run/netns/$1"
}

plugged() { # PORT: is the cable there, with both ends?
  ip -n "$NET" link show "$1" > /dev/null 2>&1 && ip -n "$(namespace "$1")" link show eth0 > /dev/null 2>&1
}
plug() { # PORT NUMBER: a cable from the bridge into the namespace of the same name
  local ns
  ns=$(namespace "$1")
  unplug "$1"
  ensure_namespace "$ns"
  # A fixed MAC, as real hardware has: neighbours need not learn anew after a power cut.
  ip -n "$NET" link add "$1" type veth \
    peer name eth0 address "02:00:00:00:00:$(printf %02x "$2")" netns "$ns"
  ip -n "$ns" addr add "$SUBNET.$2/24" dev eth0
  ip -n "$ns" link set eth0 up
  ip -n "$NET" link set "$1" master br0 up
}
unplug() { ip -n "$NET" link del "$1" 2> /dev/null || :; }

ensure_net() {
  ensure_namespace "$NET"
  ip -n "$NET" link show br0 > /dev/null 2>&1 || ip -n "$NET" link add br0 type bridge
  ip -n "$NET" link set br0 up
  nft_net list table bridge lab > /dev/null 2>&1 || nft_net -f - <<'T'
table bridge lab {
  set cut { type ifname . ifname; }
  chain loss { }
  chain forward { type filter hook forward priority 0; iifname . oifname @cut drop; jump loss; }
}
T
  plugged operator || plug operator "$OPERATOR_NUMBER"
  plugged bmc || plug bmc "$BMC_NUMBER"
}
nft_net() { nsenter --net="/run/netns/$NET" nft "$@"; }

remove_net() { # and with the bridge's namespace go the bridge and its ends of the cables
  local ns
  for ns in /run/netns/"$LAB_NAME".*; do
    [[ -e $ns ]] && remove_namespace "${ns##*/}"
  done
  return 0
}

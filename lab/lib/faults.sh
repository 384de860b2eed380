# What goes wrong with a host, its cable, the network and its BMC, and how all heals. Sourced by lab/host.
# shellcheck shell=bash

lab_cable() { # NAME out|in
  need_node "${1:-}"
  local flag=$RUN/nodes/$1/cable-out state
  case ${2:-} in
    out) touch "$flag" && state=down ;;
    in) rm -f "$flag" && state=up ;;
    *) misuse 'cable NAME out|in' ;;
  esac
  unpowered "$1" || ip -n "$NET" link set "$1" "$state"
}

# The kernel goes on for a frozen host (connections are accepted, sent data is acknowledged), its
# processes do not. The cgroup's freezer stops them all at one instant, which a round of SIGSTOP
# can't, and leaves no parent who sees its child stop. kill -9 works on them as on any other.
freeze_state() { # NAME 0|1
  echo "$2" > "$CGROUPS/nodes/$1/payload/cgroup.freeze"
}
frozen() { { grep -qx 1 "$CGROUPS/nodes/$1/payload/cgroup.freeze"; } 2> /dev/null; }
all_frozen() { grep -qx 'frozen 1' "$CGROUPS/nodes/$1/payload/cgroup.events"; }
lab_freeze() { # NAME
  need_node "${1:-}"
  powered "$1" || die "$1 is off"
  freeze_state "$1" 1
  within 10 all_frozen "$1" || die "$1 does not freeze"
}
lab_thaw() { # NAME
  need_node "${1:-}"
  ! frozen "$1" || freeze_state "$1" 0
}

lab_partition() { # A B [both]
  local port
  (($# == 2)) || [[ ${3:-} == both ]] || misuse 'partition A B [both]'
  for port in "$1" "$2"; do
    [[ $port == operator || $port == bmc ]] || need_node "$port"
  done
  nft_net add element bridge lab cut "{ \"$1\" . \"$2\" }"
  [[ ${3:-} != both ]] || nft_net add element bridge lab cut "{ \"$2\" . \"$1\" }"
}

lab_loss() { # NAME PERCENT
  local node share
  need_node "${1:-}"
  [[ ${2:-} =~ ^[0-9]{1,2}$ ]] || misuse 'loss NAME PERCENT, 0 to 99'
  echo "$2" > "$RUN/nodes/$1/loss"
  {
    echo 'flush chain bridge lab loss'
    for node in $(known); do
      share=$(cat "$RUN/nodes/$node/loss" 2> /dev/null || echo 0)
      ((10#$share == 0)) || printf 'add rule bridge lab loss %s "'"$node"'" numgen random mod 100 < '"$share"' drop\n' \
        iifname oifname
    done
  } | nft_net -f -
}

lab_rate() { # NAME KBIT|full
  local flag
  need_node "${1:-}"
  flag=$RUN/nodes/$1/rate
  case ${2:-} in
    full) rm -f "$flag" ;;
    *[!0-9]* | 0* | '') misuse 'rate NAME KBIT|full' ;;
    *) echo "$2" > "$flag" ;;
  esac
  unpowered "$1" || set_rate "$1" "$2"
}
set_rate() { # NAME KBIT|full: of its cable, each way
  local ns end
  for ns in "$NET" "$(namespace "$1")"; do
    end=$1
    [[ $ns == "$NET" ]] || end=eth0
    tc -n "$ns" qdisc del dev "$end" root 2> /dev/null || : # there may be none
    [[ $2 == full ]] || tc -n "$ns" qdisc add dev "$end" root tbf rate "$2kbit" burst 16kb latency 400ms
  done
}

lab_bmc() { # NAME ok|hang|fail|lie|wired-to OTHER
  need_node "${1:-}"
  local dir=$RUN/nodes/$1 pid
  case ${2:-} in
    ok | hang | fail | lie) ;;
    wired-to) need_node "${3:-}" ;;
    *) misuse 'bmc NAME ok|hang|fail|lie|wired-to OTHER' ;;
  esac
  rm -f "$dir/bmc-lie"
  echo "${*:2}" > "$dir/bmc-mode"
  pid=$(recorded "$dir/bmc") || die "$1 has no BMC running"
  if [[ $2 == hang ]]; then kill -STOP "$pid"; else kill -CONT "$pid"; fi
}

lab_heal() {
  local node
  nft_net flush set bridge lab cut
  nft_net flush chain bridge lab loss
  rm -f "$RUN"/nodes/*/loss
  for node in $(known); do
    lab_thaw "$node"
    lab_cable "$node" in
    [[ ! -e $RUN/nodes/$node/rate ]] || lab_rate "$node" full
    ! has_image "$node" || lab_disk "$node" free
    ! recorded "$RUN/nodes/$node/bmc" > /dev/null || lab_bmc "$node" ok
  done
}

# Switching a host on and off, entering it, and knowing when it is ready. Sourced by lab/host.
# shellcheck shell=bash

READY_SECONDS=90

cgroup_of() { echo "nodes/$1"; }
powered() { populated "$(cgroup_of "$1")"; }
unpowered() { ! powered "$1"; }

init_of() { # NAME: the pid, seen from here, of the host's PID 1
  local payload=$CGROUPS/nodes/$1/payload list pid ids
  for list in "$payload/init.scope/cgroup.procs" "$payload/cgroup.procs"; do
    while read -r pid; do
      { ids=$(grep ^NSpid: "/proc/$pid/status"); } 2> /dev/null || continue
      [[ $ids == *[[:space:]]1 ]] && echo "$pid" && return
    done 2> /dev/null < "$list"
  done 2> /dev/null
  return 1
}
healthy() { # running, its supervisor not killed away from above it, and its cable there
  init_of "$1" > /dev/null && recorded "$RUN/nodes/$1/supervisor" > /dev/null && plugged "$1"
}

boot() { # NAME; returns when its PID 1 is there. Lock held by the caller
  local node=$1
  ensure_net_of "$node"
  spawn "$RUN/nodes/$node/console.log" unshare --mount "$LAB_DIR/host" __boot "$node"
  within 10 init_of "$node" > /dev/null || die "$node does not boot, see $RUN/nodes/$node/console.log"
}
ensure_net_of() { # NAME: a new namespace each time: no socket or firewall rule outlives a power cut
  unplug "$1"
  remove_namespace "$(namespace "$1")"
  plug "$1" "$(number_of "$1")"
  [[ ! -e $RUN/nodes/$1/cable-out ]] || ip -n "$NET" link set "$1" down
  [[ ! -e $RUN/nodes/$1/rate ]] || set_rate "$1" "$(< "$RUN/nodes/$1/rate")"
}

boot_here() { # NAME; in a mount namespace of its own, so that no mount can be left over
  local node=$1 disk=$DISKS/$1 own binds=() code=0
  record "$RUN/nodes/$node/supervisor"
  remove_cgroup "$(cgroup_of "$node")"
  join_cgroup "$(cgroup_of "$node")"
  load_root_of "$node"
  own=$(mount_own "$node")
  mount -t overlay overlay "$disk/root" \
    -o "lowerdir=$(< "$disk/lower"),upperdir=$own/upper,workdir=$own/work"
  furnish "$disk"
  [[ -z $root_data ]] || binds=("--bind=$own/data:$root_data")
  # Its own cgroup tree even where the machine itself still has cgroup v1.
  export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
  while
    systemd-nspawn --quiet --boot --directory="$disk/root" \
      --machine="$LAB_NAME.$node" --hostname="$node" \
      --network-namespace-path="/run/netns/$(namespace "$node")" --capability=CAP_NET_ADMIN \
      --bind-ro="$RUN/hosts:/etc/hosts" "${binds[@]}" \
      --register=no --keep-unit --resolv-conf=off --timezone=off --link-journal=no --console=pipe ||
      code=$?
    ((code == 133)) # which is how it says that the host reboots, rather than powers off
  do
    code=0
    lock_node "$node"
    ensure_net_of "$node"
    unlock_node
  done
}

power_off() { # NAME; lock held by the caller. Nobody on the network hears a goodbye: cable first
  local node=$1 group init
  group=$(cgroup_of "$node")
  unplug "$node"
  cut_disk "$node"
  end_recorded "$RUN/nodes/$node/supervisor" # or it may take this for a reboot
  ! init=$(init_of "$node") || kill -9 "$init" 2> /dev/null || : # the kernel ends all below it
  if ! within 3 unpowered "$node"; then # killed before it had a PID 1, or nspawn hangs
    kill_cgroup "$group"
    within 5 unpowered "$node" || die "$node: processes do not end: $(find "$CGROUPS/$group" -name cgroup.procs -exec cat {} + | tr '\n' ' ')"
  fi
  remove_cgroup "$group"
  remove_namespace "$(namespace "$node")"
  rmdir "/run/systemd/nspawn/propagate/$LAB_NAME.$node" 2> /dev/null || :
}

lab_power() { # NAME off|on
  need_node "${1:-}"
  lock_node "$1"
  case ${2:-} in
    off) power_off "$1" ;;
    on)
      healthy "$1" && return
      power_off "$1" # what is left of one that lost its nspawn
      boot "$1"
      unlock_node
      wait_ready "$1"
      ;;
    *) misuse "power NAME off|on" ;;
  esac
}

inside() { # NAME CMD...: as root in all of the host's namespaces and in its cgroup
  local node=$1 init
  shift
  init=$(init_of "$node") || die "$node is off"
  (
    # With the host's own processes, so that it freezes with them.
    echo "$BASHPID" > "$CGROUPS/nodes/$node/payload/cgroup.procs"
    exec nsenter --target "$init" --mount --uts --ipc --net --pid --cgroup --root --wd \
      env --ignore-environment HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  )
}
lab_run() { # NAME [--] CMD...
  local node=${1:-}
  need_node "$node"
  shift
  [[ ${1:-} != -- ]] || shift
  (($#)) || misuse 'run NAME -- CMD...'
  inside "$node" "$@"
}

# Not when sshd's port opens: until /run/nologin is gone, only root may log in.
is_ready() { # NAME
  local node=$1 init state
  init=$(init_of "$node") || return 1
  [[ -d /proc/$init/root/run/systemd/system && ! -e /proc/$init/root/run/nologin ]] || return 1
  state=$(system_state "$node")
  # A database that waits in replctl's start guard keeps the boot from its end; the host is there.
  [[ $state != starting ]] || ! waits_in_guard "$node" || state=running
  [[ $state == running || $state == degraded ]] && ssh_answers "$node"
}
waits_in_guard() { # NAME
  local said
  load_root_of "$1"
  [[ $root_unit ]] || return 1
  said=$(inside "$1" systemctl show --property=ControlPID --property=DropInPaths "$root_unit" 2> /dev/null)
  [[ $said == *replctl-guard.conf* && ! $said == *ControlPID=0* ]]
}
system_state() {
  local state
  state=$(inside "$1" timeout 5 systemctl is-system-running 2> /dev/null) || :
  echo "${state:-unknown}"
}
ssh_answers() { # NAME: within a second it says who it is
  local line
  # Not from the operator's address: sshd holds connections without a login against whoever makes
  # them, and after some seconds' worth of that lets them in no more (PerSourcePenalties).
  line=$(timeout 1 nsenter --net="/run/netns/$(namespace bmc)" \
    bash -c 'exec 3<> "/dev/tcp/$0/22" && read -r line <&3 && echo "$line"' "$(address_of "$1")" 2> /dev/null)
  [[ $line == SSH-* ]]
}
wait_ready() { # NAME
  local node=$1
  if [[ -e $RUN/nodes/$node/cable-out ]]; then
    say "$node boots; its cable is out, so nobody waits for it"
    return
  fi
  within "$READY_SECONDS" is_ready "$node" ||
    die "$node is not ready after $READY_SECONDS s (systemd: $(system_state "$node"))"
  [[ $(system_state "$node") != degraded ]] ||
    say "$node is degraded: $(inside "$node" systemctl --failed --plain --no-legend | cut -d' ' -f1 | xargs)"
}

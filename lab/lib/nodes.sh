# Hosts: number, disk, boot, power, readiness. Sourced by lab/host.
# shellcheck shell=bash

READY_SECONDS=90

known() { # the hosts of this lab, by number
  local node
  for node in "$RUN"/nodes/*/number; do
    [[ -e $node ]] || return 0
    node=${node%/number}
    echo "$(< "$node/number") ${node##*/}"
  done | sort -n | cut -d' ' -f2
}
need_node() { [[ -e $RUN/nodes/${1:-}/number ]] || misuse "no host '${1:-}'; there are: $(known | xargs)"; }
number_of() { echo "$(< "$RUN/nodes/$1/number")"; }
address_of() { echo "$SUBNET.$(number_of "$1")"; }
bmc_address_of() { echo "$SUBNET.$((100 + $(number_of "$1")))"; }
load_root_of() { root_row "$(< "$RUN/nodes/$1/root")"; }

register() { # NAME ROOT
  local dir=$RUN/nodes/$1 number
  [[ $1 =~ ^[a-z][a-z0-9-]{0,14}$ && ! $1 =~ ^(operator|bmc|net|lo|br0)$ ]] ||
    misuse "'$1' is no name for a host: [a-z][a-z0-9-]*, at most 15, and not operator, bmc, net, lo, br0"
  if [[ -e $dir/number ]]; then
    [[ $(< "$dir/root") == "$2" ]] || misuse "$1 stands on root $(< "$dir/root"); first: lab/host down $1"
    return
  fi
  number=${1##*[^0-9]}
  number=$((${number:+10 + 10#}${number:-91})) # pg3 is .13, bastion .91, if that is free
  for number in "$number" {11..99}; do
    ((number >= 11 && number <= 99)) && ! number_taken "$number" && break
  done
  mkdir -p "$dir"
  echo "$2" > "$dir/root"
  echo "$number" > "$dir/number" # last: it is what makes the host known
}
number_taken() { cat "$RUN"/nodes/*/number 2> /dev/null | grep -qx "$1"; }

# ---- disk

ensure_disk() { # NAME
  local node=$1 disk=$DISKS/$1 making=$DISKS/.making.$1 root
  [[ -d $disk ]] && return
  load_root_of "$node"
  root=$(root_path)
  rm -rf "$making"
  mkdir -p "$making"/{upper,work,root,data,identity}
  echo "$root" > "$making/lower"
  if [[ $root_data ]]; then
    cp -a "$root$root_data/." "$making/data/"
    chown --reference="$root$root_data" "$making/data"
    chmod --reference="$root$root_data" "$making/data"
  fi
  tr -d - < /proc/sys/kernel/random/uuid > "$making/identity/machine-id"
  ssh-keygen -q -t ed25519 -N '' -C "root@$node" -f "$making/identity/ssh_host_ed25519_key"
  privileges > "$making/identity/sudoers"
  mv "$making" "$disk"
}

privileges() { # of the operator's login on a host of the row in root_*: see README
  [[ $root_unit ]] || return 0
  local verb
  echo "dba ALL=($root_user) NOPASSWD: /usr/bin/bash -s"
  for verb in start stop restart reload reset-failed is-active is-enabled enable disable mask unmask; do
    echo "dba ALL=(root) NOPASSWD: /usr/bin/systemctl $verb $root_unit"
  done
  echo 'dba ALL=(root) NOPASSWD: /usr/bin/systemctl daemon-reload'
}

furnish() { # DISK: what is this host's own, onto its mounted root; the machine-id comes last
  local root=$1/root identity=$1/identity home=$1/root/home/dba
  [[ -s $root/etc/machine-id ]] && return
  cp "$identity"/ssh_host_* "$root/etc/ssh/"
  install -m 440 "$identity/sudoers" "$root/etc/sudoers.d/dba"
  install -d -m 700 --owner="$(stat -c %u "$home")" --group="$(stat -c %g "$home")" "$home/.ssh"
  install -m 600 --owner="$(stat -c %u "$home")" --group="$(stat -c %g "$home")" \
    "$RUN/operator/id_ed25519.pub" "$home/.ssh/authorized_keys"
  echo "${1##*/}" > "$root/etc/hostname"
  cp "$identity/machine-id" "$root/etc/machine-id"
}

# ---- power

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
}

boot_here() { # NAME; in a mount namespace of its own, so that no mount can be left over
  local node=$1 disk=$DISKS/$1 binds=() code=0
  record "$RUN/nodes/$node/supervisor"
  remove_cgroup "$(cgroup_of "$node")"
  join_cgroup "$(cgroup_of "$node")"
  load_root_of "$node"
  mount -t overlay overlay "$disk/root" \
    -o "lowerdir=$(< "$disk/lower"),upperdir=$disk/upper,workdir=$disk/work"
  furnish "$disk"
  [[ -z $root_data ]] || binds=("--bind=$disk/data:$root_data")
  # Its own cgroup tree even where the machine itself still has cgroup v1.
  export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
  while
    systemd-nspawn --quiet --boot --directory="$disk/root" \
      --machine="$LAB_NAME.$node" --hostname="$node" \
      --network-namespace-path="/run/netns/$(namespace "$node")" \
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

# ---- readiness

# Not when sshd's port opens: until /run/nologin is gone, only root may log in.
is_ready() { # NAME
  local node=$1 init state
  init=$(init_of "$node") || return 1
  [[ -d /proc/$init/root/run/systemd/system && ! -e /proc/$init/root/run/nologin ]] || return 1
  state=$(system_state "$node")
  [[ $state == running || $state == degraded ]] && ssh_answers "$node"
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

# ---- verbs

lab_up() { # [N | NAME[:ROOT]]... [--root ROOT]
  local root=pg17 words=() wanted=() word node pids=() pid failed=0 began=${EPOCHREALTIME/[.,]/} i
  while (($#)); do
    case $1 in
      --root) root=${2:-} && shift ;;
      --root=*) root=${1#*=} ;;
      -*) misuse "up has no option $1" ;;
      *) words+=("$1") ;;
    esac
    shift || misuse '--root needs a name'
  done
  root_row "$root"
  ((${#words[@]})) || mapfile -t words < <(known)
  ((${#words[@]})) || words=(3)
  for word in "${words[@]}"; do
    if [[ $word =~ ^[1-9][0-9]?$ ]]; then
      for ((i = 1; i <= word; i++)); do wanted+=("$root_prefix$i"); done
    else
      wanted+=("$word")
    fi
  done

  need_tools
  for i in "${!wanted[@]}"; do
    word=${wanted[i]} node=${wanted[i]%%:*}
    if [[ $word == *:* ]]; then
      word=${word#*:}
    elif [[ -e $RUN/nodes/$node/root ]]; then
      word=$(< "$RUN/nodes/$node/root")
    elif [[ $node == bastion ]]; then
      word=plain
    else
      word=$root
    fi
    root_row "$word"
    ensure_root
    register "$node" "$word"
    wanted[i]=$node
  done

  ensure_net
  ensure_operator
  mkdir -p "$DISKS"
  for node in "${wanted[@]}"; do
    ensure_disk "$node"
  done
  write_names
  lab_heal
  for node in "${wanted[@]}"; do
    bring_up "$node" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || failed=1
  done
  ((failed == 0)) || die 'not all hosts are up'
  i=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
  say "${wanted[*]} up in $((i / 10)).$((i % 10)) s"
}
bring_up() { # NAME
  lock_node "$1"
  if ! healthy "$1"; then
    power_off "$1"
    boot "$1"
  fi
  unlock_node
  ensure_bmc "$1"
  wait_ready "$1"
}

lab_down() { # [NAME...]
  local node
  if (($#)); then
    for node; do
      need_node "$node"
      forget "$node"
    done
    write_names
    return
  fi
  for node in $(known); do
    forget "$node" &
  done
  wait
  # What a killed lab/host, or one whose $RUN somebody deleted, may have left.
  kill_cgroup ''
  within 5 empty '' || die "processes do not end: see $CGROUPS"
  remove_cgroup ''
  remove_net
  remove_operator
  rm -rf "$DISKS" "$RUN"
  say 'down'
}
forget() { # NAME
  lock_node "$1"
  end_bmc "$1"
  power_off "$1"
  rm -rf "${DISKS:?}/$1"
  rm -rf "$RUN/nodes/$1"
}

lab_clean() { # NAME
  local node=${1:-}
  need_node "$node"
  lock_node "$node"
  power_off "$node"
  rm -rf "${DISKS:?}/$node"
  ensure_disk "$node"
  unlock_node
  write_names
  bring_up "$node"
}

lab_status() {
  local node word
  [[ -d $RUN/nodes ]] || {
    say 'down'
    return
  }
  printf '%-15s %-13s %-6s %-5s %-6s %-9s %-4s %-13s %s\n' HOST ADDRESS ROOT POWER CABLE SYSTEMD SSH BMC MODE
  for node in $(known); do
    word=-
    ! powered "$node" || word=$(frozen "$node" && echo frozen || system_state "$node")
    printf '%-15s %-13s %-6s %-5s %-6s %-9s %-4s %-13s %s\n' "$node" "$(address_of "$node")" \
      "$(< "$RUN/nodes/$node/root")" "$(powered "$node" && echo on || echo off)" \
      "$([[ -e $RUN/nodes/$node/cable-out ]] && echo out || echo in)" "$word" \
      "$(ssh_answers "$node" && echo yes || echo no)" \
      "$(recorded "$RUN/nodes/$node/bmc" > /dev/null && bmc_address_of "$node" || echo -)" \
      "$(bmc_mode "$node")"
  done
}

# Which hosts there are, and the verbs that make and end them. Sourced by lab/host.
# shellcheck shell=bash

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
number_taken() { grep -qxsF "$1" "$RUN"/nodes/*/number; } # no pipe: its end may come before its word

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
  load_root_of "$node"
  ensure_root
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
  printf '%-15s %-13s %-6s %-5s %-6s %-9s %-4s %-5s %-13s %s\n' \
    HOST ADDRESS ROOT POWER CABLE SYSTEMD SSH DISK BMC MODE
  for node in $(known); do
    word=-
    ! powered "$node" || word=$(frozen "$node" && echo frozen || system_state "$node")
    printf '%-15s %-13s %-6s %-5s %-6s %-9s %-4s %-5s %-13s %s\n' "$node" "$(address_of "$node")" \
      "$(< "$RUN/nodes/$node/root")" "$(powered "$node" && echo on || echo off)" \
      "$(cable_of "$node")" "$word" \
      "$(ssh_answers "$node" && echo yes || echo no)" \
      "$([[ -e $RUN/nodes/$node/disk-full ]] && echo full || echo ok)" \
      "$(recorded "$RUN/nodes/$node/bmc" > /dev/null && bmc_address_of "$node" || echo -)" \
      "$(bmc_mode "$node")"
  done
}
cable_of() { # NAME: out, or in; slow, or lossy
  local flags=$RUN/nodes/$1
  if [[ -e $flags/cable-out ]]; then
    echo out
  elif [[ -e $flags/rate ]]; then
    echo slow
  else
    [[ -e $flags/loss ]] && echo lossy || echo in
  fi
}

# A board-management controller per host: ipmi_sim speaks IPMI 2.0 at an address of its own, and
# asks us to cut or give power. Sourced by lab/host.
# shellcheck shell=bash

BMC_USER="admin"

bmc_mode() { echo "$(cat "$RUN/nodes/$1/bmc-mode" 2> /dev/null || echo ok)"; }

ensure_bmc() { # NAME
  local node=$1 dir=$RUN/nodes/$1
  ip -n "$(namespace bmc)" addr replace "$(bmc_address_of "$node")/24" dev eth0
  mkdir -p "$dir/bmc-state"
  # ipmi_sim runs a command line: one word, however this folder is called. Written each time: the
  # checkout that started the BMC may be gone.
  printf '#!/bin/bash\nexport REPLCTL_LAB_NAME=%q REPLCTL_LAB_CACHE=%q\nexec %q __chassis %q "$@"\n' \
    "$LAB_NAME" "$CACHE" "$LAB_DIR/host" "$node" > "$dir/chassis"
  chmod 700 "$dir/chassis"
  recorded "$dir/bmc" > /dev/null && return
  cat > "$dir/bmc.conf" <<T
name "$node"
set_working_mc 0x20
  startlan 1
    addr $(bmc_address_of "$node") 623
    priv_limit admin
    allowed_auths_callback md5
    allowed_auths_user md5
    allowed_auths_operator md5
    allowed_auths_admin md5
    guid a123456789abcdefa123456789abcd$(printf %02x "$(number_of "$node")")
  endlan
  chassis_control "$dir/chassis"
  user 1 false "" "none" user 10 md5
  user 2 true "$BMC_USER" "$(< "$RUN/operator/secrets/bmc")" admin 10 md5
T
  chmod 600 "$dir/bmc.conf"
  cat > "$dir/bmc.emu" <<'T'
mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
mc_enable 0x20
T
  spawn "$dir/bmc.log" nsenter --net="/run/netns/$(namespace bmc)" "$LAB_DIR/host" __bmc "$node"
  within 5 recorded "$dir/bmc" > /dev/null || die "the BMC of $node does not start, see $dir/bmc.log"
}
bmc_here() { # NAME
  local dir=$RUN/nodes/$1
  record "$dir/bmc"
  join_cgroup bmc
  exec ipmi_sim -c "$dir/bmc.conf" -f "$dir/bmc.emu" -s "$dir/bmc-state" -n
}
end_bmc() { # NAME
  end_recorded "$RUN/nodes/$1/bmc"
  ip -n "$(namespace bmc)" addr del "$(bmc_address_of "$1")/24" dev eth0 2> /dev/null || :
}

# What ipmi_sim calls: chassis NAME get WHAT..., or chassis NAME set WHAT VALUE ...
# A non-zero exit is how a BMC says that it failed.
chassis() {
  local node=$1 op=$2 mode
  shift 2
  mode=$(bmc_mode "$node")
  [[ $mode != fail ]] || exit 1
  [[ $mode != wired-to* ]] || node=${mode#wired-to }
  case $op in
    get)
      for what; do
        case $what in
          power) echo "power:$(chassis_power "$node" "$mode")" ;;
          boot) echo boot:default ;;
          *) exit 1 ;;
        esac
      done
      ;;
    set)
      while (($#)); do
        case $1 in
          power) chassis_set_power "$node" "$mode" "$2" ;;
          reset)
            chassis_set_power "$node" "$mode" 0
            chassis_set_power "$node" "$mode" 1
            ;;
          identify) shift ;;
        esac
        shift 2
      done
      ;;
    *) exit 1 ;;
  esac
}
chassis_power() { # NAME MODE
  local lie=$RUN/nodes/$1/bmc-lie
  if [[ $2 == lie && -e $lie ]]; then
    cat "$lie"
  else
    powered "$1" && echo 1 || echo 0
  fi
}
chassis_set_power() { # NAME MODE 0|1
  if [[ $2 == lie ]]; then
    echo "$3" > "$RUN/nodes/$1/bmc-lie"
    return
  fi
  lock_node "$1"
  [[ -e $RUN/nodes/$1/number ]] || exit 1 # gone while we waited
  if [[ $3 == 0 ]]; then
    power_off "$1"
  elif ! powered "$1"; then
    boot "$1"
  fi
  unlock_node
}

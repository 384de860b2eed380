# What the machine must have. Sourced by lab/host.
# shellcheck shell=bash

# command and the Debian package that brings it
NEEDS='
systemd-nspawn systemd-container
debootstrap    debootstrap
ip             iproute2
nft            nftables
ssh            openssh-client
fence_ipmilan  fence-agents
ipmitool       ipmitool
ipmi_sim       openipmi
'

missing_packages() {
  local command package
  while read -r command package; do
    [[ -z $command ]] || command -v "$command" > /dev/null || echo "$package"
  done <<< "$NEEDS"
}

need_tools() {
  local missing log
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  command -v apt-get > /dev/null || cannot "missing: ${missing[*]}, and there is no apt-get to install them"
  say "installing ${missing[*]}"
  mkdir -p "$RUN"
  log=$RUN/apt.log
  apt_install "$log" "${missing[@]}" || {
    apt-get update >> "$log" 2>&1 8>&- || :
    apt_install "$log" "${missing[@]}"
  } || cannot "apt-get could not install ${missing[*]}: $(grep -m1 '^E:' "$log" || tail -n1 "$log")"
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || cannot "still missing after installation: ${missing[*]}"
}
apt_install() { # LOG PACKAGE...
  local log=$1
  shift
  DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "$@" > "$log" 2>&1 8>&-
}

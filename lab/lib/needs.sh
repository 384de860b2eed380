# What the machine must have. Sourced by lab/host, lab/test, lab/demo and lab/bench, which have
# say(), cannot() and a table of their own: a command, or a path in which * stands for anything,
# and the Debian package that brings it.
# shellcheck shell=bash

missing_packages() { # TABLE
  local thing package
  while read -r thing package; do
    [[ -z $thing ]] || is_there "$thing" || echo "$package"
  done <<< "$1"
}
is_there() {
  case $1 in
    /*) compgen -G "$1" > /dev/null ;;
    *) command -v "$1" > /dev/null ;;
  esac
}

need_packages() { # TABLE LOG: installs what is missing
  local table=$1 log=$2 missing
  mapfile -t missing < <(missing_packages "$table")
  ((${#missing[@]})) || return 0
  command -v apt-get > /dev/null || cannot "missing: ${missing[*]}, and there is no apt-get to install them"
  [[ $EUID == 0 ]] || cannot "missing: ${missing[*]}. As root: apt-get install --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  mkdir -p "$(dirname "$log")"
  apt_install "$log" "${missing[@]}" || {
    apt-get update >> "$log" 2>&1 8>&- || :
    apt_install "$log" "${missing[@]}"
  } || cannot "apt-get could not install ${missing[*]}: $(grep -m1 '^E:' "$log" || tail -n1 "$log")"
  mapfile -t missing < <(missing_packages "$table")
  ((${#missing[@]} == 0)) || cannot "still missing after installation: ${missing[*]}"
}

# Nothing that is installed here starts: no cluster is made of a new PostgreSQL, no daemon runs.
apt_install() { # LOG PACKAGE...
  local log=$1 policy=/usr/sbin/policy-rc.d ours='lab/lib/needs.sh, while it installs' code=0
  shift
  ! grep -qs "$ours" "$policy" || rm -f "$policy" # of a killed run
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\n# %s\nexit 101\n' "$ours" > "$policy"
    chmod 755 "$policy"
  fi
  if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    -o Dpkg::Options::=--force-confold "$@" > "$log" 2>&1 < /dev/null 8>&- || code=$?
  ! grep -qs "$ours" "$policy" || rm -f "$policy"
  return "$code"
}

# The hosts' file systems: a table, and how a row of it is built and kept. Sourced by lab/host.
# shellcheck shell=bash

# name | suite | packages besides COMMON | database unit | its OS user | data folder | names of hosts
# A further engine or a peer to compare with is a row. NAME/SUITE is a package that comes from another
# suite, with whatever newer it needs: so all stand on one base. The data folder gets a plain folder instead
# of the overlay, which refuses to rename a folder of its lower layer.
ROOTS='
plain | trixie |               |                    |          |                     | plain
pg17  | trixie | postgresql-17 iputils-arping | postgresql@17-main | postgres | /var/lib/postgresql | pg
pg18  | trixie | postgresql-18/sid | postgresql@18-main | postgres | /var/lib/postgresql | pg
peers | trixie | postgresql-17 postgresql-17-repmgr patroni python3-etcd postgresql-17-auto-failover etcd-server etcd-client | postgresql@17-main | postgres | /var/lib/postgresql | pg
my97  | trixie | mysql-server/sid iputils-arping | mysql | mysql | /var/lib/mysql | my
'
COMMON=(systemd systemd-sysv dbus openssh-server openssh-client sudo iproute2 nftables openssl rsync procps)
RECIPE=1 # raise it when build_base or build_on_top changes what it makes: it is part of the key

root_row() { # NAME: sets root_name, root_suite, root_packages, root_unit, root_user, root_data, root_prefix
  local row packages
  row=$(awk -F ' *[|] *' -v OFS='|' -v name="$1" '$1 == name { $1 = $1; print }' <<< "$ROOTS")
  [[ $row ]] || misuse "no root '$1'; there are: $(root_names | xargs)"
  IFS='|' read -r root_name root_suite packages root_unit root_user root_data root_prefix <<< "$row"
  read -r -a root_packages <<< "$packages"
}
root_names() { awk -F ' *[|] *' 'NF > 1 { print $1 }' <<< "$ROOTS"; }

key_of() { # WORD...: short and stable
  printf '%s\n' "$RECIPE" "$@" | sha256sum | cut -c1-10
}
base_path() { echo "$CACHE/base-$root_suite-$(key_of "${COMMON[@]}")"; }
root_path() {
  if ((${#root_packages[@]})); then
    echo "$CACHE/$root_name-$root_suite-$(key_of "${COMMON[@]}" "${root_packages[@]}")"
  else
    base_path
  fi
}

lab_roots() { # [ROOT...]
  local name
  if (($#)); then
    need_tools
    for name; do
      root_row "$name"
      ensure_root
      root_path
    done
    return
  fi
  while read -r name; do
    root_row "$name"
    printf '%-8s %-8s %-8s %s\n' "$name" "$root_suite" \
      "$([[ -d $(root_path) ]] && echo built || echo -)" "${root_packages[*]}"
  done < <(root_names)
}

ensure_root() { # of the row that root_row has set
  local path base
  path=$(root_path) base=$(base_path)
  mkdir -p "$CACHE"
  touch "$base.used" "$path.used"
  [[ ! -d $path ]] || return 0
  (
    exec 7> "$CACHE/lock"
    flock --nonblock 7 || { say "waiting for another build" && flock 7; }
    [[ -d $base ]] || build "$base" base "$root_suite" "${COMMON[@]}"
    [[ -d $path ]] || build "$path" "$base" "$root_suite" "${root_packages[@]}"
    prune_roots
  )
}
prune_roots() { # which no lab asked for in two weeks, and no host's disk stands on
  local used
  while read -r used; do
    grep -qsxF "${used%.used}" /var/lib/*/*/lower || rm -rf "${used%.used}" "$used"
  done < <(find "$CACHE" -maxdepth 1 -name '*.used' -mtime +14)
}

# Built aside and renamed when complete: a root is there whole or not at all. Mount and PID
# namespace of its own: when the builder is killed, its mounts and its apt-get end with it.
build() { # PATH FROM SUITE PACKAGE...
  local path=$1 log=$CACHE/${1##*/}.log began=$SECONDS
  rm -rf "$CACHE"/.building.* # of a killed build: we hold the lock
  say "building ${path##*/}"
  unshare --mount --pid --fork --kill-child --mount-proc \
    "$LAB_DIR/host" __build "$CACHE/.building.${path##*/}" "${@:2}" > "$log" 2>&1 8>&- || {
    rm -rf "$CACHE"/.building.*
    cannot "could not build ${path##*/}: $(grep '^E:' "$log" || tail -n 1 "$log") (log: $log)"
  }
  mv "$CACHE/.building.${path##*/}" "$path"
  rm "$log"
  say "built ${path##*/} in $((SECONDS - began)) s"
}

build_here() { # TARGET FROM SUITE PACKAGE...
  local target=$1 from=$2 suite=$3
  shift 3
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
  if [[ $from == base ]]; then
    build_base "$target" "$suite" "$@"
  else
    cp -a --reflink=auto "$from" "$target"
    build_on_top "$target" "$suite" "$@"
  fi
  rm -rf "$target"/var/lib/apt/lists/* "$target"/var/cache/apt/* "$target/usr/sbin/policy-rc.d"
  # Systemd would rebuild its caches at each host's first boot: they are fresh.
  chroot "$target" ldconfig
  touch "$target/etc/.updated" "$target/var/.updated"
}

mirror() { # of the machine's own apt, however its sources are written
  local release uri component
  # shellcheck source=/dev/null
  source /etc/os-release
  while IFS='|' read -r release uri component; do
    [[ $release == "${VERSION_CODENAME:-}" && $component == main ]] && echo "$uri" && return
  done < <(apt-get indextargets --no-release-info --format '$(RELEASE)|$(REPO_URI)|$(COMPONENT)' 'Created-By: Packages')
  echo "E: the machine's apt configuration names no mirror of its own release" >&2
  return 1
}

build_base() { # TARGET SUITE PACKAGE...
  local target=$1 suite=$2 uri proxy include
  shift 2
  uri=$(mirror)
  proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy)
  [[ -z $proxy ]] || export http_proxy=$proxy
  include=$(IFS=, && echo "$*")
  debootstrap --variant=minbase --include="$include" "$suite" "$target" "$uri"

  # What the packages of a later layer must find: no daemon starts while they install, no fsync
  # for each file, no manuals, and PostgreSQL makes no cluster of its own (init does).
  printf '#!/bin/sh\nexit 101\n' > "$target/usr/sbin/policy-rc.d"
  chmod 755 "$target/usr/sbin/policy-rc.d"
  printf '%s\n' force-unsafe-io 'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' \
    'path-exclude=/usr/share/locale/*' > "$target/etc/dpkg/dpkg.cfg.d/lab"
  apt-config dump Acquire::Check-Valid-Until Acquire::Check-Date Acquire::http::Proxy \
    > "$target/etc/apt/apt.conf.d/10machine"
  mkdir -p "$target/etc/postgresql-common"
  echo 'create_main_cluster = false' > "$target/etc/postgresql-common/createcluster.conf"
  rm -rf "$target"/usr/share/{doc,man,locale}/*

  # Who logs in, and who never does. What is one host's own is made when its disk is.
  chroot "$target" useradd --create-home --shell /bin/bash --password '*' dba
  echo 'PermitRootLogin no' > "$target/etc/ssh/sshd_config.d/lab.conf"
  rm -f "$target"/etc/ssh/ssh_host_*
  : > "$target/etc/machine-id"
  rm -f "$target/var/lib/dbus/machine-id"
  echo 'LANG=C.UTF-8' > "$target/etc/default/locale"
  mkdir -p "$target/var/log/journal" # the journal outlives a power cut
  # No terminal and no network to serve these.
  systemctl --root="$target" mask console-getty.service getty@.service \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer
}

build_on_top() { # TARGET SUITE PACKAGE...
  local target=$1 suite=$2 other='' prefer=()
  shift 2
  printf '#!/bin/sh\nexit 101\n' > "$target/usr/sbin/policy-rc.d"
  chmod 755 "$target/usr/sbin/policy-rc.d"
  cp /etc/resolv.conf "$target/etc/resolv.conf"
  mount --bind /dev "$target/dev" # in our own mount namespace
  mount -t proc proc "$target/proc"
  [[ ! $* =~ /([a-z-]+) ]] || other=${BASH_REMATCH[1]}
  if [[ $other ]]; then
    sed "s/ $suite / $other /" "$target/etc/apt/sources.list" > "$target/etc/apt/sources.list.d/$other.list"
    prefer=(--target-release "$other")
  fi
  chroot "$target" apt-get --quiet update
  chroot "$target" apt-get --quiet --yes --no-install-recommends "${prefer[@]}" \
    -o Dpkg::Options::=--force-confold install "${@%/*}"
  umount "$target/dev" "$target/proc"
}

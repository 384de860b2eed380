# A host's disk: an overlay on the shared root, and what is its own; copies of it. Sourced by lab/host.
# shellcheck shell=bash

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
    rm -f "$making/data/auto.cnf" # MySQL's name of this very server
  fi
  tr -d - < /proc/sys/kernel/random/uuid > "$making/identity/machine-id"
  ssh-keygen -q -t ed25519 -N '' -C "root@$node" -f "$making/identity/ssh_host_ed25519_key"
  privileges > "$making/identity/sudoers"
  [[ ! ${REPLCTL_LAB_DISK:-} ]] || into_image "$making" "$REPLCTL_LAB_DISK"
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
  echo 'dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0755 /dev/stdin /usr/local/lib/replctl/guard'
  echo "dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0644 /dev/stdin /etc/systemd/system/$root_unit.service.d/replctl-guard.conf"
  # MySQL's packages have the folders of options root's.
  [[ $root_user != mysql ]] ||
    echo 'dba ALL=(root) NOPASSWD: /usr/bin/install -D -m 0644 /dev/stdin /etc/mysql/mysql.conf.d/zz-replctl.cnf'
  # An address that moves with the leader.
  for verb in add del; do
    echo "dba ALL=(root) NOPASSWD: /usr/sbin/ip address $verb $SUBNET.200/24 dev eth0"
  done
  echo "dba ALL=(root) NOPASSWD: /usr/bin/arping -q -U -c 1 -I eth0 $SUBNET.200"
}

furnish() { # DISK: what is this host's own, onto its mounted root; the machine-id comes last
  local root=$1/root identity=$1/identity home=$1/root/home/dba
  [[ -s $root/etc/machine-id ]] && return
  cp "$identity"/ssh_host_* "$root/etc/ssh/"
  install -m 440 "$identity/sudoers" "$root/etc/sudoers.d/dba"
  install -d -m 700 --owner="$(stat -c %u "$home")" --group="$(stat -c %g "$home")" "$home/.ssh"
  install -m 600 --owner="$(stat -c %u "$home")" --group="$(stat -c %g "$home")" \
    "$RUN/operator/id_ed25519.pub" "$home/.ssh/authorized_keys"
  # The folder that README says root must make where the server's user has no home.
  [[ $root_user != mysql ]] || install -d -m 700 --owner="$(stat -c %u "$root$root_data")" \
    --group="$(stat -c %g "$root$root_data")" "$root/var/lib/replctl"
  echo "${1##*/}" > "$root/etc/hostname"
  cp "$identity/machine-id" "$root/etc/machine-id"
}

# What cp reads is what the host's processes have written, synced or not: more than a power cut
# would leave, at one instant.
lab_keep() { # COPY
  local kept making node own
  kept=$(kept_at "${1:-}")
  making=$kept.making
  rm -rf "$kept" "$making"
  mkdir -p "$making"
  for node in $(known); do
    powered "$node" || die "$node is off"
  done
  for node in $(known); do
    lab_freeze "$node"
  done
  for node in $(known); do
    mkdir "$making/$node"
    if own=$(own_seen_from_here "$node"); then
      fsfreeze --freeze "$own"
      cp -a --reflink=auto --sparse=always "$DISKS/$node"/{image,identity,lower} "$making/$node/"
      fsfreeze --unfreeze "$own"
    else
      cp -a --reflink=auto "$DISKS/$node"/{upper,data,identity,lower} "$making/$node/"
    fi
  done
  for node in $(known); do
    lab_thaw "$node"
  done
  mv "$making" "$kept"
}

lab_restore() { # COPY
  local kept node pids=() pid
  kept=$(kept_at "${1:-}")
  [[ -d $kept ]] || misuse "no copy '$1'; there are: $(cd "$DISKS/.kept" 2> /dev/null && ls | xargs)"
  for node in $(known); do
    [[ -d $kept/$node ]] || misuse "copy '$1' has no disk of $node"
  done
  for node in $(known); do
    put_back "$node" "$kept/$node" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || die 'not all disks are back'
  done
  write_names
  lab_up
}
put_back() { # NAME DISK
  local disk=$DISKS/$1
  lock_node "$1"
  power_off "$1"
  rm -rf "$disk"
  mkdir -p "$disk/root" "$disk/$([[ -e $2/image ]] && echo own || echo work)"
  cp -a --reflink=auto --sparse=always "$2/." "$disk/"
}
kept_at() { # COPY
  [[ $1 =~ ^[a-z0-9][a-z0-9-]*$ ]] || misuse "a copy's name must match [a-z0-9][a-z0-9-]*"
  echo "$DISKS/.kept/$1"
}

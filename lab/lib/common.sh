# Names, places, messages, locks, and records of what was started. Sourced by lab/host.
# shellcheck shell=bash

LAB_NAME=${REPLCTL_LAB_NAME:-replctl-lab}
[[ $LAB_NAME =~ ^[a-z][a-z0-9-]{0,30}$ ]] || {
  echo "lab/host: REPLCTL_LAB_NAME must match [a-z][a-z0-9-]{0,30}" >&2
  exit 2
}
RUN=/run/$LAB_NAME         # state: small files, gone with the lab
DISKS=/var/lib/$LAB_NAME   # the hosts' disks: not in /run, where fsync costs nothing
CACHE=${REPLCTL_LAB_CACHE:-/var/cache/replctl-lab}
CANNOT=77                  # "no lab to be had here": told apart from a failure of what is tested

say() { echo "lab: $*" >&2; }
die() {
  echo "lab/host: $*" >&2
  exit 1
}
cannot() {
  echo "lab/host: no lab here: $*" >&2
  exit "$CANNOT"
}
misuse() {
  echo "lab/host: $*; lab/host help shows the usage" >&2
  exit 2
}

need_root() {
  [[ $EUID == 0 ]] || cannot "it needs root (sudo lab/host ...)"
  [[ $CGROUPS ]] || cannot "the kernel has no cgroup v2 mounted, not even beside v1"
}

# Whoever called sudo is the operator: its files belong to that user, and operator -- CMD runs as it.
OPERATOR_UID=${SUDO_UID:-0}
OPERATOR_GID=${SUDO_GID:-0}

# Locks. Descriptor 8 is the lab's, 9 a host's (the BMC switches a host on and off while somebody
# else uses the lab). What is started in the background must close both, see spawn().
lock_lab() {
  exec 8> "/run/$LAB_NAME.lock" # outside $RUN: a lock that `down` deletes protects nothing
  flock --nonblock 8 && return
  say "waiting for another lab/host"
  flock --timeout 600 8 || die "another lab/host holds the lab for 10 minutes"
}
lock_node() {
  exec 9> "$RUN/nodes/$1/lock"
  flock --timeout 60 9 || die "another lab/host or its BMC is busy with $1 for a minute"
}
unlock_node() { exec 9>&-; }

spawn() { # LOG CMD...: a daemon of its own session
  local log=$1
  shift
  setsid --fork "$@" < /dev/null >> "$log" 2>&1 8>&- 9>&-
}

# A record is "pid starttime bootid": a pid alone may be somebody else's by now.
BOOT_ID=$(< /proc/sys/kernel/random/boot_id)

start_of() { # PID: its start time, unless it is gone or a zombie
  local stat
  { stat=$(< "/proc/$1/stat"); } 2> /dev/null || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086  # split into fields, of which state is the first
  set -- $stat
  [[ $1 != [ZX] ]] && echo "${20}"
}
record() { # FILE: this very process
  local pid=$BASHPID # not inside $( ), which is a process of its own
  echo "$pid $(start_of "$pid") $BOOT_ID" > "$1.new" && mv "$1.new" "$1"
}
recorded() { # FILE: prints the pid, if that process still lives
  local pid start boot
  { read -r pid start boot < "$1"; } 2> /dev/null || return 1
  [[ $boot == "$BOOT_ID" && $(start_of "$pid") == "$start" ]] && echo "$pid"
}
end_recorded() { # FILE
  local pid
  pid=$(recorded "$1") || {
    rm -f "$1"
    return 0
  }
  kill -9 "$pid" 2> /dev/null || :
  within 5 gone "$1" || die "process $pid does not end"
  rm -f "$1"
}
gone() { ! recorded "$1" > /dev/null; }

within() { # SECONDS CMD...: until CMD succeeds
  local deadline=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000))
  shift
  until "$@"; do
    ((${EPOCHREALTIME/[.,]/} < deadline)) || return 1
    sleep 0.03
  done
}

# Everything that the lab starts sits in a cgroup of its own: of a host's life nothing else tells
# so surely (`populated`), and systemd in one host must not see the other hosts' units.
cgroup_root() {
  local kind place
  while read -r _ place kind _; do
    [[ $kind == cgroup2 ]] && echo "$place/$LAB_NAME" && return
  done < /proc/self/mounts
}
CGROUPS=$(cgroup_root)

join_cgroup() { # NAME: this process, and what it starts
  mkdir -p "$CGROUPS${1:+/$1}"
  echo "$BASHPID" > "$CGROUPS/$1/cgroup.procs"
}
populated() { # NAME
  { grep -qx 'populated 1' "$CGROUPS${1:+/$1}/cgroup.events"; } 2> /dev/null
}
empty() { ! populated "$1"; }
kill_cgroup() { # NAME: whatever is left in it, and below
  local list pid
  while read -r list; do
    while read -r pid; do
      kill -9 "$pid" 2> /dev/null || :
    done < "$list"
  done < <(find "$CGROUPS${1:+/$1}" -name cgroup.procs 2> /dev/null)
}
remove_cgroup() { # NAME; nspawn makes its like in the v1 tree of the machine's systemd, where there is one
  local kind place
  while read -r _ place kind _; do
    [[ $kind != cgroup* ]] || find "$place/$LAB_NAME${1:+/$1}" -depth -type d -exec rmdir {} + 2> /dev/null || :
  done < /proc/self/mounts
}

#!/usr/bin/env bash
# Many nodes on one host of the lab. Each is a process, mount and host name space of its own with an address, its
# own sshd and its own PostgreSQL with its own data: to whoever logs in there is nothing else. Shared are the kernel,
# the programs and the host key. lab/scale sends this file into the host and has it run there, as root.
#
#   crowd.sh make N DEAD   node i has address 10.112.1.i, or 10.112.2.(i - 200); every (N / DEAD)th is dead: there is
#                          no such address. The first leads, the others stream from it
#   crowd.sh node I        one of them, in its name spaces
set -euo pipefail

SELF=$(readlink -f "${BASH_SOURCE[0]}")
PLACE=/var/lib/postgresql/crowd # a plain folder, as a database wants
BIN=$(echo /usr/lib/postgresql/*/bin)

address() { echo "10.112.$((1 + ($1 - 1) / 200)).$((1 + ($1 - 1) % 200))"; }
dead() { ((DEAD > 0 && $1 % (N / DEAD) == 0)); }
name() { printf 'n%03d' "$1"; }
as_postgres() { setpriv --reuid postgres --regid postgres --init-groups -- "$@"; }

make_leader() {
  local data=$PLACE/1/main
  install -d -o postgres -g postgres "$PLACE" "$PLACE/1"
  as_postgres "$BIN/initdb" --no-sync --wal-segsize=1 -k -D "$data" > "$PLACE/initdb.log"
  cat >> "$data/postgresql.conf" << T
listen_addresses = '*' # the one address is set below
shared_buffers = 1MB
max_connections = 25
max_wal_senders = $((N + 10))
max_replication_slots = $((N + 10))
min_wal_size = 2MB
max_wal_size = 16MB
wal_keep_size = 16MB
wal_log_hints = on
hot_standby = on
max_worker_processes = 2
max_parallel_workers = 0
logging_collector = off
T
  echo 'host replication all samenet trust' >> "$data/pg_hba.conf"
  as_postgres "$BIN/pg_ctl" -s -w -D "$data" -l "$PLACE/first.log" -o "-c listen_addresses=" start
  as_postgres "$BIN/psql" -Xqc "create role repl login replication" postgres
  as_postgres "$BIN/pg_ctl" -s -w -D "$data" stop
}

make_follower() { # I
  local data=$PLACE/$1/main
  install -d -o postgres -g postgres "$PLACE/$1"
  cp -a "$PLACE/1/main" "$data"
  : > "$data/standby.signal"
  echo "primary_conninfo = 'host=$(address 1) user=repl application_name=$(name "$1")'" >> "$data/postgresql.auto.conf"
}

make() {
  local i
  systemctl --quiet stop ssh.socket ssh.service 2> /dev/null || systemctl stop ssh # it has port 22 of every address
  ip address add 10.112.0.2/16 dev eth0
  make_leader
  for ((i = 1; i <= N; i++)); do
    dead "$i" && continue
    ((i == 1)) || make_follower "$i"
    echo "listen_addresses = '$(address "$i")'" >> "$PLACE/$i/main/postgresql.auto.conf"
    chown -R postgres:postgres "$PLACE/$i"
    tr -d - < /proc/sys/kernel/random/uuid > "$PLACE/$i/machine-id"
    install -d -o postgres -g postgres "$PLACE/$i/run"
    ip address add "$(address "$i")/32" dev eth0
  done
  # Each ends with the host: none is waited for.
  for ((i = 1; i <= N; i++)); do
    dead "$i" || setsid unshare --mount --uts --pid --fork --mount-proc "$SELF" node "$i" \
      < /dev/null > "$PLACE/$i/log" 2>&1 &
  done
}

node() { # I
  mount --bind "$PLACE/$1/machine-id" /etc/machine-id
  mount --bind "$PLACE/$1/run" /run/postgresql
  mount --bind "$PLACE/$1" /var/lib/postgresql
  mount -t tmpfs none /run/systemd # nothing here is systemd's
  mkdir -p /run/sshd
  hostname "$(name "$1")"
  /usr/sbin/sshd -o "ListenAddress=$(address "$1")" -o PidFile=none
  cd /var/lib/postgresql
  as_postgres "$BIN/postgres" -D /var/lib/postgresql/main &
  wait
}

case ${1:-} in
  make)
    N=$2 DEAD=$3
    make
    ;;
  node) node "$2" ;;
  *) exit 2 ;;
esac

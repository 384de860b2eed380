# What lab/bench must know of PostgreSQL, and how hands switch it over. Sourced by lab/bench.
# shellcheck shell=bash

NODES=(pg1 pg2 pg3)
ROOT=pg17
SERVER_USER=postgres
# By how much of the floor the gap of a switchover may be longer.
AIM=1.25

sql() { lab/host run "$1" -- runuser -u postgres -- psql -XAtq -v ON_ERROR_STOP=1 -c "$2"; }
version() { echo "PostgreSQL $(sql "$1" 'show server_version')"; }
leads() { [[ $(sql "$1" 'select pg_is_in_recovery()') == f ]]; }
runs() { lab/host run "$1" -- pg_lsclusters -h 2> /dev/null | grep -q online; }
followed_by() { sql "$1" "select count(*) from pg_stat_replication where state = 'streaming'"; }

make_ready() { :; } # NODE: init makes the server
add_client() { # LEADER
  local node
  sql "$1" "create role app login password 'app'"
  sql "$1" 'create database app owner app'
  for node in "${NODES[@]}"; do
    lab/host run "$node" -- bash -c 'echo "host app app samenet scram-sha-256" >> /etc/postgresql/17/main/pg_hba.conf'
    sql "$node" 'select pg_reload_conf()' > "$work/out"
  done
}
client() { # CMD...: with the login, and where each node is
  local node at=()
  for node in "${NODES[@]}"; do at+=("$node=$node:5432"); done
  PGDATABASE=app PGUSER=app PGPASSWORD=app "$@" "${at[@]}"
}

floor() { # LEADER CANDIDATE THIRD
  local leader=$1 candidate=$2 third=$3 slot slots conninfo position answer
  slots=$(sql "$leader" "select slot_name from pg_replication_slots where slot_type = 'physical' and active")
  conninfo=$(sql "$third" 'show primary_conninfo')
  conninfo=${conninfo//host=$leader/host=$candidate}
  conninfo=${conninfo//host=\'$leader\'/host=$candidate}
  local third_slot own_slot own_conninfo
  third_slot=$(sql "$third" 'show primary_slot_name')
  own_conninfo=$(sql "$candidate" 'show primary_conninfo')
  own_conninfo=${own_conninfo//host=$leader/host=$candidate}
  own_conninfo=${own_conninfo//host=\'$leader\'/host=$candidate}
  own_conninfo=${own_conninfo//application_name=$candidate/application_name=$leader}
  own_conninfo=${own_conninfo//application_name=\'$candidate\'/application_name=\'$leader\'}
  own_conninfo=${own_conninfo//\/$candidate\//\/$leader\/} # its own password file and certificates
  own_slot=$(sql "$candidate" 'show primary_slot_name')
  own_slot=${own_slot/$candidate/$leader}
  for slot in "$third_slot" "$own_slot"; do
    sql "$candidate" "select pg_create_physical_replication_slot('$slot', true) where not exists (select from pg_replication_slots where slot_name = '$slot')" > "$work/out"
  done

  hand "$leader" 11 12
  hand "$candidate" 13 14
  hand "$third" 15 16
  cat >&11 << 'H'
data=$(psql -XAtqc 'show data_directory')
read -r postmaster < "$data/postmaster.pid"
control() { LC_ALL=C /usr/lib/postgresql/17/bin/pg_controldata "$data"; }
psql -Xqc checkpoint; psql -Xqc checkpoint
echo ready
H
  cat >&13 << 'H'
coproc SQL { psql -XAtq; }
ask() { echo "$1;" >&"${SQL[1]}"; read -r REPLY <&"${SQL[0]}"; }
ask 'select 1'
echo ready
H
  cat >&15 << 'H'
coproc SQL { psql -XAtq; }
echo ready
H
  read -r answer <&12 && read -r answer <&14 && read -r answer <&16

  echo 'kill -INT $postmaster; until c=$(control) && [[ $c == *"shut down"[^i]* ]]; do sleep 0.005; done
    sed -n "s/^Latest checkpoint location: *//p" <<< "$c"' >&11
  read -r position <&12
  echo "until ask \"select pg_last_wal_replay_lsn() > '$position'\" && [[ \$REPLY == t ]]; do :; done
    ask 'select pg_promote(false)'; echo open" >&13
  read -r answer <&14
  echo "printf '%s;\n' \"alter system set primary_conninfo = \$q\$$conninfo\$q\$\" 'select pg_reload_conf()' >&\"\${SQL[1]}\"
    read -r REPLY <&\"\${SQL[0]}\"; echo told" | sed 's/\$q\$/\\$q\\$/g' >&15
  read -r answer <&16

  # The old leader follows, and what only it needed goes.
  cat >&11 << H
printf '%s\n' "primary_conninfo = '${own_conninfo//\'/\'\'}'" "primary_slot_name = '$own_slot'" >> "\$data/postgresql.auto.conf"
: > "\$data/standby.signal"
echo told
H
  read -r answer <&12
  stop_floor
  lab/host run "$leader" -- bash -c 'systemctl reset-failed postgresql@17-main; systemctl start postgresql@17-main'
  for slot in $slots; do
    sql "$leader" "select pg_drop_replication_slot('$slot')" > "$work/out"
  done
}

# A planned hand-over as hands do it at best: every login and session open beforehand, the hosts
# told by one line each. What lab/bench measures replctl against. Sourced by lab/bench.
# shellcheck shell=bash

FLOOR_PIDS=()

# A shell as postgres on HOST that reads commands from descriptor IN and answers on OUT.
hand() { # HOST IN OUT
  mkfifo "$work/in.$2" "$work/out.$2"
  lab/host operator -- ssh -o BatchMode=yes "$1" sudo -n -u postgres bash -s < "$work/in.$2" > "$work/out.$2" 2> "$work/err.$2" &
  FLOOR_PIDS+=("$!")
  eval "exec $2> '$work/in.$2' $3< '$work/out.$2'"
  rm "$work/in.$2" "$work/out.$2"
}
stop_floor() {
  local pid
  exec 11>&- 12<&- 13>&- 14<&- 15>&- 16<&- || :
  for pid in "${FLOOR_PIDS[@]}"; do wait "$pid" || kill "$pid" 2> /dev/null || :; done
  FLOOR_PIDS=()
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

# What lab/bench must know of MySQL, and how hands switch it over. Sourced by lab/bench.
# shellcheck shell=bash

NODES=(my1 my2 my3)
ROOT=my97
SERVER_USER=mysql
# By how much of the floor the gap of a switchover may be longer.
AIM=2.5

sql() { lab/host run "$1" -- mysql -BN -e "$2"; }
version() { echo "MySQL $(sql "$1" 'select @@version')"; }
leads() { [[ $(sql "$1" 'select @@read_only') == 0 ]]; }
runs() { lab/host run "$1" -- mysqladmin --silent ping > /dev/null 2>&1; }
followed_by() { sql "$1" "select count(*) from performance_schema.threads where processlist_command = 'Binlog Dump GTID'"; }

make_ready() { # NODE: the account that README asks for
  sql "$1" "set sql_log_bin = 0; create user mysql@localhost identified with auth_socket;
    grant all on *.* to mysql@localhost with grant option"
}
add_client() { # LEADER
  sql "$1" "create database app; create user app identified by 'app'; grant all on app.* to app"
}
# MySQL's own client, which the machine need not have: the hosts' root has it. No names resolve in there.
client() { # CMD...: with the login, and where each node is
  local node at=()
  for node in "${NODES[@]}"; do at+=("$node=$(lab/host operator -- getent hosts "$node" | cut -d' ' -f1):3306"); done
  MYSQL_CLIENT="chroot $(lab/host roots "$ROOT") mysql" MYSQL_DATABASE=app MYSQL_USER=app MYSQL_PWD=app "$@" "${at[@]}"
}

# The third is told as the candidate is: hands need not wait to see it open.
floor() { # LEADER CANDIDATE THIRD
  local leader=$1 candidate=$2 third=$3 password semi_sync position answer
  password=$(< "$work/replctl-secrets/blog/replication-password")
  semi_sync=$(sql "$leader" "select concat('set global rpl_semi_sync_source_wait_for_replica_count = ', @@global.rpl_semi_sync_source_wait_for_replica_count,
    '; set global rpl_semi_sync_source_timeout = ', @@global.rpl_semi_sync_source_timeout) where @@global.rpl_semi_sync_source_enabled")

  local each=("$leader" "$candidate" "$third") i
  for i in 0 1 2; do
    hand "${each[i]}" $((11 + 2 * i)) $((12 + 2 * i))
    cat >&$((11 + 2 * i)) << H
coproc SQL { mysql --user=mysql --batch --skip-column-names --unbuffered --force 2>&1; }
ask() { printf "%s; select 'end';\n" "\$1" >&"\${SQL[1]}"; REPLY=''; while read -r line <&"\${SQL[0]}" && [[ \$line != end ]]; do REPLY+=\$line; done; }
follow() { # HOST MORE
  ask "stop replica io_thread; change replication source to source_host = '\$1', source_port = 3306, source_user = 'replctl_replication',
    source_password = '$password', source_ssl = 1, source_ssl_ca = '\$ca', source_ssl_verify_server_cert = 1,
    source_heartbeat_period = 1, source_connect_retry = 1 \${2-}; start replica"
}
ca=\$(echo /var/lib/replctl/*/*/tls/ca.crt) # of where init has put it
ask 'select 1'
echo ready
H
  done
  read -r answer <&12 && read -r answer <&14 && read -r answer <&16
  [[ ! $semi_sync ]] || {
    echo "ask '$semi_sync'; echo ready" >&13
    read -r answer <&14
  }

  echo "ask 'set global super_read_only = 1; select replace(@@gtid_executed, \"\\n\", \"\")'; echo \"\$REPLY\"" >&11
  read -r position <&12
  echo "ask 'select wait_for_executed_gtid_set(\"$position\", 10)'
    [[ \$REPLY == 0 ]] && ask 'stop replica; ${semi_sync:+set global rpl_semi_sync_source_enabled = 1;} set global super_read_only = 0; set global read_only = 0'
    echo \"open \$REPLY\"; ask 'reset replica all'" >&13
  echo "follow $candidate; echo \"told \$REPLY\"" >&15
  read -r answer <&14
  [[ $answer == open ]] || { echo "bench: by hand $candidate did not open: $answer" >&2; return 1; }
  read -r answer <&16
  [[ $answer == told ]] || { echo "bench: by hand $third does not follow: $answer" >&2; return 1; }

  # The old leader follows.
  echo "ask 'set global rpl_semi_sync_source_enabled = 0'; follow $candidate ', source_auto_position = 1'; echo \"told \$REPLY\"" >&11
  read -r answer <&12
  [[ $answer == told ]] || { echo "bench: by hand $leader does not follow: $answer" >&2; return 1; }
  stop_floor
}

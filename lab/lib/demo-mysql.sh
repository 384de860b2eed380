# What lab/demo must know of MySQL. Sourced by it.
# shellcheck shell=bash

NEEDS='
  /usr/sbin/mysqld mysql-server
'
OWNER=mysql
WHAT_THERE_IS='Of each there is an empty server, as a package makes it, and no more.'

can_be_had() { # MariaDB's packages have a program of that name
  local version
  version=$(/usr/sbin/mysqld --no-defaults --version)
  [[ $version != *MariaDB* ]] || cannot "/usr/sbin/mysqld is not MySQL: $version"
}
node_layout() { echo "        config_directory: $FOLDER/$1/conf.d"; } # NAME

# Where the packages of a distribution would have made and started a server of the machine's.
make_servers() {
  local node pids=() pid
  for node in one two three; do
    make_server "$node" &
    pids+=("$!")
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || { tail -n 3 "$FOLDER"/*/error.log >&2; return 1; }
  done
}
make_server() { # NAME
  local place=$FOLDER/$1
  install -d -m 700 -o "$owner" "$place/conf.d"
  cat > "$place/my.cnf" << O
[mysqld]
datadir = $place/data
socket = $place/mysql.sock
pid_file = $place/mysqld.pid
log_error = $place/error.log
port = ${port[$1]}
bind_address = 127.0.0.1
mysqlx = OFF
secure_file_priv = NULL
innodb_buffer_pool_size = 64M
!includedir $place/conf.d
O
  chmod 644 "$place/my.cnf"
  server "$1" --initialize-insecure
  # Nobody but its owner reaches it before its accounts are as a package would have them.
  start "$1" --skip-networking
  sql "$1" "set sql_log_bin = 0; install plugin auth_socket soname 'auth_socket.so';
    create user '$owner'@localhost identified with auth_socket; grant all on *.* to '$owner'@localhost with grant option;
    drop user root@localhost" root
  sql "$1" shutdown
  timeout 30 tail --pid="$(server_of "$1")" -f /dev/null
  start "$1"
}
server() { # NAME OPTION...
  (cd / && exec "${become[@]}" /usr/sbin/mysqld --defaults-file="$FOLDER/$1/my.cnf" "${@:2}" < /dev/null > /dev/null 2>&1)
}
start() { # NAME OPTION...
  server "$@" --daemonize
}

sql() { # NAME TEXT [ACCOUNT]: as the servers' owner, on the server's own socket
  (cd / && "${become[@]}" mysql --no-defaults -BN -S "$FOLDER/$1/mysql.sock" -u "${3:-$owner}" -e "$2")
}
make_client() {
  sql one "create database app; create user app identified by '$probe_password'; grant all on app.* to app"
}
client() { MYSQL_CLIENT=mysql MYSQL_DATABASE=app MYSQL_USER=app MYSQL_PWD=$probe_password "$@"; } # CMD...: with the login
server_of() { cat "$FOLDER/$1/mysqld.pid"; }                                                     # NAME

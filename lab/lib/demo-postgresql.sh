# What lab/demo must know of PostgreSQL. Sourced by it.
# shellcheck shell=bash

NEEDS='
  /usr/lib/postgresql/*/bin/initdb postgresql
'
OWNER=postgres
WHAT_THERE_IS='There is nothing of them yet; init makes them.'

can_be_had() { bin=$(newest_postgresql); }
node_layout() { echo "        bin_directory: $bin"; } # NAME
make_servers() { :; }

sql() { # NAME TEXT: as the servers' owner, on the server's own socket
  (cd / && "${become[@]}" "$bin/psql" -XAtq -v ON_ERROR_STOP=1 -h /var/run/postgresql -p "${port[$1]}" -d postgres -c "$2")
}
make_client() {
  sql one "create role app login password '$probe_password'"
  sql one 'create database app owner app'
}
client() { PGDATABASE=app PGUSER=app PGPASSWORD=$probe_password "$@"; } # CMD...: with the login
server_of() { head -n 1 "$FOLDER/$1/data/postmaster.pid"; }              # NAME: its first process

# What PostgreSQL's scripts share. Runs as the operating system's user that owns the server, who is
# let in by peer authentication or a password file; no password of a superuser is needed.

DATA=${V[data_directory]:-}
BIN=${V[bin_directory]:-}
CONF=${V[config_directory]:-$DATA}
SERVICE=${V[service]:-}
PORT=${V[port]:-5432}
SOCKET=${V[socket_directory]:-/var/run/postgresql}

# Nothing of the user's own settings reaches the client; names resolve to the server's own objects
# whatever a search path holds.
unset ${!PG@}
export PSQLRC=/dev/null PGCONNECT_TIMEOUT=3 PGAPPNAME=replctl
SQL_OPTIONS="-c search_path=pg_catalog -c statement_timeout=${V[statement_timeout]:-10s} -c lock_timeout=5s -c synchronous_commit=local"

# sql [-d DATABASE] TEXT: rows on standard output, fields divided by |. Errors on standard error.
sql() {
  local database=postgres
  if [ "$1" = -d ]; then database=$2; shift 2; fi
  PGOPTIONS=$SQL_OPTIONS "$BIN/psql" -XAtq -v ON_ERROR_STOP=1 -h "$SOCKET" -p "$PORT" -d "$database" -f - <<<"$1"
}

# literal TEXT: as an SQL string, in REPLY (standard_conforming_strings is on in every version).
literal() { REPLY="'${1//\'/\'\'}'"; }

# name TEXT: as a quoted SQL identifier, in REPLY.
name() { REPLY="\"${1//\"/\"\"}\""; }

# control FIELD: a line of pg_controldata, in REPLY.
control() {
  REPLY=$("$BIN/pg_controldata" -D "$DATA" 2>/dev/null | sed -n "s/^$1: *//p")
  [ -n "$REPLY" ]
}

identity() { control "Database system identifier"; }

# server_pid: the postmaster of this data folder, in REPLY. A PID file alone proves nothing: the
# process must have the folder as its working directory.
server_pid() {
  local pid
  read -r pid <"$DATA/postmaster.pid" 2>/dev/null || return 1
  [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(readlink -f "$DATA")" ] || return 1
  REPLY=$pid
}

# any_process: whether any process at all has the data folder as its working directory. Backends
# outlive a killed postmaster and go on committing.
any_process() {
  local here cwd
  here=$(readlink -f "$DATA")
  for cwd in /proc/[0-9]*/cwd; do
    [ "$(readlink "$cwd" 2>/dev/null)" = "$here" ] || continue
    cwd=${cwd#/proc/}
    [ "${cwd%/cwd}" = "$$" ] || return 0
  done
  return 1
}

# soon SECONDS COMMAND...: until it succeeds, asked every 20 ms; the server gives no event for these.
soon() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.02
  done
}

# A connection is taken and answered.
answers() { [ "$(sql 'select 1' 2>/dev/null)" = 1 ]; }

# start_server SECONDS: through its own unit where it has one, so that systemd knows the process.
start_server() {
  local words
  if [ -n "$SERVICE" ]; then
    as_root start || { WHY="systemctl start $SERVICE: $ROOT_WORDS"; return 1; }
  else
    words=$(without_lock "$BIN/pg_ctl" -D "$CONF" -l "${V[log_file]:-$DATA/startup.log}" -W -s start 2>&1) ||
      { WHY="pg_ctl start: $words"; return 1; }
  fi
  soon "$1" answers || { WHY="it was started and does not answer after $1 s"; return 1; }
}

# stop_server MODE SECONDS: smart, fast or immediate, through its unit where that does the same.
stop_server() {
  local pid signal
  server_pid || return 0
  pid=$REPLY
  case $1 in fast) signal=INT ;; immediate) signal=QUIT ;; *) signal=TERM ;; esac
  kill "-$signal" "$pid" 2>/dev/null
  soon "$2" no_process || { WHY="processes of $DATA are still there $2 s after a $1 stop"; return 1; }
}

no_process() { ! any_process; }

# auto_conf_set NAME VALUE ...: sets parameters in postgresql.auto.conf of a server that does not run.
auto_conf_set() {
  local file=$DATA/postgresql.auto.conf new=$DATA/postgresql.auto.conf.replctl line name keep
  local -a names=()
  local -i at
  for ((at = 1; at < $#; at += 2)); do names+=("${!at}"); done
  {
    while IFS= read -r line || [ -n "$line" ]; do
      keep=yes
      for name in "${names[@]}"; do
        [[ $line =~ ^[[:space:]]*"$name"[[:space:]=] ]] && keep=no
      done
      [ "$keep" = no ] || printf '%s\n' "$line"
    done <"$file"
    while [ $# -gt 1 ]; do
      literal "$2"
      printf '%s = %s\n' "$1" "$REPLY"
      shift 2
    done
  } >"$new" && sync "$new" && mv "$new" "$file" && sync "$DATA" && return 0
  WHY="cannot write $file"
  return 1
}

# session_open: one psql that stays, so that no login stands between a freeze and an open.
session_open() {
  coproc SESSION {
    PGOPTIONS="$SQL_OPTIONS -c statement_timeout=0" exec "$BIN/psql" -XAtq -h "$SOCKET" -p "$PORT" -d postgres -f - 3>&- 4<&- 9>&- 2>&1
  } || return 1
  session "select 'here'" 5 && [ "$REPLY" = here ]
}

# session STATEMENT SECONDS: its output as one text in REPLY; not 0 when it takes longer or the
# session has ended. An error's text is output too: callers compare with what they expect.
session() {
  local line end="replctl-end-$RANDOM$RANDOM"
  REPLY=""
  printf '%s;\n\\echo %s\n' "$1" "$end" >&"${SESSION[1]}" || return 1
  local out=""
  while IFS= read -r -t "$2" line <&"${SESSION[0]}"; do
    if [ "$line" = "$end" ]; then
      REPLY=$out
      return 0
    fi
    out=${out:+$out }$line
  done
  REPLY=$out
  return 1
}

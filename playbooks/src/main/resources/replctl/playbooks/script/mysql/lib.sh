# What MySQL's scripts share. Runs as the operating system's user that owns the server, who logs in by
# the server's own socket as the account of the same name (plugin auth_socket): no password is needed.
#
# with server

DATA=${V[data_directory]:-}
BIN=${V[bin_directory]:-}
CLIENT=${V[client]:-${BIN:+$BIN/mysql}}
SERVICE=${V[service]:-}
PORT=${V[port]:-3306}
SOCKET=${V[socket]:-}
ME='\u' ME=${ME@P}

# Where the server's options are read from, as MySQL's programs are told it: in the my.cnf beside the folder in which
# replctl's own file lies, which includes that folder. Where this is the machine's my.cnf they know it themselves.
READS=()
OPTIONS_FOLDER=${V[config_file]:-}
OPTIONS_FOLDER=${V[config_directory]:-${OPTIONS_FOLDER%/*}}
case ${OPTIONS_FOLDER%/*} in
  "" | /etc | /etc/mysql) ;;
  *) [ ! -f "${OPTIONS_FOLDER%/*}/my.cnf" ] || READS=("--defaults-file=${OPTIONS_FOLDER%/*}/my.cnf") ;;
esac

# Nothing of the user's own settings reaches the client.
unset ${!MYSQL@} ${!LIBMYSQL@}
export MYSQL_HISTFILE=/dev/null MYSQL_TEST_LOGIN_FILE=/dev/null
# A statement waits no longer than this for a lock, in s: for rows, and for tables and switches.
LOCK_WAIT=5
SESSION_SETTINGS="sql_mode = '', autocommit = 1, lock_wait_timeout = @LOCK_WAIT@, innodb_lock_wait_timeout = @LOCK_WAIT@, time_zone = '+00:00'"

# client OPTION...: the client, at this server's socket.
client() {
  "$CLIENT" --no-defaults --protocol=SOCKET --socket="$SOCKET" --user="$ME" --default-character-set=utf8mb4 \
    --batch --skip-column-names --connect-timeout="${CONNECT_TIMEOUT:-3}" \
    --init-command="set session ${SESSION_SETTINGS//@LOCK_WAIT@/$LOCK_WAIT}" "$@"
}

# sql TEXT: rows on standard output, fields divided by tabs. Errors on standard error.
sql() { client 3>&- 4<&- <<<"$1"; }

# literal TEXT: as an SQL string, in REPLY (without ANSI_QUOTES and NO_BACKSLASH_ESCAPES, as sessions are set here).
literal() {
  REPLY=${1//\\/\\\\}
  REPLY="'${REPLY//\'/\'\'}'"
}

# name TEXT: as a quoted SQL identifier, in REPLY.
name() { REPLY="\`${1//\`/\`\`}\`"; }

# asked STATEMENT: what it gives, or why not, in REPLY. A script that performs asks in one session, since
# each login costs the host two processes, and writes may stand still meanwhile. Where that session ends or
# is late, the statement is sent once more in one of its own: only what may be done twice is sent so.
LONE=no
asked() {
  if [ "$MODE" != probe ] && [ "$LONE" = no ]; then
    { [ -n "${SESSION_PID:-}" ] || session_open; } && session "$1" 10 && return
    LONE=yes
  fi
  REPLY=$(sql "$1" 2>&1)
}

# session_open: one client that stays, so that no login stands between a freeze and an open. One that is there is kept.
# One whose connection was ended begins no other: it would go on there with what was left.
session_open() {
  [ -n "${SESSION_PID:-}" ] || coproc SESSION { client --unbuffered --force --skip-reconnect 3>&- 4<&- 9>&- 2>&1; } || return 1
  session "select 'here'" 5 && [ "$REPLY" = here ]
}

# session STATEMENT SECONDS: its output as one text in REPLY; not 0 when it takes longer or the
# session has ended. An error's text is output too (`ERROR 1205 (HY000) at line 3: ...`): callers compare
# with what they expect.
session() {
  local line end="replctl-end-$RANDOM$RANDOM" out="" code=0
  REPLY=""
  trap '' PIPE # a session that has ended is an answer, and not this script's end
  printf '%s;\nselect "%s";\n' "$1" "$end" 2>/dev/null >&"${SESSION[1]:-}" || code=1
  trap - PIPE
  [ "$code" = 0 ] || return 1
  while IFS= read -r -t "$2" line <&"${SESSION[0]:-}"; do
    if [ "$line" = "$end" ]; then
      REPLY=$out
      return 0
    fi
    out=${out:+$out }$line
  done
  REPLY=$out
  return 1
}

# error_number TEXT: of what the client says of a statement that failed, in REPLY; empty: it says none.
error_number() {
  REPLY=""
  [[ ! $1 =~ ERROR\ ([0-9]+) ]] || REPLY=${BASH_REMATCH[1]}
}

# A connection is taken and answered; ANSWER is what came instead. A host that does much else besides may take its
# time for that.
answers() {
  ANSWER=$(CONNECT_TIMEOUT=10 sql 'select 1' 2>&1)
  [ "$ANSWER" = 1 ]
}

# server_pid: the server process of this data folder, in REPLY: one of that name whose working directory it is.
server_pid() {
  local folder name
  for folder in /proc/[0-9]*; do
    { [ "$folder/cwd" -ef "$DATA" ] && read -r name <"$folder/comm" && [[ $name == *mysqld* ]]; } 2>/dev/null || continue
    REPLY=${folder#/proc/}
    return 0
  done
  return 1
}

# clear_way: what keeps a second mysqld from the same folder is locks on its files, which end with their process.
clear_way() { :; }

# start_directly: a server that no unit starts. Nothing stays of this script beside it, which would hold the lock.
start_directly() {
  setsid "$BIN/mysqld" "${READS[@]}" >/dev/null 2>&1 </dev/null 3>&- 4<&- 9>&- &
  return 0
}

# own_uuid: the server's own name, in REPLY.
own_uuid() {
  local line
  while IFS= read -r line; do
    [[ ! $line =~ ^server[-_]uuid=([0-9A-Fa-f-]{36})$ ]] || { REPLY=${BASH_REMATCH[1],,}; return 0; }
  done 2>/dev/null <"$DATA/auto.cnf"
  return 1
}

# identity: what init has written into the data; before it has, the server that leads this one, or this one. Of a
# server that does not answer, what the last script that asked has noted: data that came from elsewhere since has
# another server's name.
IDENTITY_FILE=${V[state_directory]:-}/identity
identity() {
  local said
  if answers; then
    asked "select coalesce((select value from replctl.identity where name = 'cluster'), '')"
    said=$REPLY
    if [[ $said == *"ERROR "* ]] || [ -z "$said" ]; then
      asked "select coalesce((select nullif(source_uuid, '') from performance_schema.replication_connection_status
        where channel_name = ''), @@server_uuid)"
      said=$REPLY
    else
      note_identity "$said"
    fi
    REPLY=$said
    [[ $said =~ ^[0-9a-f-]{36}$ ]] && return
    WHY="it says ${said:-nothing} to that"
  else
    own_uuid && said=$REPLY && contents "$IDENTITY_FILE" && [[ $REPLY == "$said "* ]] && REPLY=${REPLY#* } && REPLY=${REPLY%$'\n'} && return
    WHY="its server does not answer ($ANSWER), and nothing was noted of this data when it did"
  fi
  return 1
}

note_identity() { own_uuid && put "$IDENTITY_FILE" 600 "$REPLY $1"$'\n'; }

# The certificate that the running server shows, in REPLY.
STARTTLS=mysql
serving_certificate() {
  asked "select coalesce(@@global.ssl_cert, '')"
}

reload_certificate() {
  asked "alter instance reload tls"
  [ -z "$REPLY" ] || { WHY=$REPLY; return 1; }
}

# end_session: the client ends with the server; the next question begins another.
end_session() {
  [ -n "${SESSION_PID:-}" ] || return 0
  local pid=$SESSION_PID
  exec {SESSION[1]}>&-
  wait "$pid" 2>/dev/null
  LONE=no
}

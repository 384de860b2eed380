# What PostgreSQL's scripts share. Runs as the operating system's user that owns the server, who is
# let in by peer authentication or a password file; no password of a superuser is needed.
#
# with server
# with claim

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
  local text
  text=$'\n'$("$BIN/pg_controldata" -D "$DATA" 2>/dev/null)
  REPLY=${text#*$'\n'"$1:"}
  [ "$REPLY" != "$text" ] || REPLY=""
  REPLY=${REPLY%%$'\n'*}
  REPLY=${REPLY#"${REPLY%%[! ]*}"}
  [ -n "$REPLY" ]
}

identity() { control "Database system identifier"; }

# server_pid: the postmaster of this data folder, in REPLY. A PID file alone proves nothing: the
# process must have the folder as its working directory.
server_pid() {
  local pid
  { read -r pid <"$DATA/postmaster.pid"; } 2>/dev/null || return 1
  [ "/proc/$pid/cwd" -ef "$DATA" ] || return 1
  REPLY=$pid
}

# A connection is taken and answered; ANSWER is what came instead. A host that does much else besides may take its
# time for that.
answers() {
  ANSWER=$(PGCONNECT_TIMEOUT=10 sql 'select 1' 2>&1)
  [ "$ANSWER" = 1 ]
}

# clear_way: after a crash or a power cut postmaster.pid is left, and a server does not start as long as a process of the
# same user has that number, whatever it is (CreateLockFile in miscinit.c): after a boot numbers come back. That no process
# works in the folder is looked at again when the file is aside: a server that was started meanwhile gets it back.
clear_way() {
  local pid file=$DATA/postmaster.pid
  { read -r pid <"$file"; } 2>/dev/null && [[ $pid =~ ^[1-9][0-9]*$ ]] && [ -d "/proc/$pid" ] && ! any_process || return 0
  mv -T "$file" "$file.replctl" || return 0
  ! any_process || mv -nT "$file.replctl" "$file"
  rm -f "$file.replctl"
}

start_directly() {
  local words
  words=$(without_lock "$BIN/pg_ctl" -D "$CONF" -l "${V[log_file]:-$DATA/startup.log}" -W -s start 2>&1) && return 0
  WHY="pg_ctl start: $words"
  return 1
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

# cut_off: whether a rewind was begun here and did not end. Such data must not run.
cut_off() { [ -f "${V[state_directory]:-}/rewinding" ]; }

# Whether a promotion was asked for. The startup process takes the file away when it notices it, long
# before the server opens; from then on a replay that is not paused refuses to be resumed (PostgreSQL
# 13 to 18; a promotion ends a pause). Resuming what is not paused changes nothing.
promoting() {
  [ ! -e "$DATA/promote" ] || return 0
  ! sql "select case when pg_is_wal_replay_paused() then '' else pg_wal_replay_resume()::text end" >/dev/null 2>&1
}

# auto_conf_set NAME VALUE ... [NAME]: sets parameters in postgresql.auto.conf of a server that does not run; the last,
# without a value, is taken away.
auto_conf_set() {
  local file=$DATA/postgresql.auto.conf new=$DATA/postgresql.auto.conf.replctl line name keep
  local -a names=()
  local -i at
  for ((at = 1; at <= $#; at += 2)); do names+=("${!at}"); done
  {
    while IFS= read -r line || [ -n "$line" ]; do
      keep=yes
      for name in "${names[@]}"; do
        [[ ${line,,} =~ ^[[:space:]]*"$name"[[:space:]=] ]] && keep=no
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

# auto_conf NAME: the last line of postgresql.auto.conf that sets it, which is the one that counts, in REPLY.
auto_conf() {
  local line
  REPLY=""
  { while IFS= read -r line || [ -n "$line" ]; do
    [[ ${line,,} =~ ^[[:space:]]*"$1"[[:space:]=] ]] && REPLY=$line
  done <"$DATA/postgresql.auto.conf"; } 2>/dev/null
  return 0
}

# standby_signal FOLDER: what makes a server that is started on that data a follower. A link in its place is replaced,
# and what it leads to is not touched.
standby_signal() {
  local file=$1/standby.signal
  if [ -L "$file" ]; then
    : >"$file.replctl-new" && mv -T "$file.replctl-new" "$file" || return 1
  fi
  [ ! -d "$file" ] && : >"$file" && sync "$file" "$1"
}

# points: whether the files of a server that does not run say that it receives by V[conninfo] and V[slot].
points() {
  local slot conninfo
  ! cut_off || { WHY="a rewind of $DATA was begun and did not end"; return 1; }
  [ -f "$DATA/standby.signal" ] || { WHY="$DATA/standby.signal is missing"; return 1; }
  literal "${V[conninfo]}"; conninfo="primary_conninfo = $REPLY"
  literal "${V[slot]}"; slot="primary_slot_name = $REPLY"
  auto_conf primary_conninfo
  [ "$REPLY" = "$conninfo" ] && auto_conf primary_slot_name && [ "$REPLY" = "$slot" ] ||
    { WHY="it is set to receive from elsewhere"; return 1; }
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
  local line end="replctl-end-$RANDOM$RANDOM" out="" code=0
  REPLY=""
  trap '' PIPE # a session that has ended is an answer, and not this script's end
  printf '%s;\n\\echo %s\n' "$1" "$end" 2>/dev/null >&"${SESSION[1]:-}" || code=1
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

# asked STATEMENT: what it gives, or why not, in REPLY. A script that performs asks in one session, since
# each login costs the host two processes, and writes may stand still meanwhile. Where that session ends or
# is late, the statement is sent once more in one of its own: only what may be done twice is sent so.
LONE=no
asked() {
  if [ "$MODE" = perform ] && [ "$LONE" = no ]; then
    { [ -n "${SESSION_PID:-}" ] || session_open; } && session "$1" 10 && return
    LONE=yes
  fi
  REPLY=$(sql "$1" 2>&1)
}

# main_config: the server's main configuration file, in REPLY.
main_config() { REPLY=${V[config_file]:-$CONF/postgresql.conf}; }

# Where replctl.conf lies: in conf.d beside the main file where there is one, as Debian has it; else
# beside that file.

own_file() {
  if [ -d "$CONF/conf.d" ]; then REPLY=$CONF/conf.d/replctl.conf; else REPLY=$CONF/replctl.conf; fi
}

include_line() {
  own_file
  REPLY="include_if_exists = '${REPLY#"$CONF/"}'  # replctl"
}

# included: whether the main file includes it, with its folder or by a line of its own.
included() {
  local line
  include_line; line=$REPLY
  main_config
  [ ! -d "$CONF/conf.d" ] || ! grep -Eqs "^[[:space:]]*include_dir[[:space:]=]+'?conf\.d'?[[:space:]]*(#|\$)" "$REPLY" || return 0
  grep -qxF -e "$line" "$REPLY" 2>/dev/null
}

# loaded_since FILE: whether the running server has read its configuration after the file was written.
loaded_since() {
  [ "$(sql "select pg_conf_load_time() >= to_timestamp($(stat -L -c %.Y "$1"))")" = t ]
}

# reload FILE: makes the running server read its configuration, and waits until it has.
reload() {
  sql 'select pg_reload_conf()' >/dev/null || { WHY="the server does not take a reload"; return 1; }
  soon 5 loaded_since "$1" || { WHY="the server has not read its configuration after 5 s"; return 1; }
}

# The certificate that the running server shows, in REPLY.
STARTTLS=postgres
serving_certificate() {
  REPLY=$(sql "select case when current_setting('ssl')::bool then current_setting('ssl_cert_file') else '' end" 2>/dev/null)
}

reload_certificate() { reload "$1"; }

# debian_create FOLDER SETTINGS OPTION...: a server in FOLDER and its configuration in $CONF, as Debian's
# tools make them; OPTIONs go to initdb. Debian lets in the local user by peer, others by password.
debian_create() {
  local words folder=$1 settings=$2
  shift 2
  [ "$CONF" = "/etc/postgresql/${V[debian]}" ] || { WHY="Debian's tools do not make $CONF"; return 1; }
  # The folders on the way are everybody's to look into, as the package makes them.
  words=$(umask 022 && without_lock pg_createcluster "${V[debian]%%/*}" "${V[debian]#*/}" -d "$folder" -p "$PORT" \
    ${V[socket_directory]:+-s "${V[socket_directory]}"} --createclusterconf="$settings" \
    --locale C.UTF-8 -e UTF8 -- "$@" 2>&1) ||
    { WHY="pg_createcluster: $(tail -n 2 <<<"$words")"; return 1; }
}

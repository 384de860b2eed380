# Of survey.sh: where a server's parts lie, and which processes have them open.

# given FILE...: `port` and `data_directory` as the files say, the last word holding, in GIVEN.
given() {
  local line
  declare -gA GIVEN=()
  while IFS= read -r line; do
    [[ $line =~ ^[[:blank:]]*(port|data_directory)[[:blank:]=]+(\'([^\']*)\'|[^[:blank:]#]+) ]] || continue
    GIVEN[${BASH_REMATCH[1]}]=${BASH_REMATCH[3]:-${BASH_REMATCH[2]}}
  done < <(grep -shE '^[[:blank:]]*(port|data_directory)\>' "$@")
}

# locate: DATA and CONF, where the inventory leaves them open. 1: WHY says what can't be told.
locate() {
  local socket file data found=()
  if [ -z "$DATA" ] && [ -n "$CONF" ]; then
    given "$CONF/postgresql.conf" "$CONF"/conf.d/*.conf
    DATA=${GIVEN[data_directory]:-$CONF}
  fi
  if [ -z "$DATA" ]; then
    # A server's lock beside its socket names the data folder; only one's own can be believed.
    for socket in ${V[socket_directory]:+"${V[socket_directory]}"} /var/run/postgresql /tmp; do
      file=$socket/.s.PGSQL.$PORT.lock
      [ -f "$file" ] && [ -O "$file" ] || continue
      { read -r data && IFS= read -r data; } <"$file"
      [ -f "$data/PG_VERSION" ] && [ -O "$data" ] && { DATA=$data; return 0; }
    done
    for file in /etc/postgresql/*/*/postgresql.conf; do
      [ -r "$file" ] || continue
      file=${file%/postgresql.conf}
      given "$file/postgresql.conf" "$file"/conf.d/*.conf
      [ "${GIVEN[port]:-5432}" = "$PORT" ] || continue
      found+=("${GIVEN[data_directory]:-$file}")
    done
    for file in /var/lib/pgsql/*/data /var/lib/pgsql/data; do
      [ -f "$file/PG_VERSION" ] || continue
      given "$file/postgresql.conf" "$file/postgresql.auto.conf"
      [ "${GIVEN[port]:-5432}" = "$PORT" ] && found+=("$file")
    done
    case ${#found[@]} in
      0) return 0 ;;
      1) DATA=${found[0]} ;;
      *) WHY="more than one data folder is set to port $PORT: ${found[*]}; say data_directory"; return 1 ;;
    esac
  fi
  # A link, a slash at the end: the server knows its folder by its real name.
  [ ! -L "$DATA" ] || DATA=$(readlink -f -- "$DATA")
  [ "$DATA" = / ] || DATA=${DATA%/}
}

# opened: whether the start line that the server left behind can be had: its words in OPTS.
start_line() {
  local line
  OPTS=()
  { IFS= read -r line <"$DATA/postmaster.opts"; } 2>/dev/null || return 1
  [[ $line =~ ^([^\"]+)\  ]] || return 1
  OPTS[0]=${BASH_REMATCH[1]%% \"*}
  while [[ $line =~ \"([^\"]*)\" ]]; do
    OPTS+=("${BASH_REMATCH[1]}")
    line=${line#*"${BASH_REMATCH[0]}"}
  done
}

# Where the server's parts lie; DATA is known, there may be no data in it.
layout_facts() {
  local word file layout=plain
  start_line
  if [ -z "${V[config_directory]:-}" ]; then
    CONF=""
    for word in "${OPTS[@]:1}"; do
      case $word in
        config_file=*) CONF=${word#config_file=} CONF=${CONF%/*} ;;
      esac
    done
    if [ -z "$CONF" ] && [ ! -f "$DATA/postgresql.conf" ]; then
      for file in /etc/postgresql/*/*/postgresql.conf; do
        [ -r "$file" ] || continue
        given "$file"
        [ "${GIVEN[data_directory]:-}" = "$DATA" ] && CONF=${file%/postgresql.conf}
      done
    fi
    CONF=${CONF:-$DATA}
  fi
  if [ -z "$BIN" ]; then
    BIN=${OPTS[0]:-}
    BIN=${BIN%/*}
    [ -n "$BIN" ] && [ -x "$BIN/postgres" ] || BIN=${INSTALLED[$MAJOR]:-}
  fi
  case $CONF in
    /etc/postgresql/*/*) layout=debian ;;
    *) case $DATA in /var/lib/pgsql/*) layout=rhel ;; esac ;;
  esac
  fact layout "$layout"
  fact data_directory "$DATA"
  known config_directory "$CONF"
  known bin_directory "$BIN"
  service "$layout"
  if [ -O "$DATA" ]; then known os_user "$ME"; else known os_user "$(stat -c %U -- "$DATA" 2>/dev/null)"; fi
  [ ! -L "$DATA/pg_wal" ] || known wal_directory "$(readlink -f -- "$DATA/pg_wal")"
}

# service LAYOUT: the systemd unit, from the server's control group, or else by the packages' names.
service() {
  local line unit=""
  if [ -z "$SERVICE" ] && [ -d /run/systemd/system ]; then
    if [ -n "$POSTMASTER" ]; then
      unit_of "$POSTMASTER"
      unit=$REPLY
      case $unit in
        "" | *postgres* | *pgsql*) ;;
        *) main_of "$unit" "$POSTMASTER" || unit="" ;;
      esac
    elif [ "$1" = debian ]; then
      line=${CONF#/etc/postgresql/}
      unit=postgresql@${line%%/*}-${line#*/}
      unit_is_there postgresql@ || unit=""
    else
      line=${DATA#/var/lib/pgsql/}
      case $line in
        data) unit=postgresql ;;
        [0-9]*/data) unit=postgresql-${line%/data} ;;
      esac
      [ -z "$unit" ] || unit_is_there "$unit" || unit=""
    fi
    SERVICE=$unit
  fi
  unit_facts
}

# Every server process that has the data folder as its working directory; a shell that stands there
# is none. PROCESSES counts them, POSTMASTER is the one of the PID file.
count_processes() {
  local folder name
  PROCESSES=0 POSTMASTER="" PID_FILE=()
  if [ -r "$DATA/postmaster.pid" ]; then
    mapfile -t -n 8 PID_FILE <"$DATA/postmaster.pid"
  fi
  for folder in /proc/[0-9]*; do
    { [ "$folder/cwd" -ef "$DATA" ] && read -r name <"$folder/comm"; } 2>/dev/null || continue
    case $name in *postgres* | *postmaster*) ;; *) continue ;; esac
    PROCESSES=$((PROCESSES + 1))
    [ "${folder#/proc/}" = "${PID_FILE[0]:-}" ] && POSTMASTER=${PID_FILE[0]}
  done
  fact processes "$PROCESSES"
  [ -n "$POSTMASTER" ] || return 0
  fact postmaster_pid "$POSTMASTER"
  trim "${PID_FILE[7]:-}"
  STATUS=$REPLY
  known postmaster_status "$STATUS"
  PORT=${PID_FILE[3]:-$PORT}
  SOCKET=${V[socket_directory]:-${PID_FILE[4]:-$SOCKET}}
}

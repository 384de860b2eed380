# Of survey.sh: what lies in the data and configuration folders, whether a server runs or not.

# What rewind.sh writes down in the state folder before it touches the data.
rewind_fact() {
  local stage state=${V[state_directory]:-$HOME/.replctl/${V[cluster]:-cluster}/${V[node]:-node}}
  { read -r stage <"$state/rewinding"; } 2>/dev/null && known rewinding "$stage"
}

# data_facts: what lies in the data folder; whether it can be read at all. 1: it says why not.
data_facts() {
  local above=$DATA file
  MAJOR=""
  while [ -n "$above" ] && [ ! -e "$above" ]; do above=${above%/*}; done
  if [ ! -x "${above:-/}" ] || { [ -d "$DATA" ] && [ ! -r "$DATA" ]; }; then
    WHY="${above:-/} can't be read by $ME"
    return 1
  fi
  if [ -f "$DATA/PG_VERSION" ]; then
    read -r MAJOR <"$DATA/PG_VERSION" || [ -n "$MAJOR" ] || { WHY="$DATA/PG_VERSION can't be read by $ME"; return 1; }
    fact major "$MAJOR"
    yes_or_no standby_signal [ -e "$DATA/standby.signal" ]
    yes_or_no recovery_signal [ -e "$DATA/recovery.signal" ]
    yes_or_no backup_label [ -e "$DATA/backup_label" ]
  elif [ -d "$DATA" ]; then
    for file in "$DATA"/* "$DATA"/.[!.]*; do
      [ -e "$file" ] && { fact data_empty no; return 0; }
    done
    fact data_empty yes
  fi
  return 0
}

control_facts() {
  local line key value name
  [ -n "$BIN" ] || return 0
  local IFS=$'\n'
  set -f
  for line in $(exec "$BIN/pg_controldata" -D "$DATA" 2>/dev/null); do
    key=${line%%:*}
    trim "${line#*:}"
    value=$REPLY
    case $key in
      "Database system identifier") name=system_identifier ;;
      "Database cluster state") name=control.state ;;
      "Latest checkpoint location") name=control.checkpoint_lsn ;;
      "Latest checkpoint's REDO location") name=control.redo_lsn ;;
      "Latest checkpoint's TimeLineID") name=control.timeline CONTROL_TIMELINE=$value ;;
      "Latest checkpoint's PrevTimeLineID") name=control.previous_timeline ;;
      "Time of latest checkpoint") name=control.checkpoint_time ;;
      "Minimum recovery ending location") name=control.min_recovery_lsn REPLAYED=$value ;;
      "Min recovery ending loc's timeline") name=control.min_recovery_timeline CONTROL_MIN_TIMELINE=$value ;;
      "wal_log_hints setting") name=control.wal_log_hints ;;
      "Data page checksum version") name=control.data_checksums ;;
      "wal_level setting") name=control.wal_level ;;
      "max_connections setting") name=control.max_connections ;;
      "max_worker_processes setting") name=control.max_worker_processes ;;
      "max_wal_senders setting") name=control.max_wal_senders ;;
      "max_prepared_xacts setting") name=control.max_prepared_xacts ;;
      "max_locks_per_xact setting") name=control.max_locks_per_xact ;;
      "track_commit_timestamp setting") name=control.track_commit_timestamp ;;
      "Bytes per WAL segment") name=control.wal_segment_bytes SEGMENT_BYTES=$value ;;
      WARNING) name=control.damaged value=yes ;;
      *) continue ;;
    esac
    known "$name" "$value"
  done
  set +f
}

# What replctl has put on the host: its include file and its block of pg_hba.conf.
file_facts() {
  local file line lines main inside=0 blocks=0 first=yes text="" hba=${V[hba_file]:-$CONF/pg_hba.conf}
  main=$CONF/postgresql.conf
  [ ! -f "$main" ] || fact config_file "$main"
  file=$CONF/replctl.conf
  [ ! -d "$CONF/conf.d" ] || file=$CONF/conf.d/replctl.conf
  CERTIFICATE=""
  if text_of "$file"; then
    fact config.file "$file"
    fact config.text "$REPLY"
    [[ $REPLY =~ (^|$'\n')[[:blank:]]*ssl_cert_file[[:blank:]=]+\'([^\']+)\' ]] && CERTIFICATE=${BASH_REMATCH[2]}
  fi
  text=""
  if [ -f "$hba" ] && [ -r "$hba" ]; then
    fact hba_file "$hba"
    mapfile -t lines <"$hba"
    for line in ${lines[@]+"${lines[@]}"}; do
      case $line in
        "# replctl: begin"*) inside=1 blocks=$((blocks + 1)); continue ;;
        "# replctl: end"*) inside=0; continue ;;
      esac
      if [ "$inside" = 1 ]; then
        [ "${#text}" -ge 16384 ] || text+=$line$'\n'
      elif [ "$blocks$first" = 0yes ]; then
        trim "$line"
        case $REPLY in "" | "#"*) ;; *) first=no ;; esac
      fi
    done
    fact hba.blocks "$blocks"
    if [ "$blocks" -gt 0 ]; then
      fact hba.text "$text"
      fact hba.first "$first"
    fi
  fi
}

# conninfo_facts TEXT: every key of a connection string but its secrets.
conninfo_facts() {
  local rest=$1 key value
  case $rest in
    postgres://* | postgresql://*)
      fact upstream.form uri
      [[ $rest =~ ://[^/@]*:[^/@]*@ ]] && fact upstream.has_password yes
      rest=${rest#*://}
      key=${rest%%[/?]*}
      key=${key##*@}
      [[ $key =~ ^(\[[^]]*\]|[^:,]*)(:([0-9]+))?$ ]] || return 0
      known upstream.host "${BASH_REMATCH[1]//[\[\]]/}"
      known upstream.port "${BASH_REMATCH[3]}"
      [[ $rest =~ [?\&]application_name=([A-Za-z0-9_.-]+) ]] && fact upstream.application_name "${BASH_REMATCH[1]}"
      return 0
      ;;
  esac
  while [[ $rest =~ ^[[:space:]]*([a-z_]+)[[:space:]]*=[[:space:]]* ]]; do
    key=${BASH_REMATCH[1]}
    rest=${rest#"${BASH_REMATCH[0]}"}
    if [[ $rest == \'* ]]; then
      [[ $rest =~ ^\'(([^\\\']|\\.)*)\' ]] || return 0
    else
      [[ $rest =~ ^(([^\\[:space:]]|\\.)*) ]]
    fi
    rest=${rest#"${BASH_REMATCH[0]}"}
    value=${BASH_REMATCH[1]}
    case $key in
      password | sslpassword) fact upstream.has_password yes ;;
      *) [[ $value != *\\* ]] || value=$(sed 's/\\\(.\)/\1/g' <<<"$value")
        known "upstream.$key" "$value" ;;
    esac
    case $key in
      host) UPSTREAM_HOST=$value ;;
      port) UPSTREAM_PORT=$value ;;
    esac
  done
}

# The upstream of a server that does not run, from its files: the last word holds.
upstream_of_files() {
  local line name value
  while IFS= read -r line; do
    [[ $line =~ ^[[:blank:]]*(primary_conninfo|primary_slot_name)[[:blank:]=]+\'(.*)\' ]] || continue
    value=${BASH_REMATCH[2]//\'\'/\'}
    case ${BASH_REMATCH[1]} in
      primary_conninfo) CONNINFO=$value ;;
      *) SETTING[primary_slot_name]=$value ;;
    esac
  done < <(grep -shE '^[[:blank:]]*primary_(conninfo|slot_name)\>' "$CONF/postgresql.conf" "$CONF/replctl.conf" \
    "$CONF"/conf.d/*.conf "$DATA/postgresql.auto.conf")
}

# knock_early: the upstream that the files name is knocked at while other things are asked, since a
# host that is silent costs a second. The answer comes on descriptor 8.
knock_early() {
  exec 8< <(
    exec 3>&-
    [ -f "$DATA/standby.signal" ] || exit 0
    CONNINFO="" UPSTREAM_HOST="" UPSTREAM_PORT=5432
    upstream_of_files
    conninfo_facts "$CONNINFO"
    knock && printf '%s %s %s' "$UPSTREAM_PORT" "$REPLY" "$UPSTREAM_HOST"
  )
}

# knock: whether UPSTREAM_HOST's server takes connections from this host, in REPLY: the operator's may
# be the only one that is cut off from it.
knock() {
  [ -n "$UPSTREAM_HOST" ] && [ -x "$BIN/pg_isready" ] || return 1
  if "$BIN/pg_isready" -q -h "$UPSTREAM_HOST" -p "$UPSTREAM_PORT" -t 1; then REPLY=yes; else REPLY=no; fi
}

# knock_fact: what was heard there, if that is where the server receives from; else it is knocked at now.
knock_fact() {
  local port host
  IFS=' ' read -r port REPLY host <&8 || :
  exec 8<&-
  if [ "$port $host" = "$UPSTREAM_PORT $UPSTREAM_HOST" ] || knock; then
    fact upstream.answers "$REPLY"
  fi
}

# The best known timeline, and its history. A leader's log file is named after it; a follower that
# streams is told it. Else pg_control may still name the one before: the file of the address that
# was replayed last shows the newer one.
history_facts() {
  local timeline=0 file newest=0 at
  for file in "$DATA"/pg_wal/*.history; do
    [[ $file =~ /([0-9A-F]{8})\.history$ ]] && at=$((16#${BASH_REMATCH[1]})) && [ "$at" -gt "$newest" ] && newest=$at
  done
  [ "$newest" = 0 ] || fact history.newest "$newest"
  if [[ $LOG_FILE =~ ^[0-9A-F]{24}$ ]]; then
    timeline=$((16#${LOG_FILE:0:8}))
  elif [[ $RECEIVER_TIMELINE =~ ^[0-9]+$ ]]; then
    timeline=$RECEIVER_TIMELINE
  elif [[ $CONTROL_TIMELINE$CONTROL_MIN_TIMELINE =~ ^[0-9]{2,20}$ ]]; then
    timeline=$CONTROL_TIMELINE
    [ "$CONTROL_MIN_TIMELINE" -le "$timeline" ] || timeline=$CONTROL_MIN_TIMELINE
    if [[ $SEGMENT_BYTES =~ ^[1-9][0-9]*$ && $REPLAYED =~ ^([0-9A-F]{1,8})/([0-9A-F]{1,8})$ ]]; then
      at=$(((16#${BASH_REMATCH[2]} > 0 ? 16#${BASH_REMATCH[2]} - 1 : 0) / SEGMENT_BYTES))
      printf -v file '%08X%08X' "$((16#${BASH_REMATCH[1]}))" "$at"
      for ((at = newest; at > timeline; at--)); do
        printf -v LOG_FILE '%08X%s' "$at" "$file"
        [ -e "$DATA/pg_wal/$LOG_FILE" ] && timeline=$at
        [ "$((newest - at))" -lt 1000 ] || break
      done
    fi
  fi
  [ "$timeline" -gt 0 ] || return 0
  fact timeline "$timeline"
  fact history.timeline "$timeline"
  printf -v file '%s/pg_wal/%08X.history' "$DATA" "$timeline"
  text_of "$file" && fact history.text "$REPLY"
}

backlog_fact() {
  local files=("$DATA"/pg_wal/archive_status/*.ready)
  [ -e "${files[0]}" ] || files=()
  fact archiver.backlog "${#files[@]}"
}

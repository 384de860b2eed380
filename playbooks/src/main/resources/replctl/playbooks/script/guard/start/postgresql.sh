# PostgreSQL's part. The guard stands before its server. DATA, BIN, SOCKET, PORT are as init found them.

postgresql_look() { return 0; }

postgresql_follows() { [ -e "$DATA/standby.signal" ]; }

# Whether any process has the data folder as its working directory.
postgresql_running() {
  local folder name
  for folder in /proc/[0-9]*; do
    { [ "$folder/cwd" -ef "$DATA" ] && read -r name <"$folder/comm"; } 2>/dev/null || continue
    case $name in *postgres* | *postmaster*) return 0 ;; esac
  done
  return 1
}

# State and newest timeline of pg_control, in STATE_OF_DATA and REPLY.
postgresql_control() {
  local line
  STATE_OF_DATA="" REPLY=0
  while IFS= read -r line; do
    case $line in
      "Database cluster state:"*) STATE_OF_DATA=${line#*:+( )} ;;
      "Latest checkpoint's TimeLineID:"* | "Min recovery ending loc's timeline:"*)
        line=${line##* }
        [[ $line =~ ^[0-9]{1,10}$ ]] && [ "$line" -gt "$REPLY" ] && REPLY=$line
        ;;
    esac
  done < <("$BIN/pg_controldata" -D "$DATA" 2>/dev/null)
}

# The newest timeline of its own data, in REPLY: right after a promotion pg_control has still the old one.
postgresql_history() {
  local file newest
  postgresql_control
  newest=$REPLY
  for file in "$DATA"/pg_wal/[0-9A-F]*.history; do
    file=${file##*/}
    [[ $file =~ ^([0-9A-F]{8})\.history$ ]] && ((16#${BASH_REMATCH[1]} > newest)) &&
      newest=$((16#${BASH_REMATCH[1]}))
  done
  REPLY="$newest timeline"
}

# none, writable, recovery or unknown, and a timeline, in REPLY.
postgresql_server() {
  local said timeline
  postgresql_control
  timeline=$REPLY
  if ! postgresql_running; then
    REPLY="none $timeline"
    return
  fi
  said=$(
    unset "${!PG@}"
    PGCONNECT_TIMEOUT=1 PGAPPNAME=replctl-guard PGOPTIONS="-c search_path=pg_catalog -c statement_timeout=800" \
      timeout -k 0.2 1 "$BIN/psql" -XAtq -h "$SOCKET" -p "$PORT" -d postgres -c "select case
        when pg_is_in_recovery() then 'recovery ' || coalesce((select received_tli from pg_stat_wal_receiver), 0)
        else 'writable ' || ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end" 2>/dev/null
  )
  if [[ $said =~ ^(recovery|writable)\ ([0-9]{1,10})$ ]]; then
    [ "${BASH_REMATCH[2]}" -le "$timeline" ] || timeline=${BASH_REMATCH[2]}
    REPLY="${BASH_REMATCH[1]} $timeline"
  elif [ "$STATE_OF_DATA" = "in archive recovery" ] || { postgresql_follows && [ "$STATE_OF_DATA" != "in production" ]; }; then
    REPLY="recovery $timeline"
  else
    REPLY="unknown $timeline"
  fi
}

# The server starts when the guard ends.
postgresql_start() { DONE=starts; }

# Has the server start as a follower, read-only.
postgresql_close() {
  DONE="starts read-only"
  : >"$DATA/standby.signal" && sync "$DATA/standby.signal" "$DATA" && return 0
  WHY="$WHY, and it can't be made a follower: $DATA can't be written" NEXT=""
  return 1
}

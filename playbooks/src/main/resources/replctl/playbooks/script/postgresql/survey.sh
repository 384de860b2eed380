# What a node's host knows of its server. Changes nothing, writes no file, takes no lock on the host;
# in the server only what reading catalogs takes. As the operating system's user that owns the server.
#
# Values (all may be absent)
#   cluster, node        names; the state folder is made of them
#   port                 default 5432
#   data_directory, config_directory, bin_directory, service, socket_directory, state_directory
#                        as declared; what is not declared is found
#   reader               the role that replctl reads with; its rights are reported
#   limit                seconds that the server may take to answer, default 2.5: later it is hung
#
# Facts. Booleans are yes and no; sizes are bytes; *_ms since 1970 are the host's clock; ages are ms
# by the server's own clock; LSNs as PostgreSQL writes them. What is not known is not said. Lists are
# LIST.count and LIST.N.FIELD, N from 1.
#
#   host       hostname  addresses (divided by blanks)  machine_id  os  os_id  kernel  boot_id
#              boot_ms  clock_ms  systemd (yes: it runs)  script_user (the user that this runs as)
#   packages   installed.N: major bin_directory      newest_major  newest_bin_directory
#   layout     layout: debian (conf folder apart, pg_ctlcluster), rhel, plain
#              data_directory  config_directory  bin_directory  service (systemd unit without
#              .service; none: pg_ctl)  socket_directory  port  os_user (owner of the data)
#              state_directory  hba_file  config_file  wal_directory (where pg_wal really is, when
#              it is a link)  unit_enabled  unit_masked  data_empty (yes: the folder is there and
#              holds nothing)  data_mount (yes: the data folder is itself a mount point)
#   presence   presence: absent stopped starting running stopping hung unknown    presence_why
#              postmaster_pid  postmaster_status (as postmaster.pid has it)  processes (with the data
#              folder open)
#   data       major (of PG_VERSION)  binary_version  system_identifier  standby_signal
#              recovery_signal  backup_label
#   control    control.state  .checkpoint_lsn  .redo_lsn  .timeline  .previous_timeline
#              .checkpoint_time  .min_recovery_lsn  .min_recovery_timeline  .wal_log_hints
#              .data_checksums (0: none)  .wal_level  .max_connections  .max_worker_processes
#              .max_wal_senders  .max_prepared_xacts  .max_locks_per_xact  .track_commit_timestamp
#              .wal_segment_bytes
#   history    timeline (best known)  history.timeline  history.text (of that timeline's file; its
#              first 16 KiB)  history.newest (the highest timeline with a file in pg_wal)
#   upstream   upstream.host .hostaddr .port .user .application_name .passfile .sslmode .sslrootcert
#              .channel_binding .dbname .options .keepalives_idle...: every key of primary_conninfo
#              but password, sslpassword; upstream.has_password (yes: it holds one)  upstream.slot
#   files      config.file  config.text (replctl.conf, where there is one)  hba.text (the marked
#              block of pg_hba.conf, without its marks)  hba.blocks (how many are there)  hba.first
#              (yes: no rule stands before)  certificate.file  certificate.end_ms
#   disk       disk.N: use (data, wal, tablespace OID)  path  mount  total  used  free (to others
#              than root)
#              tablespace.N: oid location name
#   sql        sql: answered refused timeout not-asked     sql_error (first line)  in_recovery
#              version (17.12)  version_num  server_now_ms  server_started_ms  config_loaded_ms
#   log        lsn.insert lsn.write lsn.flush (leader)   lsn.receive lsn.replay (follower)
#   replay     replay.paused  replay.pause_state (14+)  replay.last_commit_ms  replay.wait (what the
#              startup process waits for)  replay.blocker.pid .age .user .application .database .state
#              (the oldest session that can hold replay)
#   receiver   receiver.pid .status .host .port .slot .timeline .written_lsn .flushed_lsn
#              .message_age .latest_end_lsn .latest_end_age .start_lsn
#   senders    sender.N: application address hostname port pid user state sent_lsn write_lsn flush_lsn
#              replay_lsn write_lag flush_lag replay_lag (ms, may have a fraction) sync_state
#              sync_priority reply_age backend_age
#   slots      slot.N: name type active active_pid wal_status retained safe xmin_age
#              catalog_xmin_age database plugin temporary restart_lsn confirmed_lsn two_phase (14+)
#              failover synced invalidation inactive_since_ms (17+)
#   settings   setting.NAME for the names in survey_settings below; setting_file.NAME where a file
#              says it. In bytes or ms where they have a unit, -1 stays; commands are `set` or absent.
#              pending_restart (names, comma)   not_applied (names, comma: in a file, wrong)
#   sessions   connections.used  long.N: pid age user application database
#              state (transactions older than 5 s, oldest first, at most 10)   prepared.count
#              prepared.oldest_age   basebackups
#   archiver   archiver.archived .failed .last_archived_age .last_failed_age .last_failed_wal
#              .last_archived_wal   archiver.backlog (files not archived yet)
#   roles      role.N: name login replication superuser may_rewind monitors (yes: member of
#              pg_monitor) password (scram, md5, none)  expires_ms  settings: those that may replicate,
#              the reader, and names that begin with replctl
#              lowered.N: role database value (synchronous_commit set for a role or database)
#   databases  database.N: name encoding collate provider collation_version collation_actual allows
#              extension.N: name version (of database postgres)   publications (number, there)
#
# Marks of the block in pg_hba.conf: a line `# replctl: begin`, a line `# replctl: end`. replctl.conf
# lies in conf.d of the configuration's folder where there is one, else in that folder.


survey_settings="archive_mode archive_command archive_library checkpoint_timeout cluster_name
config_file data_checksums data_directory fsync full_page_writes hba_file hot_standby
hot_standby_feedback listen_addresses log_directory logging_collector max_connections
max_locks_per_transaction max_prepared_transactions max_replication_slots max_slot_wal_keep_size
max_standby_archive_delay max_standby_streaming_delay max_wal_senders max_wal_size
max_worker_processes password_encryption port primary_slot_name recovery_min_apply_delay
recovery_target_timeline restore_command shared_preload_libraries ssl ssl_ca_file ssl_cert_file
ssl_key_file superuser_reserved_connections synchronized_standby_slots synchronous_commit
synchronous_standby_names sync_replication_slots synchronous_standby_names track_commit_timestamp
unix_socket_directories wal_keep_size wal_level wal_log_hints wal_receiver_status_interval
wal_receiver_timeout wal_segment_size wal_sender_timeout"

# trim TEXT: without blanks at either end, in REPLY.
trim() {
  REPLY=${1#"${1%%[![:space:]]*}"}
  REPLY=${REPLY%"${REPLY##*[![:space:]]}"}
}

# known KEY TEXT: a fact, where there is something to say.
known() { [ -z "$2" ] || fact "$1" "$2"; }

# yes_or_no KEY CONDITION...
yes_or_no() {
  local key=$1
  shift
  if "$@"; then fact "$key" yes; else fact "$key" no; fi
}

# text_of FILE: its first 16 KiB, in REPLY. No process is made for it.
text_of() {
  REPLY=""
  [ -f "$1" ] && [ -r "$1" ] || return 1
  IFS= read -r -N 16384 REPLY <"$1"
  return 0
}

host_facts() {
  local key value
  known hostname "${HOSTNAME:-}"
  { read -r value </etc/machine-id && known machine_id "$value"; } 2>/dev/null
  { read -r value </proc/sys/kernel/osrelease && known kernel "$value"; } 2>/dev/null
  { read -r value </proc/sys/kernel/random/boot_id && known boot_id "$value"; } 2>/dev/null
  while read -r key value; do
    [ "$key" = btime ] && { fact boot_ms "${value}000"; break; }
  done </proc/stat
  if [ -r /etc/os-release ]; then
    while IFS='=' read -r key value; do
      value=${value#[\"\']}
      case $key in
        PRETTY_NAME) known os "${value%[\"\']}" ;;
        ID) known os_id "${value%[\"\']}" ;;
      esac
    done </etc/os-release
  fi
  value=${EPOCHREALTIME:-}
  value=${value//[!0-9]/}
  [ -n "$value" ] || value=$(date +%s%6N)
  fact clock_ms "${value%???}"
  yes_or_no systemd [ -d /run/systemd/system ]
  trim "$(hostname -I 2>/dev/null)"
  known addresses "$REPLY"
  fact script_user "$ME"
}

# Server binaries, by major version. INSTALLED maps a version to its folder.
package_facts() {
  local folder major n=0 newest=0
  declare -gA INSTALLED=()
  for folder in "$BIN" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /usr/bin; do
    [ -n "$folder" ] && [ -x "$folder/postgres" ] && [ -x "$folder/psql" ] || continue
    case $folder in
      /usr/lib/postgresql/*) major=${folder#/usr/lib/postgresql/} major=${major%/bin} ;;
      /usr/pgsql-*) major=${folder#/usr/pgsql-} major=${major%/bin} ;;
      *) [[ "$("$folder/postgres" -V 2>/dev/null)" =~ \ ([0-9]+) ]] && major=${BASH_REMATCH[1]} ;;
    esac
    [[ $major =~ ^[0-9]+$ ]] && [ -z "${INSTALLED[$major]:-}" ] || continue
    INSTALLED[$major]=$folder
    n=$((n + 1))
    fact "installed.$n.major" "$major"
    fact "installed.$n.bin_directory" "$folder"
    [ "$major" -gt "$newest" ] && newest=$major
  done
  fact installed.count "$n"
  [ "$newest" -eq 0 ] && return
  fact newest_major "$newest"
  fact newest_bin_directory "${INSTALLED[$newest]}"
}

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
  local line unit folder enabled=no masked=no
  if [ -z "$SERVICE" ] && [ -d /run/systemd/system ]; then
    unit=""
    if [ -n "$POSTMASTER" ]; then
      while IFS= read -r line; do
        [[ $line =~ ^(0:|1:name=systemd):.*/([^/]+)\.service$ ]] && unit=${BASH_REMATCH[2]}
      done <"/proc/$POSTMASTER/cgroup" 2>/dev/null
      case $unit in
        "" | *postgres* | *pgsql*) ;;
        *) [ "$(systemctl show -p MainPID --value "$unit" 2>/dev/null)" = "$POSTMASTER" ] || unit="" ;;
      esac
    elif [ "$1" = debian ]; then
      line=${CONF#/etc/postgresql/}
      unit=postgresql@${line%%/*}-${line#*/}
      line=postgresql@
    else
      line=${DATA#/var/lib/pgsql/}
      case $line in
        data) unit=postgresql ;;
        [0-9]*/data) unit=postgresql-${line%/data} ;;
      esac
      line=$unit
    fi
    if [ -n "$unit" ] && [ -z "$POSTMASTER" ]; then
      [ -e "/etc/systemd/system/$line.service" ] || [ -e "/lib/systemd/system/$line.service" ] ||
        [ -e "/usr/lib/systemd/system/$line.service" ] || unit=""
    fi
    SERVICE=$unit
  fi
  [ -n "$SERVICE" ] || return 0
  fact service "$SERVICE"
  for folder in /etc/systemd/system/*.wants /run/systemd/system/*.wants /run/systemd/generator/*.wants; do
    [ -L "$folder/$SERVICE.service" ] && enabled=yes
  done
  for folder in /etc/systemd/system /run/systemd/system; do
    [ -L "$folder/$SERVICE.service" ] && [ "$folder/$SERVICE.service" -ef /dev/null ] && masked=yes
  done
  fact unit_enabled "$enabled"
  fact unit_masked "$masked"
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
  for line in $("$BIN/pg_controldata" -D "$DATA" 2>/dev/null); do
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
  local file line main inside=0 blocks=0 first=yes text="" hba=${V[hba_file]:-$CONF/pg_hba.conf}
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
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in
        "# replctl: begin"*) inside=1 blocks=$((blocks + 1)); continue ;;
        "# replctl: end"*) inside=0; continue ;;
      esac
      if [ "$inside" = 1 ]; then
        [ "${#text}" -ge 16384 ] || text+=$line$'\n'
      elif [ "$blocks" = 0 ]; then
        trim "$line"
        case $REPLY in "" | "#"*) ;; *) first=no ;; esac
      fi
    done <"$hba"
    fact hba.blocks "$blocks"
    if [ "$blocks" -gt 0 ]; then
      fact hba.text "$text"
      fact hba.first "$first"
    fi
  fi
}

# certificate_facts FILE, relative to the data folder: when it ends, read from its bytes. openssl
# would take longer to start than all the rest takes.
certificate_facts() {
  local file=$1 bytes pair='( 17 0d| 18 0f)(( 3[0-9])+) 5a' digits year month days
  [ "${file#/}" != "$file" ] || file=$DATA/$file
  text_of "$file" || return 0
  fact certificate.file "$file"
  REPLY=${REPLY#*-----BEGIN CERTIFICATE-----}
  bytes=$(printf '%s' "${REPLY%%-----END*}" | base64 -d 2>/dev/null | od -An -v -tx1)
  [[ ${bytes//$'\n'/} =~ $pair$pair ]] || return 0
  digits=${BASH_REMATCH[5]// 3/}
  # Two digits of the year: RFC 5280, 4.1.2.5.1.
  if [ "${#digits}" = 12 ]; then
    if [ "${digits:0:2}" -lt 50 ]; then digits=20$digits; else digits=19$digits; fi
  fi
  [ "${#digits}" = 14 ] || return 0
  year=$((10#${digits:0:4})) month=$((10#${digits:4:2}))
  [ "$month" -gt 2 ] || { month=$((month + 12)) year=$((year - 1)); }
  days=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + 10#${digits:6:2} - 719469))
  fact certificate.end_ms "$((days * 86400 + 10#${digits:8:2} * 3600 + 10#${digits:10:2} * 60 + 10#${digits:12:2}))000"
}

disk_facts() {
  local paths=("${1:-$DATA}") uses=(data) link n line lines
  if [ -e "$DATA/pg_wal" ]; then paths+=("$DATA/pg_wal/") uses+=(wal); fi
  for link in "$DATA"/pg_tblspc/*; do
    [ -L "$link" ] || continue
    paths+=("$link/") uses+=("tablespace ${link##*/}")
  done
  # Where one path fails, df leaves its line out, and it is not known which line is whose.
  file_systems "${paths[@]}"
  [ "${#lines[@]}" = "${#paths[@]}" ] || file_systems "${paths[0]}"
  for ((n = 1; n <= ${#lines[@]}; n++)); do
    line=${lines[n - 1]}
    fact "disk.$n.use" "${uses[n - 1]}"
    fact "disk.$n.path" "${paths[n - 1]%/}"
    fact "disk.$n.total" "$((${line%% *} * 1024))"
    line=${line#* }
    fact "disk.$n.used" "$((${line%% *} * 1024))"
    line=${line#* }
    fact "disk.$n.free" "$((${line%% *} * 1024))"
    fact "disk.$n.mount" "${line#* }"
  done
  fact disk.count "${#lines[@]}"
  [ "${#lines[@]}" = 0 ] || yes_or_no data_mount [ "${lines[0]#* * * }" = "$DATA" ]
}

# file_systems PATH...: total, used and free KiB and mount point of each, in the array lines.
file_systems() {
  local line IFS=$'\n'
  lines=()
  set -f
  for line in $(timeout 2 df -Pk -- "$@" 2>/dev/null); do
    [[ $line =~ \ ([0-9]+)\ +([0-9]+)\ +([0-9]+)\ +[0-9-]+%?\ +(/.*)$ ]] &&
      lines+=("${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]} ${BASH_REMATCH[4]}")
  done
  set +f
}

# The server is asked by one psql. It prints records that end in NUL, which no text of PostgreSQL
# can hold: key, tab, value. What differs by version is chosen by psql from the server's number.
QUESTIONS="select current_setting('server_version_num')::int >= 140000 as v14,
  current_setting('server_version_num')::int >= 150000 as v15,
  current_setting('server_version_num')::int >= 170000 as v17,
  pg_is_in_recovery() as standby,
  case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end as here,
  coalesce((select wait_event_type = 'Lock' from pg_stat_activity where backend_type = 'startup'), false)
    as replay_waits_for_lock
\gset
\if :v14
\set pause_state 'pg_get_wal_replay_pause_state()'
\else
\set pause_state 'null'
\endif
\if :v15
\set provider 'd.datlocprovider'
\set collation_version 'd.datcollversion'
\set collation_actual 'pg_database_collation_actual_version(d.oid)'
\else
\set provider 'null'
\set collation_version 'null'
\set collation_actual 'null'
\endif
\if :v14
\set two_phase 's.two_phase'
\else
\set two_phase 'null::bool'
\endif
\if :v17
\set failover 's.failover'
\set synced 's.synced'
\set invalidation 's.invalidation_reason'
\set inactive_since 's.inactive_since'
\else
\set failover 'null::bool'
\set synced 'null::bool'
\set invalidation 'null'
\set inactive_since 'null::timestamptz'
\endif

select k, v from (values
  ('in_recovery', case pg_is_in_recovery() when true then 'yes' else 'no' end),
  ('version', split_part(current_setting('server_version'), ' ', 1)),
  ('version_num', current_setting('server_version_num')),
  ('server_now_ms', round(extract(epoch from clock_timestamp()) * 1000)::text),
  ('server_started_ms', round(extract(epoch from pg_postmaster_start_time()) * 1000)::text),
  ('config_loaded_ms', round(extract(epoch from pg_conf_load_time()) * 1000)::text),
  ('sql.system_identifier', (select system_identifier::text from pg_control_system()))
) f(k, v) where v is not null;

\if :standby
select k, v from (values
  ('replay.paused', case pg_is_wal_replay_paused() when true then 'yes' when false then 'no' end),
  ('replay.pause_state', :pause_state),
  ('replay.last_commit_ms', round(extract(epoch from pg_last_xact_replay_timestamp()) * 1000)::text),
  ('lsn.receive', pg_last_wal_receive_lsn()::text),
  ('lsn.replay', pg_last_wal_replay_lsn()::text)
) f(k, v) where v is not null;

select 'replay.wait', wait_event_type || '/' || wait_event from pg_stat_activity
where backend_type = 'startup' and wait_event is not null;

select f.k, f.v from pg_stat_wal_receiver r cross join lateral (values
  ('receiver.pid', r.pid::text),
  ('receiver.status', r.status),
  ('receiver.host', r.sender_host),
  ('receiver.port', r.sender_port::text),
  ('receiver.slot', r.slot_name),
  ('receiver.timeline', r.received_tli::text),
  ('receiver.written_lsn', r.written_lsn::text),
  ('receiver.flushed_lsn', r.flushed_lsn::text),
  ('receiver.start_lsn', r.receive_start_lsn::text),
  ('receiver.message_age', round(extract(epoch from clock_timestamp() - r.last_msg_receipt_time) * 1000)::text),
  ('receiver.latest_end_lsn', r.latest_end_lsn::text),
  ('receiver.latest_end_age', round(extract(epoch from clock_timestamp() - r.latest_end_time) * 1000)::text)
) f(k, v) where f.v is not null;

select f.k, f.v from (
  select a.* from pg_stat_activity a
\if :replay_waits_for_lock
  join pg_locks held on held.pid = a.pid and held.granted
  join pg_locks wanted on wanted.locktype = held.locktype and not wanted.granted
    and wanted.database is not distinct from held.database
    and wanted.relation is not distinct from held.relation
    and wanted.transactionid is not distinct from held.transactionid
    and wanted.virtualxid is not distinct from held.virtualxid
    and wanted.classid is not distinct from held.classid
    and wanted.objid is not distinct from held.objid
  join pg_stat_activity startup on startup.pid = wanted.pid and startup.backend_type = 'startup'
\else
  where a.backend_xmin is not null
\endif
  and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
  order by age(a.backend_xmin) desc nulls last, a.xact_start limit 1
) b cross join lateral (values
  ('replay.blocker.pid', b.pid::text),
  ('replay.blocker.age', round(extract(epoch from clock_timestamp() - b.xact_start) * 1000)::text),
  ('replay.blocker.user', b.usename::text),
  ('replay.blocker.application', b.application_name),
  ('replay.blocker.database', b.datname::text),
  ('replay.blocker.state', b.state)
) f(k, v) where f.v is not null;
\else
select k, v from (values
  ('lsn.insert', pg_current_wal_insert_lsn()::text),
  ('lsn.write', pg_current_wal_lsn()::text),
  ('lsn.flush', pg_current_wal_flush_lsn()::text),
  ('log.file', pg_walfile_name(pg_current_wal_lsn()))
) f(k, v) where v is not null;
\endif

with s as (select row_number() over (order by pid) n, * from pg_stat_replication limit 100)
select 'sender.' || s.n || '.' || f.k, f.v from s cross join lateral (values
  ('application', s.application_name),
  ('address', host(s.client_addr)),
  ('hostname', s.client_hostname),
  ('port', s.client_port::text),
  ('pid', s.pid::text),
  ('user', s.usename::text),
  ('state', s.state),
  ('sent_lsn', s.sent_lsn::text),
  ('write_lsn', s.write_lsn::text),
  ('flush_lsn', s.flush_lsn::text),
  ('replay_lsn', s.replay_lsn::text),
  ('write_lag', round((extract(epoch from s.write_lag) * 1000)::numeric, 3)::text),
  ('flush_lag', round((extract(epoch from s.flush_lag) * 1000)::numeric, 3)::text),
  ('replay_lag', round((extract(epoch from s.replay_lag) * 1000)::numeric, 3)::text),
  ('sync_state', s.sync_state),
  ('sync_priority', s.sync_priority::text),
  ('reply_age', round(extract(epoch from clock_timestamp() - s.reply_time) * 1000)::text),
  ('backend_age', round(extract(epoch from clock_timestamp() - s.backend_start) * 1000)::text)
) f(k, v) where f.v is not null
union all select 'sender.count', count(*)::text from s;

with s as (select row_number() over (order by slot_name) n, * from pg_replication_slots limit 100)
select 'slot.' || s.n || '.' || f.k, f.v from s cross join lateral (values
  ('name', s.slot_name::text),
  ('type', s.slot_type),
  ('active', case s.active when true then 'yes' when false then 'no' end),
  ('active_pid', s.active_pid::text),
  ('wal_status', s.wal_status),
  ('restart_lsn', s.restart_lsn::text),
  ('confirmed_lsn', s.confirmed_flush_lsn::text),
  ('retained', greatest(pg_wal_lsn_diff(nullif(:'here', '')::pg_lsn, s.restart_lsn), 0)::text),
  ('safe', s.safe_wal_size::text),
  ('xmin_age', age(s.xmin)::text),
  ('catalog_xmin_age', age(s.catalog_xmin)::text),
  ('database', s.database::text),
  ('plugin', s.plugin::text),
  ('temporary', case s.temporary when true then 'yes' when false then 'no' end),
  ('two_phase', case :two_phase when true then 'yes' when false then 'no' end),
  ('failover', case :failover when true then 'yes' when false then 'no' end),
  ('synced', case :synced when true then 'yes' when false then 'no' end),
  ('invalidation', :invalidation),
  ('inactive_since_ms', round(extract(epoch from :inactive_since) * 1000)::text)
) f(k, v) where f.v is not null
union all select 'slot.count', count(*)::text from s;

with s as materialized (
  select name, unit, sourcefile, pending_restart, case
    when name in ('archive_command', 'restore_command') then case when setting in ('', '(disabled)') then '' else 'set' end
    when setting = '-1' or unit is null then setting
    when unit in ('ms', 'B') then setting
    when unit = 's' then (setting::numeric * 1000)::text
    when unit = 'min' then (setting::numeric * 60000)::text
    when unit = 'kB' then (setting::numeric * 1024)::text
    when unit = 'MB' then (setting::numeric * 1048576)::text
    when unit ~ '^[0-9]+kB\$' then (setting::numeric * 1024 * rtrim(unit, 'kB')::int)::text
    else setting || unit end as setting
  from pg_settings
)
select 'setting.' || name, setting from s where name = any(string_to_array(:'names', ' '))
union all select 'setting_file.' || name, sourcefile from s
  where name = any(string_to_array(:'names', ' ')) and sourcefile is not null
union all select 'pending_restart', string_agg(name, ',' order by name) from s where pending_restart
  having count(*) > 0;

select 'not_applied', string_agg(distinct coalesce(name, sourcefile || ':' || sourceline), ',')
from pg_file_settings where error is not null having count(*) > 0;

select 'primary_conninfo', current_setting('primary_conninfo') where current_setting('primary_conninfo') <> '';

with s as (
  select row_number() over (order by xact_start) n, * from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()
    and xact_start < clock_timestamp() - interval '5 s'
  order by xact_start limit 10
)
select 'long.' || s.n || '.' || f.k, f.v from s cross join lateral (values
  ('pid', s.pid::text),
  ('age', round(extract(epoch from clock_timestamp() - s.xact_start) * 1000)::text),
  ('user', s.usename::text),
  ('application', s.application_name),
  ('database', s.datname::text),
  ('state', s.state)
) f(k, v) where f.v is not null
union all select 'long.count', count(*)::text from s
union all select 'connections.used', count(*)::text from pg_stat_activity where backend_type = 'client backend'
union all select 'basebackups', count(*)::text from pg_stat_progress_basebackup
union all select 'prepared.count', count(*)::text from pg_prepared_xacts
union all select 'prepared.oldest_age', round(extract(epoch from clock_timestamp() - min(prepared)) * 1000)::text
  from pg_prepared_xacts having count(*) > 0;

select f.k, f.v from pg_stat_archiver a cross join lateral (values
  ('archiver.archived', a.archived_count::text),
  ('archiver.failed', a.failed_count::text),
  ('archiver.last_archived_wal', a.last_archived_wal),
  ('archiver.last_archived_age', round(extract(epoch from clock_timestamp() - a.last_archived_time) * 1000)::text),
  ('archiver.last_failed_wal', a.last_failed_wal),
  ('archiver.last_failed_age', round(extract(epoch from clock_timestamp() - a.last_failed_time) * 1000)::text)
) f(k, v) where f.v is not null;

with s as (
  select row_number() over (order by rolname) n, * from pg_authid
  where rolreplication or rolname = :'reader' or rolname like 'replctl%' limit 50
)
select 'role.' || s.n || '.' || f.k, f.v from s cross join lateral (values
  ('name', s.rolname::text),
  ('login', case when s.rolcanlogin then 'yes' else 'no' end),
  ('replication', case when s.rolreplication then 'yes' else 'no' end),
  ('superuser', case when s.rolsuper then 'yes' else 'no' end),
  ('monitors', case when pg_has_role(s.oid, 'pg_monitor', 'member') then 'yes' else 'no' end),
  ('may_rewind', case when has_function_privilege(s.oid, 'pg_ls_dir(text, boolean, boolean)', 'execute')
      and has_function_privilege(s.oid, 'pg_stat_file(text, boolean)', 'execute')
      and has_function_privilege(s.oid, 'pg_read_binary_file(text)', 'execute')
      and has_function_privilege(s.oid, 'pg_read_binary_file(text, bigint, bigint, boolean)', 'execute')
    then 'yes' else 'no' end),
  ('password', case when s.rolpassword is null then 'none' when s.rolpassword like 'SCRAM-SHA-256\$%' then 'scram' else 'md5' end),
  ('expires_ms', round(extract(epoch from nullif(s.rolvaliduntil, 'infinity')) * 1000)::text),
  ('settings', (select array_to_string(setconfig, ',') from pg_db_role_setting where setrole = s.oid and setdatabase = 0))
) f(k, v) where f.v is not null
union all select 'role.count', count(*)::text from s;

with s as (
  select row_number() over () n, x.setting, r.rolname, d.datname
  from pg_db_role_setting c cross join lateral unnest(c.setconfig) x(setting)
  left join pg_roles r on r.oid = c.setrole left join pg_database d on d.oid = c.setdatabase
  where x.setting like 'synchronous_commit=%' limit 50
)
select 'lowered.' || s.n || '.' || f.k, f.v from s cross join lateral (values
  ('role', s.rolname::text), ('database', s.datname::text), ('value', split_part(s.setting, '=', 2))
) f(k, v) where f.v is not null
union all select 'lowered.count', count(*)::text from s;

with d as (select row_number() over (order by d.oid) n, d.* from pg_database d limit 100)
select 'database.' || d.n || '.' || f.k, f.v from d cross join lateral (values
  ('name', d.datname::text),
  ('encoding', pg_encoding_to_char(d.encoding)::text),
  ('collate', d.datcollate::text),
  ('provider', :provider::text),
  ('collation_version', :collation_version),
  ('collation_actual', :collation_actual),
  ('allows', case when d.datallowconn then 'yes' else 'no' end)
) f(k, v) where f.v is not null
union all select 'database.count', count(*)::text from d;

with t as (
  select row_number() over (order by oid) n, oid, spcname, pg_tablespace_location(oid) as location
  from pg_tablespace where oid not in (1663, 1664) limit 100
)
select 'tablespace.' || t.n || '.' || f.k, f.v from t cross join lateral (values
  ('oid', t.oid::text), ('name', t.spcname::text), ('location', t.location)
) f(k, v) where f.v is not null
union all select 'tablespace.count', count(*)::text from t;

with e as (select row_number() over (order by extname) n, extname, extversion from pg_extension limit 50)
select 'extension.' || e.n || '.' || f.k, f.v from e cross join lateral (values
  ('name', e.extname::text), ('version', e.extversion)
) f(k, v)
union all select 'extension.count', count(*)::text from e
union all select 'publications', count(*)::text from pg_publication;"

# ask_server: starts psql and returns at once; its records come on descriptor 5. Nothing is waited
# for longer than the limit: a connection to a frozen server is taken by its kernel and never answered.
ask_server() {
  exec 5< <(
    exec 6>&1
    words=$(printf '%s\n' "$QUESTIONS" |
      PGCLIENTENCODING=UTF8 PGOPTIONS="-c search_path=pg_catalog -c statement_timeout=2s -c lock_timeout=500 -c default_transaction_read_only=on -c jit=off -c client_min_messages=error" \
        timeout -k 0.2 "$PATIENCE" "$BIN/psql" -XAtq -0 -F $'\t' -v names="${survey_settings//$'\n'/ }" \
        -v reader="${V[reader]:-}" -h "$SOCKET" -p "$PORT" -d postgres -f - 2>&1 >&6)
    printf 'exit\t%s\0words\t%s\0' "$?" "$words"
  )
}

# hear_server: the records of psql as facts. SQL_EXIT, SQL_WORDS: how psql ended and what it said.
hear_server() {
  local record key value size=0
  while IFS= read -r -d '' record <&5; do
    key=${record%%$'\t'*}
    value=${record#*$'\t'}
    size=$((size + ${#record}))
    [ "$size" -lt 524288 ] || { fact sql_cut yes; break; }
    case $key in
      *[!a-z0-9_.]* | "") continue ;;
      exit) SQL_EXIT=$value; continue ;;
      words) SQL_WORDS=$value; continue ;;
      primary_conninfo) CONNINFO=$value; continue ;;
      log.file) LOG_FILE=$value; continue ;;
      in_recovery) STANDBY=$value ;;
      receiver.status) RECEIVER_STATUS=$value ;;
      receiver.timeline) [ "$RECEIVER_STATUS" != streaming ] || RECEIVER_TIMELINE=$value ;;
      lsn.replay) REPLAYED=$value ;;
      setting.*) SETTING[${key#setting.}]=$value ;;
    esac
    known "$key" "$value"
  done
  exec 5<&-
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

# present WORD WHY
present() {
  fact presence "$1"
  known presence_why "${2:-}"
}

# How it is there, when psql has ended.
presence_after_asking() {
  local words=${SQL_WORDS%%$'\n'*}
  known sql_error "$words"
  if [ "$SQL_EXIT" = 0 ]; then
    fact sql answered
    present running
    return
  fi
  if [ "$SQL_EXIT" = 124 ] || [ "$SQL_EXIT" = 137 ] || [ -n "$STANDBY" ]; then
    fact sql timeout
    present hung "process $POSTMASTER takes a connection and does not answer within $PATIENCE s; it may still commit"
    return
  fi
  fact sql refused
  "$BIN/pg_isready" -q -h "$SOCKET" -p "$PORT" -t 1 >/dev/null 2>&1
  case $? in
    0) present running "it takes connections and refused this one: $words" ;;
    1) present starting "it refuses connections for now: $words" ;;
    *) present hung "process $POSTMASTER is there and nothing answers at $SOCKET port $PORT: $words" ;;
  esac
}

is_done() {
  local port=$PORT
  PATIENCE=${V[limit]:-2.5}
  [[ $PATIENCE =~ ^[0-9]{1,3}(\.[0-9]{1,3})?$ ]] || PATIENCE=2.5
  CONF=${V[config_directory]:-}
  shopt -u failglob nullglob
  ME='\u' ME=${ME@P}
  package_facts
  known state_directory "${V[state_directory]:-$HOME/.replctl/${V[cluster]:-cluster}/${V[node]:-node}}"
  if ! locate; then
    host_facts
    present unknown "$WHY"
    return 0
  fi
  if [ -z "$DATA" ]; then
    host_facts
    fact port "$PORT"
    present absent "no data folder is set to port $PORT"
    return 0
  fi
  if ! data_facts; then
    host_facts
    fact data_directory "$DATA"
    present unknown "$WHY"
    return 0
  fi
  count_processes
  layout_facts
  fact port "$PORT"
  [ "$PORT" = "$port" ] || fact port_declared "$port"
  [ -d "$SOCKET" ] || [ ! -d /tmp ] || [ -n "${V[socket_directory]:-}" ] || SOCKET=/tmp
  fact socket_directory "$SOCKET"
  if [ -z "$MAJOR" ]; then
    host_facts
    disk_of_nothing
    present absent "there is no data in $DATA"
    return 0
  fi
  SQL_EXIT="" SQL_WORDS="" STANDBY="" RECEIVER_STATUS="" RECEIVER_TIMELINE="" REPLAYED="" LOG_FILE=""
  CONTROL_TIMELINE=0 CONTROL_MIN_TIMELINE=0 SEGMENT_BYTES=0 CONNINFO=""
  declare -gA SETTING=()
  local asked=no
  if [ -n "$POSTMASTER" ] && [ -x "$BIN/psql" ] && [ "$STATUS" != stopping ]; then
    ask_server
    asked=yes
  fi
  # The rest is looked up while the server answers.
  host_facts
  control_facts
  file_facts
  [ -z "$CERTIFICATE" ] || certificate_facts "$CERTIFICATE"
  disk_facts
  backlog_fact
  if [ "$asked" = yes ]; then
    hear_server
    presence_after_asking
    if [ -z "$CERTIFICATE" ] && [ "${SETTING[ssl]:-}" = on ]; then
      certificate_facts "${SETTING[ssl_cert_file]:-server.crt}"
    fi
  else
    fact sql not-asked
    if [ -n "$POSTMASTER" ] && [ "$STATUS" = stopping ]; then
      present stopping "process $POSTMASTER is shutting down; what is open may still commit"
    elif [ -n "$POSTMASTER" ]; then
      present unknown "process $POSTMASTER runs, and there is no psql of version $MAJOR to ask it with"
    elif [ "$PROCESSES" -gt 0 ] && [[ ${PID_FILE[0]:-} == -* ]]; then
      present starting "a single-user server works on $DATA"
    elif [ "$PROCESSES" -gt 0 ]; then
      present hung "its postmaster is gone, and $PROCESSES of its processes go on and may still commit"
    else
      present stopped
      [ ! -x "$BIN/postgres" ] || { REPLY=$("$BIN/postgres" -V 2>/dev/null) && known binary_version "${REPLY#postgres (PostgreSQL) }"; }
    fi
  fi
  [ -n "$STANDBY" ] || upstream_of_files
  [ -z "$CONNINFO" ] || conninfo_facts "$CONNINFO"
  known upstream.slot "${SETTING[primary_slot_name]:-}"
  history_facts
  return 0
}

# Where the data would lie: what is free there.
disk_of_nothing() {
  local above=$DATA
  while [ -n "$above" ] && [ ! -d "$above" ]; do above=${above%/*}; done
  disk_facts "${above:-/}"
}

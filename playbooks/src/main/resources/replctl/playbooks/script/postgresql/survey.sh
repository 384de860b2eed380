# What a node's host knows of its server. Changes nothing, writes no file, takes no lock on the host;
# in the server only what reading catalogs takes. As the operating system's user that owns the server.
#
# Values (all may be absent)
#   cluster_name, node_name   the state folder is made of them
#   port                 default 5432
#   data_directory, config_directory, bin_directory, service, socket_directory, state_directory
#                        as declared; what is not declared is found
#   reader               the role that replctl reads with; its rights are reported
#   limit                seconds that the server may take to answer, default 2.5: later it is hung
#
# Facts, and those of guard/part/survey. Booleans are yes and no; sizes are bytes; *_ms since 1970 are the host's clock; ages are ms
# by the server's own clock; LSNs as PostgreSQL writes them. What is not known is not said. Lists are
# LIST.count and LIST.N.FIELD, N from 1.
#
#   host       hostname  addresses (divided by blanks)  machine_id  os  os_id  kernel  boot_id
#              boot_ms  clock_ms  systemd (yes: it runs)  script_user (the user that this runs as)
#   packages   installed.N: major bin_directory      newest_major  newest_bin_directory
#   layout     layout: debian (conf folder apart, pg_ctlcluster), rhel, plain
#              data_directory  config_directory  bin_directory  service (systemd unit without
#              .service; none: pg_ctl)  socket_directory  port  os_user (owner of the data)
#              state_directory  fenced (the start block's marker, where there is one)  drills (what is
#              remembered of fence drills)  hba_file  config_file  wal_directory (where pg_wal really is, when
#              it is a link)  unit_enabled  unit_masked  data_empty (yes: the folder is there and
#              holds nothing)  data_mount (yes: the data folder is itself a mount point)
#   epoch      epoch.state: none read unreadable  epoch.why (of unreadable)  epoch.votes  epoch.promise
#              epoch.operation  epoch.open  epoch.holder  epoch.heartbeat_ms  epoch.record: what the
#              epoch file says (epoch.sh)
#   presence   presence: absent stopped starting running stopping hung unknown    presence_why
#              postmaster_pid  postmaster_status (as postmaster.pid has it)  processes (with the data
#              folder open)
#   data       major (of PG_VERSION)  binary_version  system_identifier  standby_signal
#              recovery_signal  backup_label  rewinding (a rewind was begun here and did not end: preparing
#              or changing, after which the data must never run)
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
#              upstream.answers (yes: it takes connections from this host)
#   files      config.file  config.text (replctl.conf, where there is one)  hba.text (the marked
#              block of pg_hba.conf, without its marks)  hba.blocks (how many are there)  hba.first
#              (yes: no rule stands before)  certificate.file  certificate.end_ms
#   disk       disk.N: use (data, wal, tablespace OID)  path  mount  total  used  free (to others
#              than root)
#              tablespace.N: oid location name
#   sql        sql: answered refused timeout not-asked     sql_error (first line)  in_recovery
#              version (17.12)  version_num  server_now_ms  server_started_ms  config_loaded_ms
#              sql.system_identifier  sql.timeline (of the control file)
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

# with look/facts
# with look/host
# with look/unit
# with look/client
# with look/certificate
# with survey/packages
# with survey/layout
# with survey/data
# with survey/server
# with guard/part/survey
# text LIVE_QUESTION survey/live.sql
# text WHOLE_QUESTION survey/whole.sql

is_done() {
  look
  send_facts
}

look() {
  local port=$PORT state
  PATIENCE=${V[limit]:-2.5}
  [[ $PATIENCE =~ ^[0-9]{1,3}(\.[0-9]{1,3})?$ ]] || PATIENCE=2.5
  CONF=${V[config_directory]:-}
  shopt -u failglob nullglob
  ME='\u' ME=${ME@P}
  package_facts
  known state_directory "${V[state_directory]:-}"
  ! text_of "${V[state_directory]:-}/fenced" || known fenced "${REPLY%$'\n'}"
  ! text_of "${V[state_directory]:-}/drills" || known drills "$REPLY"
  epoch_facts
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
  rewind_fact
  if ! data_facts; then
    host_facts
    fact data_directory "$DATA"
    present unknown "$WHY"
    return 0
  fi
  count_processes
  layout_facts
  guard_survey
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
  knock_early
  # The rest is looked up while the server answers.
  host_facts
  control_facts
  file_facts
  [ -z "$CERTIFICATE" ] || certificate_facts "$CERTIFICATE"
  data_disks
  backlog_fact
  if [ "$asked" = yes ]; then
    # Should the server not answer in time, this is known all the same.
    send_facts
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
  UPSTREAM_HOST="" UPSTREAM_PORT=5432
  [ -z "$CONNINFO" ] || conninfo_facts "$CONNINFO"
  knock_fact
  known upstream.slot "${SETTING[primary_slot_name]:-}"
  history_facts
  return 0
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

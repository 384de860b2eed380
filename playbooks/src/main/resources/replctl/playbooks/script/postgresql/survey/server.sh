# Of survey.sh: what the server itself says.

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
wal_receiver_timeout wal_retrieve_retry_interval wal_segment_size wal_sender_timeout"

# The server is asked by one psql: the text LIVE_QUESTION, then the text WHOLE_QUESTION. It prints
# records as COPY does, a line each: key, tab, value, in which a backslash stands before what would end
# the line. A shell reads a pipe byte by byte up to a line's end, but a number of bytes all at once.

# ask_server: starts psql and returns at once; what it prints comes on descriptor 5. Nothing is waited
# for longer than the limit: a connection to a frozen server is taken by its kernel and never answered.
ask_server() {
  exec 7< <(printf 'copy (%s\n) to stdout;\n%s\n' "${LIVE_QUESTION%;*}" "$WHOLE_QUESTION")
  exec 5< <(
    exec 6>&1
    # Its own time-out would end it before the limit, in other words.
    words=$(PGCLIENTENCODING=UTF8 PGCONNECT_TIMEOUT=$((${PATIENCE%.*} + 2)) PGOPTIONS="-c search_path=pg_catalog -c statement_timeout=${PATIENCE}s -c lock_timeout=500 -c default_transaction_read_only=on -c jit=off -c client_min_messages=error" \
      exec timeout -k 0.2 "$PATIENCE" "$BIN/psql" -XAtq -v names="${survey_settings//$'\n'/ }" \
      -v reader="${V[reader]:-}" -h "$SOCKET" -p "$PORT" -d postgres -f - <&7 2>&1 >&6)
    printf '\nexit\t%s\nwords\t%s' "$?" "$words"
  )
  exec 7<&-
}

# hear_server: the records of psql as facts. SQL_EXIT, SQL_WORDS: how psql ended and what it said.
hear_server() {
  local record key value said IFS
  client_said
  said=$REPLY
  IFS=$'\n'
  set -f
  for record in $said; do
    key=${record%%$'\t'*}
    value=${record#*$'\t'}
    [[ $value != *\\* ]] || printf -v value %b "$value"
    case $key in
      *[!a-z0-9_.]* | "") continue ;;
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
  set +f
}

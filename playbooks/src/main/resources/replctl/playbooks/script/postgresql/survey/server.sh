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
wal_receiver_timeout wal_segment_size wal_sender_timeout"

# The server is asked by one psql: the text LIVE_QUESTION, then the text WHOLE_QUESTION. It prints
# records that end in NUL, which no text of PostgreSQL can hold: key, tab, value.

# ask_server: starts psql and returns at once; its records come on descriptor 5. Nothing is waited
# for longer than the limit: a connection to a frozen server is taken by its kernel and never answered.
ask_server() {
  exec 5< <(
    exec 6>&1
    words=$(printf '%s\n' "$LIVE_QUESTION" "$WHOLE_QUESTION" |
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

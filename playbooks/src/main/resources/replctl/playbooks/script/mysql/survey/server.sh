# Of survey.sh: what the server itself says.

survey_settings="admin_address bind_address binlog_format binlog_row_image enforce_gtid_consistency event_scheduler
gtid_mode hostname innodb_flush_log_at_trx_commit lock_wait_timeout log_bin log_replica_updates log_slave_updates
max_connections offline_mode port read_only relay_log_recovery replica_net_timeout replica_parallel_workers
replica_preserve_commit_order report_host report_port ssl_key require_secure_transport server_id server_uuid
skip_replica_start skip_slave_start slave_net_timeout slave_parallel_workers slave_preserve_commit_order ssl_ca
ssl_cert super_read_only sync_binlog sync_relay_log rpl_semi_sync_source_enabled rpl_semi_sync_source_timeout
rpl_semi_sync_source_wait_for_replica_count rpl_semi_sync_source_wait_no_replica rpl_semi_sync_source_wait_point
rpl_semi_sync_replica_enabled rpl_semi_sync_master_enabled rpl_semi_sync_master_timeout
rpl_semi_sync_master_wait_for_slave_count rpl_semi_sync_master_wait_no_slave rpl_semi_sync_master_wait_point
rpl_semi_sync_slave_enabled"

# The server is asked by one client: the text LIVE_QUESTION, then the text WHOLE_QUESTION. It prints records,
# a line each: key, tab, value, in which a backslash stands before what would end the line. What one version
# does not have is an error of that statement alone.

# ask_server: starts the client and returns at once; what it prints comes on descriptor 5. Nothing is
# waited for longer than the limit: a connection to a frozen server is taken by its kernel and never answered.
ask_server() {
  exec 7< <(printf 'set session transaction_read_only = on, lock_wait_timeout = 1, max_execution_time = %d, sql_mode = "";\n%s\n%s\n' \
    "$((${PATIENCE%.*} * 1000 + 500))" "$LIVE_QUESTION" "${WHOLE_QUESTION//@NAMES@/"'${survey_settings//[$' \n']/"','"}'"}")
  exec 5< <(
    exec 6>&1
    words=$(timeout -k 0.2 "$PATIENCE" "$CLIENT" --no-defaults --protocol=SOCKET --socket="$SOCKET" --user="$ME" \
      --default-character-set=utf8mb4 --batch --skip-column-names --force --connect-timeout=$((${PATIENCE%.*} + 2)) <&7 2>&1 >&6)
    printf '\nexit\t%s\nwords\t%s' "$?" "$words"
  )
  exec 7<&-
}

# hear_server: the records of the client as facts. SQL_EXIT, SQL_WORDS: how it ended and what it said; ANSWERED:
# whether the server did; CERTIFICATE: the file that it names.
hear_server() {
  local record key value said IFS
  ANSWERED=no CERTIFICATE=""
  client_said
  said=$REPLY
  IFS=$'\n'
  set -f
  for record in $said; do
    key=${record%%$'\t'*}
    value=${record#*$'\t'}
    case $key in
      *[!a-z0-9_.]* | "") continue ;;
    esac
    [ "$value" != NULL ] || continue
    [[ $value != *\\* ]] || printf -v value %b "$value"
    [ "$key" != writable ] || ANSWERED=yes
    [ "$key" != setting.ssl_cert ] || CERTIFICATE=$value
    known "$key" "$value"
  done
  set +f
}

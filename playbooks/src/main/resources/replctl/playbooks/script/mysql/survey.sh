# What a node's host knows of its server. Changes nothing, writes no file, takes no lock on the host;
# in the server only what reading tables of performance_schema takes. As the operating system's user
# that owns the server.
#
# Values (all may be absent)
#   cluster_name, node_name   of the epoch file
#   port                 default 3306
#   data_directory, bin_directory, service, socket_directory, state_directory
#                        as declared; what is not declared is found
#   limit                seconds that the server may take to answer, default 2.5: later it is hung
#
# Facts, and those of look/host, look/unit, epoch.sh and guard/part/survey. Booleans are yes and no; sizes are
# bytes; *_ms since 1970 are the host's clock; ages are ms by the server's own clock. What is not known is
# not said. Lists are LIST.count and LIST.N.FIELD, N from 1.
#
#   layout     data_directory  bin_directory (of mysqld)  client (the path of mysql)  socket  port
#              os_user (owner of the data)  state_directory  data_empty  data_mount
#   presence   presence: absent stopped starting running stopping hung unknown    presence_why
#              server_pid   processes (that have the data folder open)
#   data       server_uuid (of auto.cnf)
#   state      led (the record of the time when it led last, where it has learned since that another does)
#              semi_sync (what commits are to wait for when it leads: part/open)
#   data       data.schemas, data.accounts: how many somebody has made; a server with none of either holds nothing
#   files      config_directory (whose files of options are read last)  config.text (of replctl's own file there)
#              certificate.file  certificate.end_ms (of the server's certificate)
#              file.NAME: what the configuration's files say, for the names in survey_settings; persisted.text:
#              mysqld-auto.cnf, its first 16 KiB, where no server answers
#   disk       disk.N: use (data, binlog)  path  mount  total  used  free
#   sql        sql: answered refused timeout not-asked     sql_error (first line; where it answered: of
#              what it refused)  sql_error_number
#              version (9.7.4)  version_comment  server_now_ms  writable (no: read_only or
#              super_read_only)
#   gtid       gtid.executed  gtid.purged  gtid.cut (yes: longer than can be read)
#   channel    channel.N: name host port user state (ON OFF CONNECTING) source_uuid auto_position ssl ssl_verify ssl_ca
#              get_public_key retry_interval retry_count heartbeat_interval heartbeats heartbeat_age
#              received received_cut
#              error error_text error_age queueing_age queued_age (since something last came in whole) delay remaining_delay applier (ON OFF) applier_error
#              applier_error_text applying applying_age (since that transaction was committed on its first
#              server) applied_age   blocker.id .user .address .age (who holds a lock that the applier waits
#              for; since its statement began)   pending pending_bytes (9.7, where its component is installed)
#   epochs     opened.epoch (the newest that its data tells of)  opened.server (the UUID that was opened under it)
#              opened.transactions (what that server had then)
#   senders    sender.N: id user address state seconds uuid
#   settings   setting.NAME for the names in survey_settings, as they are now; status.NAME; persisted.NAME: what
#              SET PERSIST has kept
#   plugins    plugin.NAME: ACTIVE and so on, of semi-sync, clone and auth_socket
#   identity   identity.cluster: what init has written into the data; of a server that does not answer, what
#              was noted of this data when it last did
#   sessions   long.N: id age user address rows (transactions older than 5 s, at most 10)
#              blocking.N: id user address seconds why (ack: its commit waits for a follower; locked: LOCK TABLES; statement):
#              for 2 s and more the server could not be closed to writes for them, at most 10
#              xa.count: prepared transactions whose sessions are gone
#   log        unsafe.raised (statements that the server called unsafe, where it logs statements)
#              unsafe.N.statement (of late, that warned)
#   events     events.enabled   event.N: SCHEMA.NAME of those, as hexadecimal of their bytes, at most 200

# with look/facts
# with look/host
# with look/unit
# with look/client
# with look/certificate
# with survey/layout
# with survey/server
# with guard/part/survey
# text LIVE_QUESTION survey/live.sql
# text WHOLE_QUESTION survey/whole.sql

is_done() {
  look
  send_facts
}

look() {
  local port=$PORT
  PATIENCE=${V[limit]:-2.5}
  [[ $PATIENCE =~ ^[0-9]{1,3}(\.[0-9]{1,3})?$ ]] || PATIENCE=2.5
  shopt -u failglob nullglob
  ME='\u' ME=${ME@P}
  known state_directory "${V[state_directory]:-}"
  ! text_of "${V[state_directory]:-}/led" || known led "${REPLY%$'\n'}"
  ! text_of "${V[state_directory]:-}/semi-sync" || known semi_sync "${REPLY%$'\n'}"
  ! text_of "${V[state_directory]:-}/fenced" || known fenced "${REPLY%$'\n'}"
  ! text_of "${V[state_directory]:-}/drills" || known drills "$REPLY"
  epoch_facts
  programs
  if ! locate; then
    host_facts
    present unknown "$WHY"
    return 0
  fi
  fact data_directory "$DATA"
  known bin_directory "$BIN"
  known client "$CLIENT"
  known socket "$SOCKET"
  fact port "$PORT"
  [ "$PORT" = "$port" ] || fact port_declared "$port"
  if ! data_facts; then
    host_facts
    present unknown "$WHY"
    return 0
  fi
  count_processes
  service
  guard_survey
  if [ "$PROCESSES" = 0 ] && [ "$HAS_DATA" = no ]; then
    host_facts
    file_facts
    options_folder
    disk_of_nothing
    version_of_program
    present absent "there is no data in $DATA"
    return 0
  fi
  [ "$PROCESSES" = 0 ] || [ -z "$CLIENT" ] || ask_server
  # The rest is looked up while the server answers.
  host_facts
  file_facts
  options_folder
  data_disks
  if [ "$PROCESSES" = 0 ]; then
    server_certificate
    fact sql not-asked
    noted_identity
    present stopped
    version_of_program
  elif [ -z "$CLIENT" ]; then
    fact sql not-asked
    present unknown "process $SERVER runs, and there is no mysql to ask it with"
  else
    # Should the server not answer in time, this is known all the same.
    send_facts
    hear_server
    server_certificate
    [ "$ANSWERED" = yes ] || noted_identity
    presence_after_asking
  fi
  return 0
}

# The one that it makes for itself where no option names another is server-cert.pem.
server_certificate() { certificate_facts "${CERTIFICATE:-${OPTION[ssl_cert]:-server-cert.pem}}"; }

# Data that came from elsewhere since has another server's name.
noted_identity() {
  local own
  own_uuid || return 0
  own=$REPLY
  text_of "$IDENTITY_FILE" || return 0
  REPLY=${REPLY%$'\n'}
  [[ $REPLY =~ ^"$own "[0-9a-f-]{36}$ ]] && known identity.cluster "${REPLY#* }"
  return 0
}

# How it is there, when the client has ended.
presence_after_asking() {
  local words=${SQL_WORDS%%$'\n'*} number=""
  if [ "$ANSWERED" = yes ]; then
    fact sql answered
    present running
    refused_in_part
    return
  fi
  [[ ! $words =~ ^ERROR\ ([0-9]+) ]] || number=${BASH_REMATCH[1]}
  known sql_error "$words"
  known sql_error_number "$number"
  if [ "$SQL_EXIT" = 124 ] || [ "$SQL_EXIT" = 137 ]; then
    fact sql timeout
    present hung "process $SERVER takes a connection and does not answer within $PATIENCE s; it may still commit"
    return
  fi
  fact sql refused
  case $number in
    # Nobody listens at the socket (2002), or it is not there: before it is ready, or after it has begun to stop.
    2002 | 2003 | 2013)
      case $(unit_phase) in
        activating) present starting "it does not take connections yet: $words" ;;
        deactivating) present stopping "process $SERVER is shutting down; what is open may still commit" ;;
        *) present hung "process $SERVER is there and nothing answers at $SOCKET: $words" ;;
      esac
      ;;
    *) present running "it takes connections and refused this one: $words" ;;
  esac
}

# What a version, or a server that replctl has not set up, does not have is no news: a table (1146), a schema (1049).
refused_in_part() {
  local line
  while IFS= read -r line; do
    [[ $line =~ ^ERROR\ ([0-9]+) ]] || continue
    case ${BASH_REMATCH[1]} in 1146 | 1049) continue ;; esac
    fact sql_error "$line"
    fact sql_error_number "${BASH_REMATCH[1]}"
    break
  done <<<"$SQL_WORDS"
}

unit_phase() { [ -z "$SERVICE" ] || systemctl show -p ActiveState --value "$SERVICE" 2>/dev/null; }

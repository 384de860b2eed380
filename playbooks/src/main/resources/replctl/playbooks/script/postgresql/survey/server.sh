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

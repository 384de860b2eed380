-- What of a server changes by the second, and what tells that the rest of it has changed. One statement
-- that is the same for PostgreSQL 13 to 18 and has nothing of psql's: the survey asks it by psql, a live
-- view over the server's own protocol. Rows: key, value; the keys are those of survey.sh.
-- A function that only a leader or only a follower has stands behind its own look at what this is: a
-- server may be promoted in between.

with startup as materialized (
  select pid, wait_event_type, wait_event from pg_stat_activity where backend_type = 'startup'
), sender as materialized (
  select row_number() over (order by pid) n, * from pg_stat_replication limit 100
)
select k, v from (values
  ('in_recovery', case pg_is_in_recovery() when true then 'yes' else 'no' end),
  ('version', split_part(current_setting('server_version'), ' ', 1)),
  ('version_num', current_setting('server_version_num')),
  ('server_now_ms', round(extract(epoch from clock_timestamp()) * 1000)::text),
  ('server_started_ms', round(extract(epoch from pg_postmaster_start_time()) * 1000)::text),
  ('config_loaded_ms', round(extract(epoch from pg_conf_load_time()) * 1000)::text),
  ('sql.system_identifier', (select system_identifier::text from pg_control_system())),
  ('sql.timeline', (select greatest(c.timeline_id, r.min_recovery_end_timeline)::text
    from pg_control_checkpoint() c, pg_control_recovery() r)),
  ('setting.cluster_name', current_setting('cluster_name')),
  ('setting.synchronous_commit', current_setting('synchronous_commit')),
  ('setting.synchronous_standby_names', current_setting('synchronous_standby_names')),
  ('lsn.insert', case when not pg_is_in_recovery() then pg_current_wal_insert_lsn()::text end),
  ('lsn.write', case when not pg_is_in_recovery() then pg_current_wal_lsn()::text end),
  ('lsn.flush', case when not pg_is_in_recovery() then pg_current_wal_flush_lsn()::text end),
  ('log.file', case when not pg_is_in_recovery() then pg_walfile_name(pg_current_wal_lsn()) end),
  ('lsn.receive', case when pg_is_in_recovery() then pg_last_wal_receive_lsn()::text end),
  ('lsn.replay', case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end),
  ('replay.paused', case when pg_is_in_recovery() then
    case pg_is_wal_replay_paused() when true then 'yes' when false then 'no' end end),
  ('replay.last_commit_ms', case when pg_is_in_recovery() then
    round(extract(epoch from pg_last_xact_replay_timestamp()) * 1000)::text end)
) f(k, v) where v is not null

union all
select 'replay.wait', wait_event_type || '/' || wait_event from startup where wait_event is not null

union all
select f.k, f.v from startup cross join lateral (
  select a.* from pg_stat_activity a
  where a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
  and case when startup.wait_event_type = 'Lock' then a.pid = any(array(
    select held.pid from pg_locks held join pg_locks wanted on wanted.locktype = held.locktype
      and wanted.database is not distinct from held.database
      and wanted.relation is not distinct from held.relation
      and wanted.transactionid is not distinct from held.transactionid
      and wanted.virtualxid is not distinct from held.virtualxid
      and wanted.classid is not distinct from held.classid
      and wanted.objid is not distinct from held.objid
    where held.granted and not wanted.granted and wanted.pid = startup.pid))
  else a.backend_xmin is not null end
  order by age(a.backend_xmin) desc nulls last, a.xact_start limit 1
) b cross join lateral (values
  ('replay.blocker.pid', b.pid::text),
  ('replay.blocker.age', round(extract(epoch from clock_timestamp() - b.xact_start) * 1000)::text),
  ('replay.blocker.user', b.usename::text),
  ('replay.blocker.application', b.application_name),
  ('replay.blocker.database', b.datname::text),
  ('replay.blocker.state', b.state)
) f(k, v) where f.v is not null

union all
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
) f(k, v) where f.v is not null

union all
select 'sender.' || s.n || '.' || f.k, f.v from sender s cross join lateral (values
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

union all
select 'sender.count', count(*)::text from sender;

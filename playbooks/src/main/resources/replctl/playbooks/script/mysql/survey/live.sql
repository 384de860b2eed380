-- What of a server changes by the second, and what tells that the rest of it has changed. The same for MySQL
-- 8.0.23 to 9.7. Rows: key, value; the keys are those of survey.sh.
select 'writable', if(@@global.read_only or @@global.super_read_only, 'no', 'yes')
union all select 'version', regexp_substr(version(), '^[0-9]+[.][0-9]+[.][0-9]+')
union all select 'server_now_ms', round(unix_timestamp(now(3)) * 1000)
union all select 'setting.super_read_only', if(@@global.super_read_only, 'ON', 'OFF')
union all select 'setting.read_only', if(@@global.read_only, 'ON', 'OFF')
union all select 'sql.server_uuid', @@global.server_uuid
union all select 'gtid.executed', if(length(@@global.gtid_executed) <= 60000, replace(@@global.gtid_executed, '\n', ''), null)
union all select 'gtid.purged', if(length(@@global.gtid_purged) <= 60000, replace(@@global.gtid_purged, '\n', ''), null)
union all select 'gtid.cut', if(length(@@global.gtid_executed) > 60000, 'yes', null);

select concat('status.', lower(variable_name)), variable_value from performance_schema.global_status
where variable_name in ('Uptime', 'Rpl_semi_sync_source_status', 'Rpl_semi_sync_source_clients',
  'Rpl_semi_sync_source_no_tx', 'Rpl_semi_sync_source_wait_sessions', 'Rpl_semi_sync_source_yes_tx',
  'Rpl_semi_sync_replica_status', 'Rpl_semi_sync_master_status', 'Rpl_semi_sync_master_clients',
  'Rpl_semi_sync_master_no_tx', 'Rpl_semi_sync_master_wait_sessions', 'Rpl_semi_sync_master_yes_tx',
  'Rpl_semi_sync_slave_status');

-- Channels. One for group replication has no host.
with channel as (
  select row_number() over (order by c.channel_name) n, c.channel_name name, c.host, c.port, c.user, c.auto_position,
    c.ssl_allowed, c.ssl_verify_server_certificate, c.ssl_ca_file, c.get_public_key, c.connection_retry_interval,
    c.connection_retry_count, c.heartbeat_interval, s.source_uuid, s.service_state, s.count_received_heartbeats,
    s.last_heartbeat_timestamp, s.received_transaction_set, s.last_error_number, s.last_error_message,
    s.last_error_timestamp, s.last_queued_transaction_end_queue_timestamp, s.queueing_transaction, s.queueing_transaction_original_commit_timestamp,
    a.desired_delay, t.service_state applier, t.remaining_delay
  from performance_schema.replication_connection_configuration c
  join performance_schema.replication_connection_status s using (channel_name)
  left join performance_schema.replication_applier_configuration a using (channel_name)
  left join performance_schema.replication_applier_status t using (channel_name)
), field as (
  select 'name' f union all select 'host' union all select 'port' union all select 'user' union all select 'auto_position'
  union all select 'ssl' union all select 'ssl_verify' union all select 'ssl_ca' union all select 'get_public_key'
  union all select 'retry_interval' union all select 'retry_count' union all select 'heartbeat_interval'
  union all select 'source_uuid' union all select 'state' union all select 'heartbeats' union all select 'heartbeat_age'
  union all select 'received' union all select 'received_cut' union all select 'error' union all select 'error_text' union all select 'error_age'
  union all select 'queueing_age' union all select 'queued_age' union all select 'delay' union all select 'applier' union all select 'remaining_delay'
)
select concat('channel.', n, '.', f), case f
  when 'name' then name when 'host' then host when 'port' then port when 'user' then user
  when 'auto_position' then auto_position when 'ssl' then ssl_allowed when 'ssl_verify' then ssl_verify_server_certificate
  when 'ssl_ca' then nullif(ssl_ca_file, '') when 'get_public_key' then get_public_key
  when 'retry_interval' then connection_retry_interval when 'retry_count' then connection_retry_count
  when 'heartbeat_interval' then heartbeat_interval when 'source_uuid' then nullif(source_uuid, '')
  when 'state' then service_state when 'heartbeats' then count_received_heartbeats
  when 'heartbeat_age' then if(last_heartbeat_timestamp > '1971-01-01', timestampdiff(microsecond, last_heartbeat_timestamp, now(6)) / 1000, null)
  when 'received' then if(length(received_transaction_set) <= 60000, nullif(replace(received_transaction_set, '\n', ''), ''), null)
  when 'received_cut' then if(length(received_transaction_set) > 60000, 'yes', null)
  when 'error' then nullif(last_error_number, 0) when 'error_text' then if(last_error_number > 0, left(last_error_message, 400), null)
  when 'error_age' then if(last_error_number > 0, timestampdiff(microsecond, last_error_timestamp, now(6)) / 1000, null)
  when 'queued_age' then if(queueing_transaction <> '', 0, if(last_queued_transaction_end_queue_timestamp > '1971-01-01', timestampdiff(microsecond, last_queued_transaction_end_queue_timestamp, now(6)) / 1000, null))
  when 'queueing_age' then if(queueing_transaction <> '' and queueing_transaction_original_commit_timestamp > '1971-01-01',
    timestampdiff(microsecond, queueing_transaction_original_commit_timestamp, now(6)) / 1000, null)
  when 'delay' then desired_delay when 'applier' then applier when 'remaining_delay' then remaining_delay
end from channel, field
union all select 'channel.count', count(*) from channel;

-- What each channel's appliers are at: the oldest transaction of those that they apply.
with channel as (
  select row_number() over (order by channel_name) n, channel_name from performance_schema.replication_connection_configuration
), worker as (
  select channel_name, applying_transaction at_work, applying_transaction_original_commit_timestamp committed,
    last_applied_transaction_original_commit_timestamp applied, last_error_number number, last_error_message message
  from performance_schema.replication_applier_status_by_worker
  union all
  select channel_name, processing_transaction, processing_transaction_original_commit_timestamp, null,
    last_error_number, last_error_message
  from performance_schema.replication_applier_status_by_coordinator
), all_of as (
  select n, max(at_work) at_work, min(if(at_work <> '' and committed > '1971-01-01', committed, null)) committed,
    max(if(applied > '1971-01-01', applied, null)) applied, max(number) number, max(if(number > 0, message, null)) message
  from channel left join worker using (channel_name) group by n
)
select concat('channel.', n, '.applying'), nullif(at_work, '') from all_of
union all select concat('channel.', n, '.applying_age'), timestampdiff(microsecond, committed, now(6)) / 1000 from all_of
union all select concat('channel.', n, '.applied_age'), timestampdiff(microsecond, applied, now(6)) / 1000 from all_of
union all select concat('channel.', n, '.applier_error'), nullif(number, 0) from all_of
union all select concat('channel.', n, '.applier_error_text'), left(message, 400) from all_of;

-- Who receives from this server. A replica says its UUID as a variable of its session.
with sender as (
  select row_number() over (order by t.processlist_id) n, t.processlist_id id, t.processlist_user user,
    t.processlist_host address, t.processlist_state state, t.processlist_time seconds,
    (select max(v.variable_value) from performance_schema.user_variables_by_thread v where v.thread_id = t.thread_id
      and v.variable_name in ('replica_uuid', 'slave_uuid')) uuid
  from performance_schema.threads t where t.processlist_command in ('Binlog Dump', 'Binlog Dump GTID') limit 100
)
select concat('sender.', n, '.id'), id from sender
union all select concat('sender.', n, '.user'), user from sender
union all select concat('sender.', n, '.address'), address from sender
union all select concat('sender.', n, '.state'), left(state, 100) from sender
union all select concat('sender.', n, '.seconds'), seconds from sender
union all select concat('sender.', n, '.uuid'), left(convert(uuid using utf8mb4), 36) from sender
union all select 'sender.count', count(*) from sender;

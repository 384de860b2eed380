-- What else the survey asks. @NAMES@: the settings' names.
select concat('setting.', lower(variable_name)), left(variable_value, 1000) from performance_schema.global_variables
where variable_name in (@NAMES@);
select concat('persisted.', lower(variable_name)), left(variable_value, 1000) from performance_schema.persisted_variables
where variable_name in (@NAMES@);
select concat('plugin.', lower(plugin_name)), plugin_status from information_schema.plugins
where plugin_name in ('rpl_semi_sync_source', 'rpl_semi_sync_replica', 'rpl_semi_sync_master', 'rpl_semi_sync_slave', 'clone', 'auth_socket');
select 'events.enabled', count(*) from information_schema.events where status = 'ENABLED';
with long_one as (
  select row_number() over (order by t.trx_started) n, t.trx_mysql_thread_id id,
    timestampdiff(microsecond, t.trx_started, now(6)) / 1000 age, t.trx_rows_modified changed, p.processlist_user user,
    p.processlist_host address
  from information_schema.innodb_trx t left join performance_schema.threads p on p.processlist_id = t.trx_mysql_thread_id
  where t.trx_started < now(6) - interval 5 second and t.trx_mysql_thread_id > 0 and p.type = 'FOREGROUND'
  order by t.trx_started limit 10
)
select concat('long.', n, '.id'), id from long_one
union all select concat('long.', n, '.age'), age from long_one
union all select concat('long.', n, '.rows'), changed from long_one
union all select concat('long.', n, '.user'), user from long_one
union all select concat('long.', n, '.address'), address from long_one
union all select 'long.count', count(*) from long_one;
-- Who holds a lock that an applier waits for: of a table as a whole, or of its rows.
with channel as (
  select row_number() over (order by channel_name) n, channel_name from performance_schema.replication_connection_configuration
), held as (
  select c.n, g.owner_thread_id blocker from channel c
  join performance_schema.replication_applier_status_by_worker w using (channel_name)
  join performance_schema.metadata_locks p on p.owner_thread_id = w.thread_id and p.lock_status = 'PENDING'
  join performance_schema.metadata_locks g on g.object_type = p.object_type and g.object_schema = p.object_schema
    and g.object_name = p.object_name and g.lock_status = 'GRANTED' and g.owner_thread_id <> p.owner_thread_id
  union
  select c.n, l.blocking_thread_id from channel c
  join performance_schema.replication_applier_status_by_worker w using (channel_name)
  join performance_schema.data_lock_waits l on l.requesting_thread_id = w.thread_id
), first_one as (
  select n, t.processlist_id id, t.processlist_user user, t.processlist_host address, t.processlist_time seconds,
    row_number() over (partition by n order by t.processlist_time desc) k
  from held join performance_schema.threads t on t.thread_id = held.blocker where t.processlist_id is not null
)
select concat('channel.', n, '.blocker.id'), id from first_one where k = 1
union all select concat('channel.', n, '.blocker.user'), user from first_one where k = 1
union all select concat('channel.', n, '.blocker.address'), address from first_one where k = 1
union all select concat('channel.', n, '.blocker.age'), seconds * 1000 from first_one where k = 1;
select concat('identity.', name), value from replctl.identity;
-- MySQL 9.7, where its component is installed.
with channel as (
  select row_number() over (order by channel_name) n, channel_name from performance_schema.replication_connection_configuration
)
select concat('channel.', n, '.pending'), transactions_pending_count from channel join performance_schema.replication_applier_metrics using (channel_name)
union all select concat('channel.', n, '.pending_bytes'), transactions_pending_size_bytes_sum from channel join performance_schema.replication_applier_metrics using (channel_name);

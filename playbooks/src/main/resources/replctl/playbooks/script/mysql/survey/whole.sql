-- What else the survey asks. @NAMES@: the settings' names.
select concat('setting.', lower(variable_name)), left(variable_value, 1000) from performance_schema.global_variables
where variable_name in (@NAMES@);
select concat('persisted.', lower(variable_name)), left(variable_value, 1000) from performance_schema.persisted_variables
where variable_name in (@NAMES@);
select concat('plugin.', lower(plugin_name)), plugin_status from information_schema.plugins
where plugin_name in ('rpl_semi_sync_source', 'rpl_semi_sync_replica', 'rpl_semi_sync_master', 'rpl_semi_sync_slave', 'clone', 'auth_socket');
select 'data.schemas', count(*) from information_schema.schemata
where schema_name not in ('mysql', 'sys', 'performance_schema', 'information_schema');
select 'data.accounts', count(*) from mysql.user where user not in ('root', 'debian-sys-maint', 'mysql.sys', 'mysql.session', 'mysql.infoschema')
  and user <> substring_index(current_user(), '@', 1);
select 'events.enabled', count(*) from information_schema.events where status = 'ENABLED';
-- By name, both halves as hexadecimal: a name may hold any character.
select concat('event.', row_number() over (order by event_schema, event_name)), concat(hex(event_schema), '.', hex(event_name))
from information_schema.events where status = 'ENABLED' limit 200;
-- Prepared, and their sessions are gone.
select 'xa.count', count(*) from information_schema.innodb_trx where trx_mysql_thread_id = 0;
-- Who would not let the server close to writes: see part/blockers. A statement of a moment is none.
with blocker as (
  select row_number() over (order by max(t.processlist_time) desc, t.processlist_id) n, t.processlist_id id, max(t.processlist_user) user,
    max(t.processlist_host) address, max(t.processlist_time) seconds,
    max(case when t.processlist_state like 'Waiting for semi-sync ACK from %' then 'ack'
      when t.processlist_command = 'Sleep' then 'locked' else 'statement' end) why
  from performance_schema.metadata_locks m join performance_schema.threads t on t.thread_id = m.owner_thread_id
  where m.object_type in ('GLOBAL', 'COMMIT') and m.lock_type = 'INTENTION_EXCLUSIVE' and m.lock_status = 'GRANTED'
    and t.type = 'FOREGROUND' and t.processlist_command <> 'Daemon' and t.processlist_time >= 2
  group by t.processlist_id limit 10
)
select concat('blocking.', n, '.id'), id from blocker
union all select concat('blocking.', n, '.user'), user from blocker
union all select concat('blocking.', n, '.address'), address from blocker
union all select concat('blocking.', n, '.seconds'), seconds from blocker
union all select concat('blocking.', n, '.why'), why from blocker
union all select 'blocking.count', count(*) from blocker;
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
with newest as (select epoch, server, opened from replctl.epoch order by epoch desc limit 1)
select 'opened.epoch', epoch from newest
union all select 'opened.server', lower(server) from newest
union all select 'opened.transactions', if(length(opened) <= 60000, replace(opened, '\n', ''), null) from newest;
-- MySQL 9.7, where its component is installed.
with channel as (
  select row_number() over (order by channel_name) n, channel_name from performance_schema.replication_connection_configuration
)
select concat('channel.', n, '.pending'), transactions_pending_count from channel join performance_schema.replication_applier_metrics using (channel_name)
union all select concat('channel.', n, '.pending_bytes'), transactions_pending_size_bytes_sum from channel join performance_schema.replication_applier_metrics using (channel_name);
-- Statements that a log of statements would not repeat alike: warning 1592, and those of late that warned of anything.
select 'unsafe.raised', sum_error_raised from performance_schema.events_errors_summary_global_by_error
where error_number = 1592 and sum_error_raised > 0 and @@global.binlog_format <> 'ROW';
with warned as (
  select row_number() over (order by last_seen desc) n, left(digest_text, 120) statement
  from performance_schema.events_statements_summary_by_digest
  where sum_warnings > 0 and @@global.binlog_format <> 'ROW' and schema_name is not null
    and regexp_like(digest_text, '^(insert|update|delete|replace|load|call) ', 'i')
  order by last_seen desc limit 3
)
select concat('unsafe.', n, '.statement'), statement from warned
union all select 'unsafe.count', count(*) from warned;

-- Of survey.sh: what of a server does not change by the second. For psql, which chooses by the server's
-- number what differs from version to version. Rows: key, value, as the server copies them out: one line
-- each, and what is no plain character behind a backslash.

select current_setting('server_version_num')::int >= 140000 as v14,
  current_setting('server_version_num')::int >= 150000 as v15,
  current_setting('server_version_num')::int >= 170000 as v17,
  pg_is_in_recovery() as standby,
  case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end as here
\gset
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

\if :standby
\if :v14
copy (select 'replay.pause_state', pg_get_wal_replay_pause_state()) to stdout;
\endif
\endif

copy (
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
union all select 'slot.count', count(*)::text from s
) to stdout;

copy (
with s as materialized (
  select name, unit, sourcefile, pending_restart, case
    when name in ('archive_command', 'restore_command') then case when setting in ('', '(disabled)') then '' else 'set' end
    when setting = '-1' or unit is null then setting
    when unit in ('ms', 'B') then setting
    when unit = 's' then (setting::numeric * 1000)::text
    when unit = 'min' then (setting::numeric * 60000)::text
    when unit = 'kB' then (setting::numeric * 1024)::text
    when unit = 'MB' then (setting::numeric * 1048576)::text
    when unit ~ '^[0-9]+kB$' then (setting::numeric * 1024 * rtrim(unit, 'kB')::int)::text
    else setting || unit end as setting
  from pg_settings
)
select 'setting.' || name, setting from s where name = any(string_to_array(:'names', ' '))
union all select 'setting_file.' || name, sourcefile from s
  where name = any(string_to_array(:'names', ' ')) and sourcefile is not null
union all select 'setting_context.' || name, context from pg_settings where name = 'restore_command'
union all select 'setting_after.' || name, coalesce(
    (select f.setting from pg_file_settings f where lower(f.name) = s.name order by f.seqno desc limit 1),
    (select b.boot_val from pg_settings b where b.name = s.name))
  from s where pending_restart and unit is null and name = any(string_to_array(:'names', ' '))
union all select 'pending_restart', string_agg(name, ',' order by name) from s where pending_restart
  having count(*) > 0
) to stdout;

copy (
select 'not_applied', string_agg(distinct coalesce(name, sourcefile || ':' || sourceline), ',')
from pg_file_settings where error is not null having count(*) > 0
) to stdout;

copy (select 'primary_conninfo', current_setting('primary_conninfo') where current_setting('primary_conninfo') <> '') to stdout;

copy (
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
  from pg_prepared_xacts having count(*) > 0
) to stdout;

copy (
select f.k, f.v from pg_stat_archiver a cross join lateral (values
  ('archiver.archived', a.archived_count::text),
  ('archiver.failed', a.failed_count::text),
  ('archiver.last_archived_wal', a.last_archived_wal),
  ('archiver.last_archived_age', round(extract(epoch from clock_timestamp() - a.last_archived_time) * 1000)::text),
  ('archiver.last_failed_wal', a.last_failed_wal),
  ('archiver.last_failed_age', round(extract(epoch from clock_timestamp() - a.last_failed_time) * 1000)::text)
) f(k, v) where f.v is not null
) to stdout;

copy (
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
  ('password', case when s.rolpassword is null then 'none' when s.rolpassword like 'SCRAM-SHA-256$%' then 'scram' else 'md5' end),
  ('expires_ms', round(extract(epoch from nullif(s.rolvaliduntil, 'infinity')) * 1000)::text),
  ('settings', (select array_to_string(setconfig, ',') from pg_db_role_setting where setrole = s.oid and setdatabase = 0))
) f(k, v) where f.v is not null
union all select 'role.count', count(*)::text from s
) to stdout;

copy (
with s as (
  select row_number() over () n, x.setting, r.rolname, d.datname
  from pg_db_role_setting c cross join lateral unnest(c.setconfig) x(setting)
  left join pg_roles r on r.oid = c.setrole left join pg_database d on d.oid = c.setdatabase
  where x.setting like 'synchronous_commit=%' limit 50
)
select 'lowered.' || s.n || '.' || f.k, f.v from s cross join lateral (values
  ('role', s.rolname::text), ('database', s.datname::text), ('value', split_part(s.setting, '=', 2))
) f(k, v) where f.v is not null
union all select 'lowered.count', count(*)::text from s
) to stdout;

copy (
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
union all select 'database.count', count(*)::text from d
) to stdout;

copy (
with t as (
  select row_number() over (order by oid) n, oid, spcname, pg_tablespace_location(oid) as location
  from pg_tablespace where oid not in (1663, 1664) limit 100
)
select 'tablespace.' || t.n || '.' || f.k, f.v from t cross join lateral (values
  ('oid', t.oid::text), ('name', t.spcname::text), ('location', t.location)
) f(k, v) where f.v is not null
union all select 'tablespace.count', count(*)::text from t
) to stdout;

copy (
with e as (select row_number() over (order by extname) n, extname, extversion from pg_extension limit 50)
select 'extension.' || e.n || '.' || f.k, f.v from e cross join lateral (values
  ('name', e.extname::text), ('version', e.extversion)
) f(k, v)
union all select 'extension.count', count(*)::text from e
union all select 'publications', count(*)::text from pg_publication
) to stdout;

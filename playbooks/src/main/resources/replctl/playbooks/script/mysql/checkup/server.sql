-- What a checkup asks a server beyond the survey. Rows: key, value; the keys are those of checkup.sh.
set session transaction_read_only = on, max_execution_time = 8000, group_concat_max_len = 60000;
select concat('setting.', lower(variable_name)), left(variable_value, 1000) from performance_schema.global_variables
where variable_name in ('sql_mode', 'lower_case_table_names', 'character_set_server', 'collation_server', 'time_zone',
  'system_time_zone', 'transaction_isolation', 'max_allowed_packet', 'innodb_page_size', 'innodb_buffer_pool_size',
  'binlog_expire_logs_seconds', 'default_storage_engine', 'explicit_defaults_for_timestamp');
select 'plugins', group_concat(name order by name separator '\n') from (
  select plugin_name name from information_schema.plugins where plugin_status = 'ACTIVE' and plugin_library is not null
  union select substring_index(component_urn, '/', -1) from mysql.component) p;
-- All that an account is and may, in one digest: what differs need not be shown, and no password's verifier leaves the host.
select 'accounts', group_concat(concat(digest, ' ', name) order by name separator '\n') from (
  select name, left(sha2(group_concat(may order by may separator '\n'), 256), 16) digest from (
    select concat('''', user, '''@''', host, '''') name, concat_ws(' ', 'is', plugin, hex(authentication_string), ssl_type,
      account_locked, max_connections, max_user_connections) may from mysql.user
    union all select grantee, concat_ws(' ', 'all', privilege_type, is_grantable) from information_schema.user_privileges
    union all select grantee, concat_ws(' ', 'schema', table_schema, privilege_type, is_grantable) from information_schema.schema_privileges
    union all select grantee, concat_ws(' ', 'table', table_schema, table_name, privilege_type, is_grantable) from information_schema.table_privileges
    union all select grantee, concat_ws(' ', 'column', table_schema, table_name, column_name, privilege_type, is_grantable) from information_schema.column_privileges
    union all select concat('''', user, '''@''', host, ''''), concat_ws(' ', 'routine', db, routine_name, routine_type, proc_priv) from mysql.procs_priv
    union all select concat('''', to_user, '''@''', to_host, ''''), concat_ws(' ', 'role', from_user, from_host, with_admin_option) from mysql.role_edges
    union all select concat('''', user, '''@''', host, ''''), concat_ws(' ', 'default', default_role_user, default_role_host) from mysql.default_roles
  ) one where name not like '''mysql.%' and name not in ('''root''@''localhost''', '''debian-sys-maint''@''localhost''')
    and name <> concat('''', replace(current_user(), '@', '''@'''), '''') group by name limit 500
) a;
with keyless as (
  select concat(t.table_schema, '.', t.table_name) name from information_schema.tables t
  where t.table_type = 'BASE TABLE' and t.table_schema not in ('mysql', 'sys', 'performance_schema', 'information_schema')
    and not exists (select 1 from information_schema.table_constraints c where c.table_schema = t.table_schema
      and c.table_name = t.table_name and c.constraint_type = 'PRIMARY KEY')
)
select 'keyless.count', count(*) from keyless
union all select 'keyless.names', group_concat(name separator ', ') from (select name from keyless order by name limit 5) f;
with other as (
  select concat(table_schema, '.', table_name, ' (', engine, ')') name from information_schema.tables
  where table_type = 'BASE TABLE' and engine <> 'InnoDB'
    and table_schema not in ('mysql', 'sys', 'performance_schema', 'information_schema')
)
select 'foreign.count', count(*) from other
union all select 'foreign.names', group_concat(name separator ', ') from (select name from other order by name limit 5) f;
with made as (
  select concat('event ', event_schema, '.', event_name) name, definer from information_schema.events
  union all select concat('routine ', routine_schema, '.', routine_name), definer from information_schema.routines
  union all select concat('trigger ', trigger_schema, '.', trigger_name), definer from information_schema.triggers
  union all select concat('view ', table_schema, '.', table_name), definer from information_schema.views
), orphan as (
  select concat(name, ' of ', definer) name from made
  where not exists (select 1 from mysql.user u where cast(concat(u.user, '@', u.host) as binary) = cast(made.definer as binary))
)
select 'orphan.count', count(*) from orphan
union all select 'orphan.names', group_concat(name separator ', ') from (select name from orphan order by name limit 5) f;
with held as (
  select concat(event_schema, '.', event_name) name from information_schema.events
  where status in ('REPLICA_SIDE_DISABLED', 'SLAVESIDE_DISABLED')
)
select 'held.count', count(*) from held
union all select 'held.names', group_concat(name separator ', ') from (select name from held order by name limit 5) f;

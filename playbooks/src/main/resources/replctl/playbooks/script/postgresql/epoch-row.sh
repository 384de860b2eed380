# The epoch's row in the data: whoever reads the database sees under which epoch it was opened. Written
# by the leader, right after it opened.

row() {
  sql "select coalesce((select leader || ' ' || operation from replctl.epoch where epoch = ${V[promise]:-0}), '')" 2>/dev/null
}

is_done() {
  WHY="table replctl.epoch has no row of this epoch"
  [ "$(row)" = "${V[node_name]:-} ${V[operation]:-}" ]
}

perform() {
  local words leader operation
  [[ ${V[promise]:-} =~ ^[0-9]{1,15}$ ]] || refuse "no epoch was promised"
  literal "${V[node_name]}"; leader=$REPLY
  literal "${V[operation]}"; operation=$REPLY
  words=$(sql "begin;
    set local synchronous_commit = local;
    create schema if not exists replctl;
    create table if not exists replctl.epoch (
      epoch bigint primary key, leader text not null, operation text not null,
      at timestamptz not null default now(), opened pg_lsn not null);
    do \$\$ begin
      if exists (select from pg_class c join pg_roles r on r.oid = c.relowner
          where c.oid = 'replctl.epoch'::regclass and (not r.rolsuper or c.relkind <> 'r')) then
        raise 'table replctl.epoch is not replctl''s own';
      end if;
    end \$\$;
    grant usage on schema replctl to public;
    grant select on replctl.epoch to public;
    insert into replctl.epoch (epoch, leader, operation, opened)
      values (${V[promise]}, $leader, $operation, pg_current_wal_lsn())
      on conflict (epoch) do nothing;
    commit" 2>&1) || fail "$words"
}

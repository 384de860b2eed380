# The epoch's row in the data: whoever reads the database sees under which epoch it was opened. Written
# by the leader, right after it opened. It is read and written as a superuser, so a table that somebody
# else has put in its place is not looked at: a view, a trigger or a rule would run its owner's functions
# with a superuser's rights. Event triggers of the site's own have no say in a change of leader: as in a
# session that applies replicated changes, only those that are to fire always do.

# ours: none, ours or foreign, in REPLY; 1: REPLY says why that can't be told.
ours() {
  REPLY=$(sql "select case when c.oid is null then 'none'
      when o.rolsuper and n.rolsuper and c.relkind = 'r' and not c.relhasrules and not c.relhastriggers
        and not c.relrowsecurity then 'ours'
      else 'foreign' end
    from (values ('replctl')) wanted(schema)
    left join pg_namespace s on s.nspname = wanted.schema
    left join pg_roles n on n.oid = s.nspowner
    left join pg_class c on c.relnamespace = s.oid and c.relname = 'epoch'
    left join pg_roles o on o.oid = c.relowner" 2>&1)
  case $REPLY in none | ours | foreign) ;; *) return 1 ;; esac
}

is_done() {
  ours || { WHY=$REPLY; return 2; }
  WHY="table replctl.epoch has no row of this epoch"
  [ "$REPLY" != foreign ] || WHY="$FOREIGN"
  [ "$REPLY" = ours ] || return 1
  [ "$(sql "select leader || ' ' || operation from replctl.epoch where epoch = ${V[promise]:-0}" 2>/dev/null)" = "${V[node_name]:-} ${V[operation]:-}" ]
}

FOREIGN="table replctl.epoch is not replctl's own: see who made it, and take it away: drop schema replctl cascade"

perform() {
  local words leader operation make=""
  [[ ${V[promise]:-} =~ ^[0-9]{1,15}$ ]] || refuse "no epoch was promised"
  literal "${V[node_name]}"; leader=$REPLY
  literal "${V[operation]}"; operation=$REPLY
  ours || fail "$REPLY"
  [ "$REPLY" != foreign ] || refuse "$FOREIGN"
  [ "$REPLY" = ours ] || make="create schema if not exists replctl;
    do \$\$ begin
      if exists (select from pg_namespace s join pg_roles r on r.oid = s.nspowner
          where s.nspname = 'replctl' and not r.rolsuper) then
        raise 'schema replctl is not replctl''s own';
      end if;
    end \$\$;
    create table replctl.epoch (
      epoch bigint primary key, leader text not null, operation text not null,
      at timestamptz not null default now(), opened pg_lsn not null);
    grant usage on schema replctl to public;
    grant select on replctl.epoch to public;"
  words=$(sql "begin;
    set local synchronous_commit = local;
    set local session_replication_role = replica;
    $make
    insert into replctl.epoch (epoch, leader, operation, opened)
      values (${V[promise]}, $leader, $operation, pg_current_wal_lsn())
      on conflict (epoch) do nothing;
    commit" 2>&1) || fail "$words"
}

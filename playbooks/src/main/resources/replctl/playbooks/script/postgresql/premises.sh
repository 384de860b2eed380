# What setting up wants to know of a host beyond the survey. Changes nothing.
#
# with account/login
# with guard/part/guard
# with guard/part/facts
# with look/rights
# with look/premises
# text GUARD guard/start/guard.list
# text GUARD_UNIT_POSTGRESQL guard/start/unit/postgresql.conf
# text GUARD_UNIT_MYSQL guard/start/unit/mysql.conf
#
# peers      NODE HOST, a line each: every node of the cluster
# host       this node as the others call it
# reader     the role that replctl reads with
# reader_password, reader_verifier   where that role is there and this node leads: what its password
#            is by the operator's word, and a SCRAM verifier of it
# debian     VERSION/NAME of the cluster that Debian's tools would make, or empty
# stanza     of pgBackRest, where one is declared
# guard      yes: what the start guard needs is looked at; of the cluster and node
# cluster, node, engine    names
#
# Facts, and those of guard/part/facts, look/rights and look/premises
#   account_file     the password file's lines without their passwords
#   interrupted      folders that an interrupted operation was filling
#   debian_tools     yes: pg_createcluster is there
#   sockets          yes: this user may make sockets in /var/run/postgresql
#   configured       yes: the configuration's main file is there
#   included         yes: it includes replctl.conf
#   configurable     no: Debian's configuration folder is root's; configurable_why says what to run
#   filled           what is in the data folder, its first names, where nothing of a server's is there
#   membership.ROLE  roles that a role of replctl's is a member of, divided by blanks
#   grant.ROLE       how many of pg_rewind's functions the role may call
#   powers.ROLE      what a role has that replctl does not give: superuser, createrole, createdb,
#                    bypassrls, owner (of something)
#   password.ROLE    same: it is the one that the operator has; other: it is not
#   backup.info      what pgBackRest tells of the stanza, in JSON
#   backup.error     why it tells nothing
#   wins.NAME        FILE:LINE that sets a parameter of replctl.conf after it

is_done() {
  premise_facts
  files
  ground
  guard_facts
  unit_rights
  backups
  [ -z "$BIN" ] || ! server_pid || { server_facts; password_facts; }
  return 0
}

files() {
  [ ! -r "${V[state_directory]}/passfile" ] ||
    fact account_file "$(head -c 20000 "${V[state_directory]}/passfile" | sed 's/:[^:]*$//')"
  [ ! -r "$CLAIM" ] || fact interrupted "$(head -c 4000 "$CLAIM")"
}

ground() {
  local parent
  if command -v pg_createcluster >/dev/null; then fact debian_tools yes; else fact debian_tools no; fi
  if [ -w /var/run/postgresql ]; then fact sockets yes; else fact sockets no; fi
  main_config
  if [ -n "$CONF" ] && [ -f "$REPLY" ]; then
    fact configured yes
    if included; then fact included yes; else fact included no; fi
  else
    fact configured no
    parent=/etc/postgresql/${V[debian]%%/*}
    if [ -n "${V[debian]}" ] && ! { [ -w "$parent" ] || { [ ! -e "$parent" ] && [ -w /etc/postgresql ]; }; }; then
      fact configurable no
      fact configurable_why "install -d -o $(id -un) -g $(id -gn) $parent"
    fi
  fi
  if [ -n "$DATA" ] && [ -d "$DATA" ] && [ ! -e "$DATA/PG_VERSION" ]; then
    fact filled "$(find "$DATA/" -mindepth 1 -maxdepth 1 ! -name lost+found -printf '%f ' | head -c 200)"
  fi
}

# As whom it is asked is who would restore: the server's OS user.
backups() {
  local said code
  [ -n "${V[stanza]:-}" ] || return 0
  command -v pgbackrest >/dev/null || { fact backup.error "pgbackrest is not on this host"; return; }
  said=$(timeout -k 1 10 pgbackrest --stanza="${V[stanza]}" --output=json --log-level-console=off \
    --log-level-stderr=error --log-timestamp=n info 2>&1)
  code=$?
  if [ $code = 0 ] && [ "${#said}" -lt 500000 ]; then
    fact backup.info "$said"
  elif [ $code = 0 ]; then
    fact backup.error "pgbackrest tells more of it than 500000 characters"
  elif [ $code = 124 ]; then
    fact backup.error "pgbackrest does not answer in 10 s"
  else
    fact backup.error "pgbackrest: $(head -n 1 <<<"$said")"
  fi
}

server_facts() {
  local kind name text
  while IFS='|' read -r kind name text; do
    [ -z "$kind" ] || fact "$kind.$name" "$text"
  done < <(sql "
    with ours as (select oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls
                  from pg_roles where rolname in ('replctl_replication', 'replctl_rewind', '${V[reader]//\'/}'))
    select 'membership', rolname, coalesce((select string_agg(m.roleid::regrole::text, ' ' order by 1)
      from pg_auth_members m where m.member = ours.oid), '') from ours
    union all
    select 'grant', rolname, (select count(*)::text from pg_proc p
      where p.oid in ('pg_ls_dir(text,boolean,boolean)'::regprocedure, 'pg_stat_file(text,boolean)'::regprocedure,
                      'pg_read_binary_file(text)'::regprocedure,
                      'pg_read_binary_file(text,bigint,bigint,boolean)'::regprocedure)
        and has_function_privilege(ours.oid, p.oid, 'execute')) from ours
    union all
    select 'powers', rolname, concat_ws(' ', case when rolsuper then 'superuser' end,
      case when rolcreaterole then 'createrole' end, case when rolcreatedb then 'createdb' end,
      case when rolbypassrls then 'bypassrls' end,
      case when exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass
        and d.refobjid = ours.oid and d.deptype = 'o') then 'owner' end) from ours
    union all
    select 'wins', f.name, w.sourcefile || ':' || w.sourceline
      from pg_file_settings f
      join lateral (select * from pg_file_settings o where lower(o.name) = lower(f.name)
                    order by seqno desc limit 1) w on true
     where f.sourcefile like '%/replctl.conf' and w.sourcefile not like '%/replctl.conf'" 2>/dev/null)
}

# The verifier that replctl itself has set says it at once. One with another salt was set by somebody
# else, or for another password: only a login tells. Where that fails for another reason, nothing is
# said.
password_facts() {
  local row
  [ -n "${V[reader_password]:-}" ] || return 0
  literal "${V[reader]}"
  row=$(sql "select rolpassword from pg_authid where rolname = $REPLY" 2>/dev/null) && [ -n "$row" ] || return 0
  if [ "$row" = "${V[reader_verifier]}" ] ||
    login_works "${V[reader]}" "${V[reader_password]}" "${V[host]}" no 'select 1'; then
    fact "password.${V[reader]}" same
  elif [[ $WHY == *"password authentication failed for user"* ]]; then
    fact "password.${V[reader]}" other
  fi
}

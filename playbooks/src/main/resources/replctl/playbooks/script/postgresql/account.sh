# One role of replctl's on the leader, with just the rights that its work needs.
#
# role          its name
# replication   yes: it may replicate
# member_of     roles, divided by blanks
# functions     signatures, a line each, that it may execute
# verifier      its password as a SCRAM verifier, so that no log holds the password
# password      its password: to see that a login works
# host          this node as the others call it: the certificate must say so
#
# A role of that name with powers that replctl does not give was made by somebody else for something
# else, and is left alone.
#
# with account/login

is_done() {
  local row
  name_of_role
  row=$(sql "select rolcanlogin, rolreplication, rolpassword ~ '^SCRAM-SHA-256', rolconnlimit,
      coalesce(rolvaliduntil < now(), false)
    from pg_authid where rolname = $ROLE_TEXT" 2>&1) || { WHY="$row"; return 2; }
  [ -n "$row" ] || { WHY="there is no role ${V[role]}"; return 1; }
  [ "$row" = "t|$([ "${V[replication]}" = yes ] && echo t || echo f)|t|-1|f" ] ||
    { WHY="role ${V[role]} has other attributes"; return 1; }
  row=$(missing_rights) || { WHY="$row"; return 2; }
  [ -z "$row" ] || { WHY="role ${V[role]} lacks $row"; return 1; }
  login_works "${V[role]}" "${V[password]}" "${V[host]}" "${V[replication]}" "${V[probe]}"
}

perform() {
  local row words member function text
  name_of_role
  [ "$(sql 'select pg_is_in_recovery()')" = f ] || refuse "it is not the leader"
  row=$(foreign) || refuse "$row"
  [ -z "$row" ] || refuse "role ${V[role]} is somebody else's: it has $row"
  literal "${V[verifier]}"
  text="login $([ "${V[replication]}" = yes ] && echo replication || echo noreplication)
    nosuperuser nocreatedb nocreaterole nobypassrls connection limit -1 valid until 'infinity' password $REPLY"
  if [ -n "$(sql "select 1 from pg_roles where rolname = $ROLE_TEXT")" ]; then
    text="alter role $ROLE $text"
  else
    text="create role $ROLE $text"
  fi
  for member in ${V[member_of]}; do
    name "$member"
    text+="; grant $REPLY to $ROLE"
  done
  while IFS= read -r function; do
    [ -z "$function" ] || text+="; grant execute on function $function to $ROLE"
  done <<<"${V[functions]}"
  words=$(sql "begin; $text; commit" 2>&1) || fail "$words"
}

name_of_role() {
  name "${V[role]}"; ROLE=$REPLY
  literal "${V[role]}"; ROLE_TEXT=$REPLY
}

missing_rights() {
  local members functions
  literal "${V[member_of]}"; members=$REPLY
  literal "${V[functions]%$'\n'}"; functions=$REPLY
  sql "select coalesce(string_agg(what, ', '), '') from (
      select m as what from regexp_split_to_table($members, ' +') m
       where m <> '' and not exists (select from pg_auth_members a where a.member = $ROLE_TEXT::regrole and a.roleid::regrole::text = m)
      union all
      select 'the right to execute ' || f from regexp_split_to_table($functions, '\n') f
       where f <> '' and not has_function_privilege($ROLE_TEXT, f, 'execute')) lacks" 2>&1
}

foreign() {
  sql "select coalesce(string_agg(what, ', '), '') from (
      select unnest(array[case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end,
        case when rolcreatedb then 'createdb' end, case when rolbypassrls then 'bypassrls' end,
        case when rolreplication and '${V[replication]}' <> 'yes' then 'replication' end,
        case when exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass
          and d.refobjid = r.oid and d.deptype = 'o') then 'objects of its own' end]) as what
      from pg_authid r where rolname = $ROLE_TEXT) powers where what is not null" 2>&1
}

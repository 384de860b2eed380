# What setting up wants to know of a host beyond the survey. Changes nothing.
#
# with account/login
# with guard/part/guard
# with guard/part/facts
# with look/rights
# with look/premises
# with part/size
# text GUARD guard/start/guard.list
# text GUARD_UNIT_POSTGRESQL guard/start/unit/postgresql.conf
# text GUARD_UNIT_MYSQL guard/start/unit/mysql.conf
#
# reader     the account that replctl reads with
# reader_password   where this node leads: what its password is by the operator's word
# guard      yes: what the start guard needs is looked at; of the cluster and node
# cluster, node, engine    names
#
# Facts, and those of guard/part/facts, look/rights and look/premises
#   options.own       yes: the folder of replctl's own file of options is the server's user's; else it is root's
#   options.lacks     the rule that sudo lacks for that file
#   clone.bytes       what a copy of this server would take
#   account.NAME      GRANT lines of an account of replctl's, where it is there
#   attributes.NAME   plugin, ssl_type, account_locked, password_expired of it
#   password.NAME     same: it is the one that the operator has; other: it is not

is_done() {
  premise_facts
  guard_facts
  unit_rights
  options
  ! server_pid || { accounts; clone_size; }
  return 0
}

options() {
  [ -n "${V[config_file]:-}" ] || return 0
  [ ! -w "${V[config_file]%/*}" ] || { fact options.own yes; return 0; }
  as_root may-install-options || [ "$ROOT_CODE" != 1 ] || fact options.lacks "$ROOT_WORDS"
}

accounts() {
  local name said
  for name in "${V[reader]}" replctl_replication replctl_clone; do
    literal "$name"
    said=$(sql "select concat_ws(' ', plugin, ssl_type, account_locked, password_expired) from mysql.user where user = $REPLY and host = '%'" 2>/dev/null)
    [ -n "$said" ] || continue
    fact "attributes.$name" "$said"
    fact "account.$name" "$(sql "show grants for $REPLY@'%'" 2>/dev/null)"
  done
  [ -n "${V[reader_password]:-}" ] || return 0
  if login_works "${V[reader]}" "${V[reader_password]}" 'select 1'; then
    fact "password.${V[reader]}" same
  elif [[ $WHY == *"ERROR 1045 "* ]]; then
    fact "password.${V[reader]}" other
  fi
}

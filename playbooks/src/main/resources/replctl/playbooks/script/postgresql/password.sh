# Another password of a role of replctl's, on the leader. Sessions that are open stay open.
#
# role          its name
# replication   yes: it may replicate
# verifier      the password as a SCRAM verifier, so that no log holds it
# password      the password: a login with it must work
# other         the one that it has in place of: no login with it may work
# host          this node as the others call it: the certificate must say so
# probe         what a login with it can run
#
# with account/login

is_done() {
  local row words
  literal "${V[role]}"
  row=$(sql "select rolpassword from pg_authid where rolname = $REPLY" 2>&1) || { WHY=$row; return 2; }
  [ "$row" = "${V[verifier]}" ] || { WHY="role ${V[role]} has another password"; return 1; }
  login_works "${V[role]}" "${V[password]}" "${V[host]}" "${V[replication]}" "${V[probe]}" || return 1
  # By the same way, at the same moment: what fails with it is the password.
  ! login_works "${V[role]}" "${V[other]}" "${V[host]}" "${V[replication]}" "${V[probe]}" ||
    { WHY="role ${V[role]} is still let in with the password that was to go"; return 1; }
}

perform() {
  local words
  [ "$(sql 'select pg_is_in_recovery()')" = f ] || refuse "it is not the leader"
  name "${V[role]}"; words=$REPLY
  literal "${V[verifier]}"
  words=$(sql "alter role $words password $REPLY" 2>&1) || fail "$words"
}

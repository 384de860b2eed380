# Another password of an account of replctl's, on the leader. MySQL lets in by two at a time: while followers change over,
# both; then the new one alone. Sessions that are open stay open.
#
# user       its name, at any host
# password   the password
# other      the one that it has in place of
# both       yes: a login with either works; no: with the first alone
# probe      what a login with it can run
#
# with account/login

is_done() {
  answers || { WHY="the server does not answer: $ANSWER"; return 2; }
  login_works "${V[user]}" "${V[password]}" "${V[probe]}" || return 1
  if [ "${V[both]}" = yes ]; then
    login_works "${V[user]}" "${V[other]}" "${V[probe]}" || return 1
  else
    # By the same way, at the same moment: what fails with it is the password.
    ! login_works "${V[user]}" "${V[other]}" "${V[probe]}" ||
      { WHY="account ${V[user]} is still let in with the password that was to go"; return 1; }
  fi
}

perform() {
  local user new text=""
  asked "select @@global.read_only or @@global.super_read_only"
  [ "$REPLY" = 0 ] || refuse "it is not the leader: $REPLY"
  literal "${V[user]}"; user=$REPLY@\'%\'
  literal "${V[password]}"; new=$REPLY
  if [ "${V[both]}" = yes ]; then
    # What is kept is the one in use: were it another one, whoever logs in with what lies with the operator is shut out.
    login_works "${V[user]}" "${V[other]}" "${V[probe]}" ||
      refuse "the password that is to be kept meanwhile does not let in: replctl init sets it"
    text="alter user $user identified by $new retain current password"
  else
    login_works "${V[user]}" "${V[password]}" "${V[probe]}" || text="alter user $user identified by $new; "
    text+="alter user $user discard old password"
  fi
  asked "$text"
  [ -z "$REPLY" ] || fail "${REPLY//"${V[password]}"/***}"
}

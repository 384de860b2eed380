# A login with an account's password. Part of account.sh and premises.sh.

# login_works USER PASSWORD STATEMENT: a true login, over TCP and TLS, through this host's own loopback; that the
# certificate is the authority's is seen, and not for which name. 1 and WHY: it does not.
login_works() {
  local words ca=${V[state_directory]}/tls/ca.crt mode=VERIFY_CA
  [ -r "$ca" ] || { mode=REQUIRED ca=""; }
  escaped "$2"
  words=$("$CLIENT" --defaults-file=<(printf '[client]\nuser="%s"\npassword="%s"\n' "$1" "$REPLY") --protocol=TCP \
    --host=127.0.0.1 --port="$PORT" --ssl-mode=$mode ${ca:+--ssl-ca="$ca"} --connect-timeout=5 --batch \
    --skip-column-names -e "$3" 2>&1 >/dev/null 3>&- 4<&-) && return 0
  WHY="account $1 can't log in: $words"
  return 1
}

# As a file of options has it: \ and " stand for themselves behind a \.
escaped() {
  REPLY=${1//\\/\\\\}
  REPLY=${REPLY//\"/\\\"}
}

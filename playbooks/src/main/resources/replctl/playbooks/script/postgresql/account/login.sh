# A login with a role's password. Part of account.sh and premises.sh.

# login_works ROLE PASSWORD HOST REPLICATION PROBE: a true login, over TCP, verified as a follower
# would, through this host's own loopback. 1 and WHY: it does not.
login_works() {
  local file=${V[state_directory]}/login.$$ words rc kind=""
  [ "$4" != yes ] || kind=" replication=true"
  escaped "$2"
  (umask 077; printf '*:*:*:*:%s\n' "$REPLY" >"$file") || { WHY="cannot write $file"; return 2; }
  words=$("$BIN/psql" -XAtq -d "host=$3 hostaddr=127.0.0.1 port=$PORT dbname=postgres user=$1 passfile=$file sslmode=verify-full sslrootcert=${V[state_directory]}/tls/ca.crt$kind" \
    -c "$5" 2>&1)
  rc=$?
  rm -f "$file"
  [ $rc = 0 ] || { WHY="role $1 can't log in: $words"; return 1; }
}

escaped() {
  REPLY=${1//\\/\\\\}
  REPLY=${REPLY//:/\\:}
}

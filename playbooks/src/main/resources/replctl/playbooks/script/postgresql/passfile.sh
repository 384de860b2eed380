# The password file with which this node logs in to the others. The passwords never leave it.
#
# hosts         HOST PORT, a line each: every node
# replication, rewind, reader          roles
# replication_password, ...            their passwords
# replication_verifier, ...            where they are new: their SCRAM verifiers. This node's own server must have them
#               before its password file has: whoever leads after it has them too then
# patience      seconds for that

is_done() {
  wanted || return 2
  says "$FILE" 600 "$REPLY" || { WHY="$FILE is missing or says something else"; return 1; }
}

perform() {
  wanted || refuse "$WHY"
  [ -z "${V[replication_verifier]:-}" ] || soon "${V[patience]}" has_them || refuse "$WHY; nothing was written"
  wanted
  put "$FILE" 600 "$REPLY" || refuse "$WHY"
}

# has_them: whether this node's own server has the passwords, received and applied.
has_them() {
  local role row
  for role in replication rewind; do
    literal "${V[$role]}"
    row=$(sql "select rolpassword from pg_authid where rolname = $REPLY" 2>&1)
    [ "$row" = "${V[${role}_verifier]}" ] || { WHY="its own server does not have the new password of ${V[$role]}"; return 1; }
  done
}

FILE=${V[state_directory]}/passfile

# escaped TEXT: in a password file a colon and a backslash stand behind a backslash; in REPLY.
escaped() {
  REPLY=${1//\\/\\\\}
  REPLY=${REPLY//:/\\:}
}

wanted() {
  local host port role line text=""
  for role in replication rewind; do
    [[ ${V[${role}_password]} != *$'\n'* ]] || { WHY="a password with a line end can't be in a password file"; return 1; }
  done
  while read -r host port; do
    [ -n "$host" ] || continue
    for role in replication rewind; do
      escaped "$host"; line=$REPLY:$port:*
      escaped "${V[$role]}"; line+=:$REPLY
      escaped "${V[${role}_password]}"
      text+=$line:$REPLY$'\n'
    done
  done <<<"${V[hosts]}"
  REPLY=$text
}

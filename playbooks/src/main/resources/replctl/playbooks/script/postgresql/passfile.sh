# The password file with which this node logs in to the others. The passwords never leave it.
#
# hosts         HOST PORT, a line each: every node
# replication, rewind, reader          roles
# replication_password, ...            their passwords

is_done() {
  wanted || return 2
  says "$FILE" 600 "$REPLY" || { WHY="$FILE is missing or says something else"; return 1; }
}

perform() {
  wanted || refuse "$WHY"
  put "$FILE" 600 "$REPLY" || refuse "$WHY"
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

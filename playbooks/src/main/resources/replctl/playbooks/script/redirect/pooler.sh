# Has a database of PgBouncer lead to the leader: one file of its configuration, which it includes, and its
# admin console.
#
# wish              lead, or look: whether the console answers and the file can be written and is included
# socket, port      the folder of PgBouncer's socket, or the address where it listens here
# user, password    who may use the console; without a password the socket tells PgBouncer that it is its
#                   own user who asks
# database, at      what clients ask for, and what that is called on the server
# options           further settings of that database, NAME='VALUE', divided by blanks
# file              written whole
# leader_host, leader_port, cluster

FILE=${V[file]}
TEXT="; replctl writes this file: where cluster ${V[cluster]:-} is led from.
[databases]
${V[database]} = host='${V[leader_host]:-}' port=${V[leader_port]:-} dbname='${V[at]:-}'${V[options]:+ ${V[options]}}
"

well_formed() {
  WHY="not what PgBouncer's configuration can hold: ${V[database]}, ${V[at]:-}, ${V[leader_host]:-}:${V[leader_port]:-}, ${V[options]:-}"
  [[ ${V[database]} =~ ^[A-Za-z_][A-Za-z0-9_.-]{0,62}$ && ${V[at]:-} =~ ^[A-Za-z_][A-Za-z0-9_.-]{0,62}$ ]] &&
    [[ ${V[leader_host]:-} =~ ^[A-Za-z0-9_.:%-]{1,255}$ && ${V[options]:-} != *[$'\n\r;\\']* ]] &&
    whole "${V[leader_port]:-}" 65535
}

# psql's program, in REPLY: a distribution has it in the path, or in a folder for each version.
client() {
  local each
  REPLY=$(command -v psql) && return 0
  for each in /usr/pgsql-*/bin/psql /usr/lib/postgresql/*/bin/psql; do
    [ ! -x "$each" ] || REPLY=$each
  done
  [ -n "$REPLY" ] && return 0
  WHY="there is no psql here, which asks PgBouncer's console"
  return 1
}

# console COMMAND: what it says, in REPLY: a line of names first, fields divided by |.
console() {
  local psql
  client || return 2
  psql=$REPLY
  REPLY=$(
    [ -z "${V[password]:-}" ] || export PGPASSWORD=${V[password]}
    PGCONNECT_TIMEOUT=5 timeout 10 "$psql" -XAqw -P footer=off -v ON_ERROR_STOP=1 -h "${V[socket]}" -p "${V[port]}" \
      -U "${V[user]}" -d pgbouncer -c "$1" 2>&1 3>&- 4<&- 9>&-
  ) && return 0
  WHY="PgBouncer's console (${V[socket]}, port ${V[port]}, user ${V[user]}): $1: $REPLY"
  return 2
}

# database: HOST, PORT, AT, PAUSED and DISABLED of the database, as PgBouncer has it now.
database() {
  local line names=() fields=() i
  HOST="" PORT="" AT="" PAUSED="" DISABLED="" FOUND=no
  console "SHOW DATABASES" || return 2
  while IFS= read -r line; do
    IFS='|' read -r -a fields <<<"$line"
    if [ ${#names[@]} = 0 ]; then
      names=("${fields[@]}")
      continue
    fi
    [ "${fields[0]:-}" = "${V[database]}" ] || continue
    FOUND=yes
    for i in "${!names[@]}"; do
      case ${names[i]} in
        host) HOST=${fields[i]:-} ;;
        port) PORT=${fields[i]:-} ;;
        database) AT=${fields[i]:-} ;;
        paused) PAUSED=${fields[i]:-} ;;
        disabled) DISABLED=${fields[i]:-} ;;
      esac
    done
  done <<<"$REPLY"
}

is_done() {
  if [ "${V[wish]}" = look ]; then
    usable
    return
  fi
  well_formed || return 2
  database || return 2
  if [ "$HOST $PORT $AT $PAUSED" != "${V[leader_host]} ${V[leader_port]} ${V[at]} 0" ]; then
    WHY="PgBouncer's database ${V[database]} leads to ${HOST:-nowhere}${PORT:+:$PORT}"
    [ "$PAUSED" != 1 ] || WHY+=", and is paused"
    return 1
  fi
  same_text || { WHY="$FILE says otherwise"; return 1; }
  [ "$DISABLED" != 1 ] || fact note "PgBouncer's database ${V[database]} is disabled: nobody is let in"
}

same_text() { contents "$FILE" && [ "$REPLY" = "$TEXT" ]; }

usable() {
  local conf
  may_write || { WHY="$(id -un) can't write $FILE"; return 1; }
  console "SHOW CONFIG" || return 1
  conf=$(sed -n 's/^conffile|\([^|]*\).*/\1/p' <<<"$REPLY")
  [ -r "$conf" ] || return 0
  grep -qE "^[[:space:]]*%include[[:space:]]+$(sed 's/[.[\*^$+?(){}|]/\\&/g' <<<"$FILE")[[:space:]]*$" "$conf" && return 0
  WHY="$conf does not include $FILE: write as its last line: %include $FILE"
  return 1
}

may_write() { [ -w "$FILE" ] || { [ ! -e "$FILE" ] && [ -w "${FILE%/*}" ]; }; }

perform() {
  [ "${V[wish]}" = lead ] || refuse "it only looks"
  well_formed || refuse "$WHY"
  database || refuse "$WHY"
  may_write || refuse "$(id -un) can't write $FILE"
  # In a folder that is not its own it can be written over, and not be replaced.
  if ! same_text; then
    if [ -w "${FILE%/*}" ]; then
      put "$FILE" 640 "$TEXT" || fail "$WHY"
    else
      { printf '%s' "$TEXT" >"$FILE" && sync "$FILE"; } || fail "cannot write $FILE"
    fi
  fi
  console RELOAD || fail "$WHY"
  # To wait until clients leave the old leader by themselves may take for ever; and a server that could not be
  # reached is tried again after server_login_retry (15 s) only, unless its connections are killed.
  console "KILL \"${V[database]}\"" || fail "$WHY"
  console "RESUME \"${V[database]}\"" || fail "$WHY; clients wait until somebody resumes it"
}

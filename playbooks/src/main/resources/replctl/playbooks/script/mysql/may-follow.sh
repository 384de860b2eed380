# Whether this node may log in to another to receive from it, and finds that server there: asked before a leader is
# closed, so that nobody is left who can't follow the next one.
#
# source_host, source_port   of the other one
# source_uuid                the server that must be there; may be absent
# password                   of account replctl_replication
# trial                      seconds until it must work, default 0: at once

CA=${V[state_directory]}/tls/ca.crt

# The password goes by a pipe: neither arguments nor the environment show it.
login() {
  local password=${V[password]//\\/\\\\}
  "$CLIENT" --defaults-file=<(printf '[client]\npassword="%s"\n' "${password//\"/\\\"}") --protocol=TCP --host="${V[source_host]}" \
    --port="${V[source_port]}" --user=replctl_replication --ssl-mode=VERIFY_IDENTITY --ssl-ca="$CA" --connect-timeout=5 \
    --batch --skip-column-names -e 'select @@server_uuid' 2>&1 3>&- 4<&- 9>&-
}

is_done() {
  local there
  WHY="it was not asked yet"
  [ "${ASKED:-no}" = yes ] || return 1
  [ -r "$CA" ] || { WHY="there is no $CA to know others by"; return 1; }
  there=$(login) || { WHY="it can't log in to ${V[source_host]}: $there"; return 1; }
  [ -z "${V[source_uuid]:-}" ] || [ "$there" = "${V[source_uuid]}" ] ||
    { WHY="it finds server $there at ${V[source_host]}:${V[source_port]}, not ${V[source_uuid]}"; return 1; }
}

perform() {
  ASKED=yes
  soon "${V[trial]:-0}" is_done || refuse "$WHY"
}

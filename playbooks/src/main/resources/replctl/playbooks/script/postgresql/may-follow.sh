# Whether this node may log in to another to receive from it, and finds the same cluster there: asked
# before a leader is closed, so that nobody is left who can't follow the next one.
#
# conninfo   as primary_conninfo will be
# identity   the system identifier that must be found there
# patience   seconds until it must work, default 0: at once

is_done() {
  local row
  WHY="it was not asked yet"
  [ "${ASKED:-no}" = yes ] || return 1
  row=$("$BIN/psql" -XAtq -d "${V[conninfo]} replication=true connect_timeout=5" -c 'IDENTIFY_SYSTEM' 2>&1) ||
    { WHY="$row"; return 1; }
  [ "${row%%|*}" = "${V[identity]}" ] || { WHY="it finds cluster ${row%%|*} there"; return 1; }
}

perform() {
  ASKED=yes
  soon "${V[patience]:-0}" is_done || refuse "$WHY"
}

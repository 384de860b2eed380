# Makes an empty server's data, with checksums, and its configuration where Debian keeps that apart.
# Does not start it.
#
# debian      VERSION/NAME: made known to Debian's tools and its units; empty: initdb alone
# wal         folder of its own for the log, empty: inside the data folder
#
# The locale is C.UTF-8: its order of strings does not change with the operating system's library, as
# others' does, which breaks indexes when nodes are upgraded one after the other.

is_done() {
  [ -f "$DATA/PG_VERSION" ] && identity || { WHY="there is no server in $DATA"; return 1; }
  fact system_identifier "$REPLY"
  main_config
  [ -f "$REPLY" ] || { WHY="its configuration $REPLY is missing"; return 1; }
  ! claimed "$DATA" || { WHY="$DATA is half made"; return 1; }
}

perform() {
  local words
  local -a folders options=(--data-checksums --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8)
  ! any_process || refuse "processes have $DATA open"
  [ ! -f "$DATA/PG_VERSION" ] || claimed "$DATA" || refuse "$DATA holds a server already"
  folders=("$DATA")
  [ -z "${V[wal]}" ] || folders+=("${V[wal]}")
  [ -z "${V[debian]}" ] || folders+=("$CONF")
  claim "${folders[@]}" || refuse "$WHY"
  mkdir -p "$DATA" && chmod 700 "$DATA" || refuse "cannot make $DATA"
  [ -z "${V[wal]}" ] || options+=(--waldir="${V[wal]}")
  words=$(without_lock "$BIN/initdb" -D "$DATA" "${options[@]}" 2>&1) || {
    empty "$DATA"
    refuse "initdb: $(tail -n 3 <<<"$words")"
  }
  if [ -n "${V[debian]}" ] && [ "$CONF" != "$DATA" ]; then
    debian_configure || { empty "$DATA"; empty "$CONF"; refuse "$WHY"; }
  fi
  unclaim
}

# Debian's tools take over a folder made by initdb: the three configuration files move to /etc.
debian_configure() {
  local words
  words=$(without_lock pg_createcluster "${V[debian]%%/*}" "${V[debian]#*/}" -d "$DATA" -p "$PORT" \
    ${V[socket_directory]:+-s "${V[socket_directory]}"} 2>&1) ||
    { WHY="pg_createcluster: $(tail -n 2 <<<"$words")"; return 1; }
}

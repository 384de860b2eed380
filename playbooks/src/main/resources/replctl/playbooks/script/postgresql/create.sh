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
  local -a folders=("$DATA")
  ! any_process || refuse "processes have $DATA open"
  [ ! -f "$DATA/PG_VERSION" ] || claimed "$DATA" || refuse "$DATA holds a server already"
  [ -z "${V[wal]}" ] || folders+=("${V[wal]}")
  [ -z "${V[debian]}" ] || folders+=("$CONF")
  claim "${folders[@]}" || refuse "$WHY"
  if [ -n "${V[debian]}" ]; then
    debian_create "$DATA" /etc/postgresql-common/createcluster.conf --data-checksums || half_made
  else
    plain_create || half_made
  fi
  unclaim
}

# Nothing of it stays.
half_made() {
  local why=$WHY folder
  while IFS= read -r folder; do empty "$folder"; done < <(cat "$CLAIM")
  refuse "$why"
}

plain_create() {
  local words
  local -a options=(--data-checksums --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8)
  [ -z "${V[wal]}" ] || options+=(--waldir="${V[wal]}")
  words=$(without_lock "$BIN/initdb" -D "$DATA" "${options[@]}" 2>&1) ||
    { WHY="initdb: $(tail -n 3 <<<"$words")"; return 1; }
}

# Where Debian keeps a server's configuration apart from its data: makes that configuration for a
# server whose data will be copied. Elsewhere it comes with the copy, and there is nothing to do.
#
# debian     VERSION/NAME, or empty

is_done() {
  if [ -z "${V[debian]}" ] || [ "$CONF" = "$DATA" ]; then return 0; fi
  [ -f "$CONF/postgresql.conf" ] || { WHY="$CONF/postgresql.conf is missing"; return 1; }
  [ "$(data_directory)" = "$DATA" ] || { WHY="$CONF/postgresql.conf is of a server in $(data_directory)"; return 1; }
}

data_directory() { sed -n "s/^data_directory *= *'\([^']*\)'.*/\1/p" "$CONF/postgresql.conf" | tail -n 1; }

# Debian's tool writes a configuration only for a server that it makes or finds: it is given one that
# lives in the state folder until then.
perform() {
  local words version=${V[debian]%%/*} name=${V[debian]#*/} scratch=${V[state_directory]}/scratch
  if [ -f "$CONF/postgresql.conf" ]; then
    [ "$(data_directory)" = "$scratch" ] || refuse "$WHY"
  else
    rm -rf "$scratch"
    words=$(without_lock "$BIN/initdb" -D "$scratch" --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync 2>&1) ||
      refuse "initdb: $(tail -n 2 <<<"$words")"
    words=$(without_lock pg_createcluster "$version" "$name" -d "$scratch" -p "$PORT" \
      ${V[socket_directory]:+-s "${V[socket_directory]}"} 2>&1) ||
      refuse "pg_createcluster: $(tail -n 2 <<<"$words")"
  fi
  words=$(pg_conftool "$version" "$name" set data_directory "$DATA" 2>&1) || fail "pg_conftool: $words"
  rm -rf "$scratch"
}

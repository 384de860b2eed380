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

# Debian's tool writes a configuration only for a server that it makes: it makes one in the state
# folder, which goes away when the configuration is that of the copy to come.
perform() {
  local words version=${V[debian]%%/*} name=${V[debian]#*/} state=${V[state_directory]}
  if [ -f "$CONF/postgresql.conf" ]; then
    [ "$(data_directory)" = "$state/scratch" ] || claimed "$CONF" || refuse "$WHY"
  fi
  if ! [ -f "$CONF/postgresql.conf" ] || claimed "$CONF"; then
    claim "$CONF" "$state/scratch" || refuse "$WHY"
    # The log's own folder, where the host's settings name one, is for the copy.
    sed -E '/^[[:space:]]*(wal|xlog)dir\b/d' /etc/postgresql-common/createcluster.conf >"$state/createcluster.conf" 2>/dev/null
    debian_create "$state/scratch" "$state/createcluster.conf" --no-sync || refuse "$WHY"
    unclaim
  fi
  words=$(pg_conftool "$version" "$name" set data_directory "$DATA" 2>&1) || fail "pg_conftool: $words"
  rm -rf "$state/scratch" "$state/createcluster.conf"
}

# The files in a data folder that are not the database's: configuration, certificates, whatever an operator
# has put there. A rewind and a copy bring the leader's instead. Part of rewind.sh, set-aside.sh and
# own-files.sh; they are kept in OWN, in the state folder, from before until after.

OWN=${V[state_directory]}/own

# own_names: their names, in the array NAMES.
own_names() {
  local entry name
  NAMES=()
  for entry in "$DATA"/* "$DATA"/.[!.]*; do
    [ -e "$entry" ] || continue
    name=${entry##*/}
    case $name in
      .replctl-* | lost+found | PG_VERSION | base | global | log | postmaster.* | backup_* | tablespace_map* | \
        current_logfiles* | standby.signal | recovery.* | core | core.*) continue ;;
      pg_hba.conf | pg_ident.conf) ;;
      pg_*) continue ;;
    esac
    NAMES+=("$name")
  done
}

# keep_own: unless they are kept already: then what lies in the data folder may be the leader's.
keep_own() {
  local name
  [ ! -d "$OWN" ] || return 0
  own_names
  rm -rf "$OWN.new" && mkdir -m 700 "$OWN.new" || { WHY="cannot make $OWN"; return 1; }
  for name in "${NAMES[@]}"; do
    cp -a "$DATA/$name" "$OWN.new/$name" || { WHY="cannot keep $DATA/$name"; return 1; }
  done
  sync -f "$OWN.new" && mv "$OWN.new" "$OWN" && sync "${OWN%/*}" && return 0
  WHY="cannot keep the files of $DATA that are not the database's"
  return 1
}

# give_back_own: they take the place of what is there under their names, and what is there besides goes.
# postgresql.auto.conf is the caller's: it says whom to follow.
give_back_own() {
  local name
  [ -d "$OWN" ] || return 0
  own_names
  for name in "${NAMES[@]}"; do
    [ "$name" = postgresql.auto.conf ] || [ -e "$OWN/$name" ] || rm -rf "${DATA:?}/$name" ||
      { WHY="cannot take away $DATA/$name"; return 1; }
  done
  for name in "$OWN"/* "$OWN"/.[!.]*; do
    [ -e "$name" ] || continue
    name=${name##*/}
    [ "$name" != postgresql.auto.conf ] || continue
    { rm -rf "${DATA:?}/$name" && cp -a "$OWN/$name" "$DATA/$name"; } || { WHY="cannot put back $DATA/$name"; return 1; }
  done
  sync -f "$DATA"
}

forget_own() { rm -rf "$OWN" "$OWN.new"; }

# Makes this node's data a copy of another node's, ready to start as its follower: by pg_basebackup, or from a
# backup of pgBackRest's, from which its restore_command then leads on. The copy is made in
# a folder beside, and takes its place by a rename when it is whole: so it is never there in part, and
# never without standby.signal. A folder that has anything in it is left alone.
#
# conninfo, slot   what the follower will receive with; the copy goes the same way
# copies           the system identifier that the source must have
# tablespaces, wal as slot.sh found them on the source
# same_host        yes: the source's folders are this host's too
# sync_names       what synchronous_standby_names is to be if this node leads
# sync_commit      and synchronous_commit
# rate             kilobytes a second, or empty: pgBackRest knows no such limit
# stanza, backup   where it is made from a backup: pgBackRest's names of them

STATE=${V[state_directory]}

is_done() {
  [ -f "$DATA/PG_VERSION" ] && identity || { WHY="there is no server in $DATA"; return 1; }
  [ "$REPLY" = "${V[copies]}" ] || { WHY="$DATA belongs to cluster $REPLY"; return 1; }
  ! [ -f "$CLAIM" ] || { WHY="the copy in $DATA is not whole"; return 1; }
  [ -f "$DATA/standby.signal" ] || server_pid || { WHY="$DATA/standby.signal is missing"; return 1; }
}

perform() {
  ! any_process || refuse "processes have $DATA open"
  where_to
  if whole; then
    place
    return
  fi
  [ ! -f "$DATA/PG_VERSION" ] || refuse "$DATA holds a server already; if nothing in it is needed: mv $DATA $DATA.old"
  bare_but_wal || refuse "$DATA is not empty; if nothing in it is needed: mv $DATA $DATA.old"
  right_source
  plan_tablespaces
  room
  rm -f "$STATE/copied"
  claim "${FOLDERS[@]}" || refuse "$WHY"
  rm -rf "$COPY"
  # A folder on the way is everybody's to look into, as the package makes it.
  (umask 022 && mkdir -p "${DATA%/*}") || refuse "cannot make ${DATA%/*}"
  if [ -n "${V[backup]:-}" ]; then restore; else transfer; fi
  finish_copy
  place
}

# Beside the data folder where a rename can put it in place, else inside of it.
where_to() {
  if [ -L "$DATA" ] || mountpoint -q "$DATA" || mountpoint -q "$DATA/pg_wal" || [ ! -w "${DATA%/*}" ]; then
    COPY=$DATA/.replctl-copy
  else
    COPY=$DATA.replctl-copy
  fi
  FOLDERS=("$COPY")
  WAL=""
  if mountpoint -q "$DATA/pg_wal"; then
    WAL=$DATA/pg_wal
  elif [ -n "${V[wal]}" ] && [ "${V[same_host]}" != yes ] && { is_bare "${V[wal]}" || claimed "${V[wal]}"; } &&
    [ -w "$(nearest "${V[wal]}")" ]; then
    WAL=${V[wal]}
  fi
  [ -z "$WAL" ] || FOLDERS+=("$WAL")
}

# A copy that was whole before replctl was interrupted is not made again.
whole() { [ -f "$STATE/copied" ] && [ "$(cat "$STATE/copied")" = "$COPY ${V[copies]}" ] && claimed "$COPY"; }

bare_but_wal() {
  [ ! -e "$DATA" ] && [ ! -L "$DATA" ] ||
    { [ -d "$DATA" ] && [ -z "$(find "$DATA/" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name pg_wal ! -name .replctl-copy -print -quit)" ]; } || return 1
  [ ! -e "$DATA/pg_wal" ] || mountpoint -q "$DATA/pg_wal"
}

right_source() {
  local row
  row=$("$BIN/psql" -XAtq -d "${V[conninfo]} application_name=replctl_copy replication=true" -c IDENTIFY_SYSTEM 2>&1) ||
    refuse "can't log in to the source: $row"
  [ "${row%%|*}" = "${V[copies]}" ] ||
    KIND=WRONG_IDENTITY refuse "the source belongs to cluster ${row%%|*}, not to ${V[copies]}"
}

# nearest FOLDER: it, or the first folder above it that is there.
nearest() {
  local folder=$1
  until [ -d "$folder" ]; do folder=${folder%/*}; [ -n "$folder" ] || folder=/; done
  printf '%s' "$folder"
}

# On the same host a tablespace can't lie where the source has it.
plan_tablespaces() {
  local oid bytes location target
  MAPPING=()
  BACKUP_MAPPING=()
  TABLESPACES=()
  NEEDS=()
  while read -r oid bytes location; do
    [ -n "$oid" ] || continue
    target=$COPY
    if [ -n "$location" ]; then
      target=$location
      if [ "${V[same_host]}" = yes ]; then
        target=$DATA.tablespaces/$oid
        MAPPING+=("--tablespace-mapping=${location//=/\\=}=${target//=/\\=}")
        BACKUP_MAPPING+=("--tablespace-map=$oid=$target")
      fi
      TABLESPACES+=("$target")
      [ -w "$(nearest "$target")" ] || refuse "tablespace $location can't be made here: $(nearest "$target") is not this user's"
      FOLDERS+=("$target")
    fi
    NEEDS+=("$bytes $target")
  done <<<"${V[tablespaces]}"
}

# Room for all of it, on each file system, and a twentieth more.
room() {
  local need bytes target device free
  local -A wanted=() sample=()
  for need in "${NEEDS[@]}"; do
    read -r bytes target <<<"$need"
    target=$(nearest "$target")
    device=$(stat -c %d "$target")
    wanted[$device]=$((${wanted[$device]:-0} + bytes))
    sample[$device]=$target
  done
  for device in "${!wanted[@]}"; do
    free=$(df -B1 --output=avail "${sample[$device]}" | tail -n 1)
    [ $((wanted[$device] + wanted[$device] / 20)) -lt "$free" ] ||
      refuse "the copy needs ${wanted[$device]} bytes in ${sample[$device]}, and $free are free"
  done
}

transfer() {
  local line last="" code=1
  local -a options=(-D "$COPY" -d "${V[conninfo]} application_name=replctl_copy" -X stream -S "${V[slot]}" -c fast -P -w)
  # pg_basebackup takes an empty folder only, and mkfs leaves lost+found in a mount point.
  [ -z "$WAL" ] || options+=(--waldir="$WAL/.replctl-wal")
  [ -z "${V[rate]}" ] || options+=(--max-rate="${V[rate]}k")
  # It holds the node's lock with this script: when this script is killed, it ends at its next word.
  while IFS= read -r line; do
    if [[ $line =~ ^\ *([0-9]+)/([0-9]+)\ kB ]]; then
      progress $((BASH_REMATCH[1] * 1024)) $((BASH_REMATCH[2] * 1024))
    elif [[ $line =~ ^exit\ ([0-9]+)$ ]]; then
      code=${BASH_REMATCH[1]}
    elif [ -n "$line" ]; then
      last=$line
    fi
  done < <("$BIN/pg_basebackup" "${options[@]}" "${MAPPING[@]}" 2>&1 3>&- 4<&-; echo "exit $?")
  [ "$code" = 0 ] || refuse "pg_basebackup: $last"
}

# Bytes of all that is to come, for its progress: pgBackRest tells parts of a hundred.
restore() {
  local line last="" code=1 total=0 need folder
  local -a options=(--stanza="${V[stanza]}" --set="${V[backup]}" --pg1-path="$COPY" --type=none
    --log-level-console=detail --log-level-file=off --log-timestamp=n "${BACKUP_MAPPING[@]}")
  command -v pgbackrest >/dev/null || refuse "pgbackrest is not on this host"
  for need in "${NEEDS[@]}"; do total=$((total + ${need%% *})); done
  mkdir -m 700 "$COPY" || refuse "cannot make $COPY"
  # A tablespace that is younger than the backup is made by the log, in a folder that must be there.
  for folder in "${TABLESPACES[@]}"; do
    mkdir -p -m 700 "$folder" || refuse "cannot make $folder"
  done
  if [ -n "$WAL" ]; then
    mkdir -p -m 700 "$WAL/.replctl-wal" || refuse "cannot make $WAL/.replctl-wal"
    options+=(--link-map=pg_wal="$WAL/.replctl-wal")
  fi
  # It holds the node's lock with this script: when this script is killed, it ends at its next word.
  while IFS= read -r line; do
    if [[ $line =~ \ restore\ file\ .*,\ ([0-9]+)(\.[0-9]+)?%\) ]]; then
      progress $((total / 100 * BASH_REMATCH[1])) "$total"
    elif [[ $line =~ ^exit\ ([0-9]+)$ ]]; then
      code=${BASH_REMATCH[1]}
    elif [[ $line =~ (ERROR|ASSERT):\ (.*) ]]; then
      last=${BASH_REMATCH[2]}
    fi
  done < <(pgbackrest "${options[@]}" restore 2>&1 3>&- 4<&-; echo "exit $?")
  [ "$code" = 0 ] || refuse "pgbackrest: ${last:-exit $code}"
}

finish_copy() {
  local data=$DATA
  if [ -n "$WAL" ]; then
    mv -t "$WAL" "$WAL/.replctl-wal"/* && rmdir "$WAL/.replctl-wal" && ln -sfn "$WAL" "$COPY/pg_wal" && sync "$WAL" ||
      fail "cannot put the log into $WAL"
  fi
  DATA=$COPY
  identity && [ "$REPLY" = "${V[copies]}" ] || fail "the copy in $COPY is of cluster $REPLY"
  auto_conf_set primary_conninfo "${V[conninfo]}" primary_slot_name "${V[slot]}" synchronous_standby_names "${V[sync_names]}" \
    synchronous_commit "${V[sync_commit]}" || fail "$WHY"
  DATA=$data
  standby_signal "$COPY" || fail "cannot write $COPY/standby.signal"
  put "$STATE/copied" 600 "$COPY ${V[copies]}" || fail "$WHY"
}

# The folder of global, which holds pg_control, comes last: before that no server can start there.
place() {
  local entry
  if [ "$COPY" = "$DATA/.replctl-copy" ]; then
    for entry in "$COPY"/* "$COPY"/.[!.]*; do
      case ${entry##*/} in
        global | '*' | '.[!.]*') continue ;;
        pg_wal) if [ -L "$entry" ] && [ "$(readlink "$entry")" = "$DATA/pg_wal" ]; then rm "$entry"; continue; fi ;;
      esac
      mv -T "$entry" "$DATA/${entry##*/}" || fail "cannot move $entry"
    done
    chmod 700 "$DATA"
    [ ! -d "$COPY/global" ] || mv -T "$COPY/global" "$DATA/global" || fail "cannot move $COPY/global"
    rmdir "$COPY"
    sync "$DATA"
  elif [ -d "$COPY" ]; then
    mv -T "$COPY" "$DATA" || fail "cannot rename $COPY"
    sync "${DATA%/*}"
  fi
  unclaim
  rm -f "$STATE/copied"
}

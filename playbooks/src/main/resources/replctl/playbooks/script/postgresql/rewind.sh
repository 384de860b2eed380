# Takes a node's data back to where its history and the leader's parted, and makes it a follower that does
# not run yet. What it alone had is kept before (save-tail.sh). While it works, the folder is no server's:
# a note says so, the unit is masked, and nothing of replctl's starts it. A rewind that was cut off leaves
# data that must never run: it is set aside then, and the copy that comes next in the plan takes its place.
#
# with rejoin/own-files
#
# source           how pg_rewind logs in to the leader
# scan, fork, segment   as in rejoin/tail.sh
# oldest           number of the oldest segment that the leader has
# restores         yes: missing log may be had by the node's own restore_command
# restores_target  yes: by pg_rewind too
# restore_patience seconds that the command gets for one file
# conninfo, slot, sync_names, sync_commit   of the follower that it becomes
#
# Facts: rewound (yes; no: it failed and was set aside)  aside (where)  note

STATE=${V[state_directory]}
NOTE=$STATE/rewinding
RESULT=$STATE/rewound
LOGS=$DATA.replctl-log
KEPT=$STATE/own-log
OPERATION=${V[operation]:-unnamed}

is_done() {
  local operation how where
  ! cut_off || { WHY="a rewind of $DATA was begun and did not end"; return 1; }
  { read -r operation how where <"$RESULT"; } 2>/dev/null && [ "$operation" = "$OPERATION" ] ||
    { WHY="it was not rewound"; return 1; }
  if [ "$how" = aside ]; then
    fact rewound no
    fact aside "$where"
    fact note "the rewind failed, and the data was set aside as $where"
    return 0
  fi
  fact rewound yes
  [ -f "$DATA/standby.signal" ] || server_pid || { WHY="$DATA/standby.signal is missing"; return 1; }
}

perform() {
  local stage=""
  ! any_process || refuse "processes have $DATA open"
  { read -r stage <"$NOTE"; } 2>/dev/null
  if [ "$stage" = changing ]; then
    broken "it was cut off"
    return
  fi
  [ ! -f "$DATA/backup_label" ] || refuse "$DATA/backup_label is there: it is a copy that was never started"
  # What starts it meanwhile would find data that is half changed.
  if [ -n "$SERVICE" ] && ! masked; then as_root mask || refuse "systemctl mask $SERVICE: $ROOT_WORDS"; fi
  put "$NOTE" 600 "preparing"$'\n' || refuse "$WHY"
  keep_own || refuse "$WHY"
  recovered || give_up "$WHY"
  tried || give_up "pg_rewind: $WHY"
  keep_log || give_up "$WHY"
  put "$NOTE" 600 "changing"$'\n' || give_up "$WHY"
  if [ -d "$DATA/log" ] && [ ! -L "$DATA/log" ] && [ -w "${DATA%/*}" ] && ! mountpoint -q "$DATA"; then mv -T "$DATA/log" "$LOGS"; fi
  if ! transfer; then
    broken "pg_rewind: $WHY"
    return
  fi
  finish || broken "$WHY"
}

# give_up WHY: the data is a stopped server's, as it was, and a follower's.
give_up() {
  rm -f "$NOTE"
  forget_own
  rm -rf "$KEPT"
  unblock
  refuse "$1; its data was not changed"
}

# A unit that was masked before, because the node was fenced, stays so.
unblock() { [ -z "$SERVICE" ] || [ -f "$STATE/fenced" ] || as_root unmask; }

# The server's own crash recovery, by a single-user server, where it did not stop cleanly: pg_rewind needs
# that. With standby.signal in place that server would not recover to the end of its log. wal_keep_size (MB)
# keeps what pg_rewind reads; names to wait for would let it wait for ever.
recovered() {
  local words
  control "Database cluster state" || { WHY="pg_control of $DATA can't be read"; return 1; }
  if [[ $REPLY != "shut down"* ]]; then
    rm -f "$DATA/standby.signal" "$DATA/recovery.signal"
    main_config
    words=$(without_lock "$BIN/postgres" --single -D "$DATA" -c config_file="$REPLY" -c wal_keep_size=100000000 \
      -c synchronous_standby_names= -c max_slot_wal_keep_size=-1 -c logging_collector=off template1 2>&1)
    control "Database cluster state"
    [[ $REPLY == "shut down"* ]] || { WHY="its crash recovery did not end (pg_control: $REPLY): $(last_line "$words")"; signal; return 1; }
  fi
  signal || { WHY="cannot write $DATA/standby.signal"; return 1; }
}

# Whatever happens from here on, this node does not come up as a leader.
signal() { standby_signal "$DATA"; }

last_line() { grep -v '^[[:space:]]*$' <<<"$1" | tail -n 1; }

# --config-file is there from 15 on; before that pg_rewind finds the file in the data folder only.
run_rewind() {
  local -a options=(-D "$DATA" --source-server="${V[source]}" --no-ensure-shutdown)
  if [ "${V[restores_target]}" = yes ]; then
    options+=(--restore-target-wal)
    main_config
    [ "$("$BIN/postgres" -V | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -lt 15 ] || options+=(--config-file="$REPLY")
  fi
  without_lock "$BIN/pg_rewind" "${options[@]}" "$@"
}

# The whole of it but for the changes: what it needs of the node's own log it has fetched by then, and a
# restore command that hangs, which pg_rewind would wait for without end, is found here.
tried() {
  local out=$STATE/rewind.words shell code words command="" since=$SECONDS
  run_rewind --dry-run >"$out" 2>&1 3>&- 4<&- 9>&- &
  shell=$!
  while kill -0 "$shell" 2>/dev/null; do
    child "$shell" && child "$REPLY" || REPLY=""
    if [ "$REPLY" != "$command" ]; then command=$REPLY since=$SECONDS; fi
    if [ -n "$command" ] && [ $((SECONDS - since)) -gt "${V[restore_patience]}" ]; then
      end_below "$shell"
      wait "$shell"
      rm -f "$out"
      WHY="the restore_command did not end in ${V[restore_patience]} s"
      return 1
    fi
    sleep 0.05
  done
  wait "$shell"
  code=$?
  WHY=$(last_line "$(cat "$out")")
  words=$(grep -m 1 'could not restore' "$out") && WHY="${words#pg_rewind: error: }; $WHY"
  rm -f "$out"
  return "$code"
}

# child PID: its first, in REPLY.
child() {
  REPLY=""
  { read -r REPLY _ <"/proc/$1/task/$1/children"; } 2>/dev/null
  [ -n "$REPLY" ]
}

# end_below PID: it and what it has begun, the first of each.
end_below() {
  local pid=$1
  while [ -n "$pid" ]; do
    child "$pid" || REPLY=""
    kill -KILL "$pid" 2>/dev/null
    pid=$REPLY
  done
}

# Log that the leader has no more: pg_rewind takes away what is not on the leader (until 16), and the
# server needs it from the last checkpoint before the fork on.
keep_log() {
  local file at
  rm -rf "$KEPT"
  [ -n "${V[oldest]}" ] || return 0
  for file in "$DATA"/pg_wal/????????????????????????; do
    at=${file##*/}
    [[ $at =~ ^[0-9A-F]{24}$ ]] || continue
    at=$((16#${at:8:8} * (0x100000000 / V[segment]) + 16#${at:16:8}))
    [ "$at" -lt "${V[oldest]}" ] || continue
    mkdir -p "$KEPT" && cp "$file" "$KEPT/" || { WHY="cannot keep $file in $KEPT"; return 1; }
  done
}

transfer() {
  local line last="" code=1
  while IFS= read -r line; do
    if [[ $line =~ ^\ *([0-9]+)/([0-9]+)\ kB ]]; then
      progress $((BASH_REMATCH[1] * 1024)) $((BASH_REMATCH[2] * 1024))
    elif [[ $line =~ ^exit\ ([0-9]+)$ ]]; then
      code=${BASH_REMATCH[1]}
    elif [ -n "$line" ]; then
      last=$line
    fi
  done < <(run_rewind -P 2>&1; echo "exit $?")
  WHY=$last
  [ "$code" = 0 ]
}

finish() {
  local file
  signal || { WHY="cannot write $DATA/standby.signal"; return 1; }
  # Slots of the time when it led would keep the log for ever.
  find "$DATA/pg_replslot" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  rm -f "$DATA/postmaster.pid"
  logs_back
  cp -a "$OWN/postgresql.auto.conf" "$DATA/postgresql.auto.conf" || { WHY="cannot put back postgresql.auto.conf"; return 1; }
  give_back_own || return 1
  auto_conf_set primary_conninfo "${V[conninfo]}" primary_slot_name "${V[slot]}" synchronous_standby_names "${V[sync_names]}" \
    synchronous_commit "${V[sync_commit]}" || return 1
  for file in "$KEPT"/*; do
    [ ! -f "$file" ] || [ -e "$DATA/pg_wal/${file##*/}" ] || mv "$file" "$DATA/pg_wal/" || { WHY="cannot put back $file"; return 1; }
  done
  if [ -f "$DATA/backup_label" ]; then
    file=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\)).*/\1/p' "$DATA/backup_label")
    [ -f "$DATA/pg_wal/$file" ] || [ "${V[restores]}" = yes ] || { WHY="the log that it needs next, $file, is nowhere"; return 1; }
  else
    cut_log || { WHY="cannot cut its log"; return 1; }
  fi
  sync -f "$DATA"
  put "$RESULT" 600 "$OPERATION rewound"$'\n' || return 1
  rm -f "$NOTE"
  sync "$STATE"
  forget_own
  rm -rf "$KEPT"
}

# pg_rewind found no page that was changed after the fork. But log is there beyond it, received and never
# applied, which the server would apply at its start: it ends at the fork from now on.
cut_log() {
  local timeline start end from offset file at first=yes
  while read -r timeline start end; do
    [ -n "$timeline" ] || continue
    at=$(((16#${start%%/*} << 32) + 16#${start#*/}))
    from=$((at / V[segment])) offset=$((at % V[segment]))
    for file in "$DATA"/pg_wal/"$(printf %08X "$timeline")"????????????????; do
      at=${file##*/}
      [[ $at =~ ^[0-9A-F]{24}$ ]] || continue
      at=$((16#${at:8:8} * (0x100000000 / V[segment]) + 16#${at:16:8}))
      if [ "$at" -gt "$from" ] || { [ "$at" = "$from" ] && [ "$first" = no ]; }; then
        rm -f "$file" || return 1
      elif [ "$at" = "$from" ]; then
        head -c "$offset" "$file" >"$file.replctl-new" && truncate -s "${V[segment]}" "$file.replctl-new" &&
          chmod 600 "$file.replctl-new" && mv -T "$file.replctl-new" "$file" || return 1
      fi
    done
    first=no
  done <<<"${V[scan]}"
  sync -f "$DATA/pg_wal/"
}

logs_back() {
  [ -d "$LOGS" ] || return 0
  rm -rf "$DATA/log" && mv -T "$LOGS" "$DATA/log"
}

# broken WHY: data that must never run. Where it can't be renamed, it stays, and the note with it.
broken() {
  local aside
  logs_back
  if [ -L "$DATA" ] || mountpoint -q "$DATA" || mountpoint -q "$DATA/pg_wal" || [ ! -w "${DATA%/*}" ] || [ -n "$(find "$DATA/pg_tblspc" -mindepth 1 -print -quit 2>/dev/null)" ]; then
    fail "$1. The data in $DATA must not run any more; what it alone had is saved. Replace it: replctl rejoin --by clone --replace"
  fi
  aside=$DATA.replctl-broken-$(date -u +%Y%m%dT%H%M%SZ)
  mv -T "$DATA" "$aside" && sync "${DATA%/*}" || fail "$1; and $DATA can't be renamed"
  put "$RESULT" 600 "$OPERATION aside $aside"$'\n' || fail "$WHY"
  rm -f "$NOTE"
  rm -rf "$KEPT"
  sync "$STATE"
}

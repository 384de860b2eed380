# MySQL's part. Its server starts closed, and receives from nobody, by its options: the guard does not stand before it
# but beside it, in its unit's control group, and ends with it. DATA, BIN, CLIENT, SOCKET are as init found them.

ME='\u' ME=${ME@P}
unset ${!MYSQL@} ${!LIBMYSQL@}

# mysql_said SECONDS STATEMENT OPTION...: what it gives, or why not, in REPLY.
mysql_said() {
  local seconds=$1 statement=$2
  shift 2
  REPLY=$(timeout -k 0.2 "$seconds" "$CLIENT" --no-defaults --protocol=SOCKET --socket="$SOCKET" --user="$ME" \
    --default-character-set=utf8mb4 --batch --unbuffered --skip-column-names --connect-timeout=10 \
    --init-command="set session sql_mode = '', autocommit = 1, lock_wait_timeout = 5" "$@" <<<"$statement" 2>&1 9>&-)
}

# For part/open.sh.
asked() { mysql_said 5 "$1"; }

# mysql_sees SECONDS: IS: writable or closed; CHANNELS: how many it could receive by; EPOCH: the newest that its data
# tells of; LED: yes where it was this server that was opened then. 1: it does not say, WHY.
mysql_sees() {
  IS="" CHANNELS="" EPOCH="" LED=no
  mysql_said "$1" "select if(@@global.read_only or @@global.super_read_only, 'closed', 'writable'),
      (select count(*) from performance_schema.replication_connection_configuration where host <> '');
    select coalesce(max(epoch), 0) from replctl.epoch;
    select 'led' from replctl.epoch where server = @@server_uuid and epoch = (select max(epoch) from replctl.epoch)" --force
  WHY=${REPLY%%$'\n'*}
  [[ $REPLY =~ ^(writable|closed)$'\t'([0-9]+)$'\n'(.*)$ ]] || return 1
  IS=${BASH_REMATCH[1]} CHANNELS=${BASH_REMATCH[2]} EPOCH=${BASH_REMATCH[3]}
  [[ $EPOCH != *$'\n'led ]] || LED=yes
  EPOCH=${EPOCH%%$'\n'*}
  # Before init there is no such table (1146), and no such schema (1049).
  [[ ! $EPOCH =~ ^ERROR\ (1146|1049)\  ]] || EPOCH=0
  [[ $EPOCH =~ ^[0-9]{1,10}$ ]] && return 0
  WHY=$EPOCH
  return 1
}

# 1: nothing is to be done here any more; 2: it can't be told, and is looked at again.
mysql_look() {
  YET="is not opened yet" STATE=$FOLDER
  mysql_sees 5 || {
    RULE=silent WHY="its own server does not answer: ${WHY:-no answer in 5 s}" NEXT="replctl status"
    return 2
  }
  [ "$IS" != writable ] || { DONE="takes writes" WHY="it was opened" NEXT=""; return 1; }
}

# One that a record names as the leader does not receive, whatever channel is left.
mysql_follows() {
  [ "${CHANNELS:-0}" != 0 ] || return 1
  epoch_read "$FOLDER/epoch"
  [ "$EPOCH_RECORD_LEADER" != "$NODE" ]
}

mysql_running() { return 1; }

mysql_history() { REPLY="$EPOCH epoch"; }

mysql_close() { DONE="stays closed"; }

# Acts under the node's lock, which every script holds that changes the node, and only on what the verdict was on.
mysql_start() {
  local code
  case $RULE in
    # Who starts it opens it.
    permit) return 1 ;;
    unmanaged) NEXT="replctl init"; return 1 ;;
  esac
  if ! exec 9>>"$FOLDER/lock" || ! flock -n 9; then
    exec 9>&-
    RULE=busy WHY="an operation is at work on this node: $(head -c 100 "$FOLDER/holder" 2>/dev/null)" NEXT=""
    return 1
  fi
  mysql_acts
  code=$?
  exec 9>&-
  return "$code"
}

mysql_acts() {
  local why=$WHY
  printf 'the start guard\n' >"$FOLDER/holder"
  local_lines
  [ "$REPLY" = "$here" ] && mysql_sees 5 && [ "$IS" = closed ] ||
    { RULE=changed WHY="what is here has changed meanwhile" NEXT=""; return 1; }
  if [ "$RULE" = follows ]; then mysql_receives; else mysql_opens; fi && WHY=$why
}

mysql_receives() {
  DONE="does not receive" why="it is a follower"
  case $here in
    *$'\n'fenced$'\n'*) why="it was fenced" NEXT="replctl unfence $NODE" && return ;;
    *$'\n'permit\ *) why="the operation that starts it has it receive" && return ;;
  esac
  [ ! -e "$FOLDER/frozen" ] || { why="an operation has stopped its receiving" NEXT="replctl op list"; return; }
  mysql_upstream || return 1
  mysql_said 30 "start replica"
  [ -z "$REPLY" ] || { RULE=receives WHY="it does not receive: ${REPLY:0:200}" NEXT="replctl status"; return 1; }
  DONE="receives"
}

# mysql_upstream: that it would not receive from one that led when it was stopped, where another leads by now. Only where
# the lead was handed over that one's followers have nothing that the new leader lacks, and it is told to receive from
# there. Else it may have, and so may the old leader's own disk: whoever has it rejoin looks. Where nobody tells of another
# leader it receives as it is set to. 1: RULE and WHY.
mysql_upstream() {
  local peer name host port from="" at="" leader newest led=no over=no line
  mysql_said 5 "select concat(host, ' ', port) from performance_schema.replication_connection_configuration where channel_name = ''"
  [[ $REPLY =~ ^([A-Za-z0-9._:-]+)\ ([0-9]{1,5})$ ]] || return 0
  host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]}
  for peer in "${PEERS[@]}"; do [ "${peer##* }" != "$host" ] || from=${peer%% *}; done
  [ -n "$from" ] || return 0
  epoch_read "$FOLDER/epoch"
  newest=${EPOCH_RECORD_EPOCH:-0} leader=${EPOCH_RECORD_LEADER:-}
  [[ ! ${EPOCH_RECORD:-} =~ \"closed\":\{[^}]*\"$from\":\"([a-z-]+)\" ]] || led=yes over=${BASH_REMATCH[1]}
  [ "$leader" != "$from" ] || led=yes
  [ "$led" = yes ] || return 0
  ask_peers
  while read -r _ _ name line; do
    [ "$name" = record ] && [ "${line%% *}" -gt "$newest" ] || continue
    over=no newest=${line%% *} line=${line#* } leader=${line%% *}
  done <<<"$REPLY"
  [ -n "$leader" ] && [ "$leader" != "$from" ] && [ "$leader" != "$NODE" ] || return 0
  for peer in "${PEERS[@]}"; do [ "${peer%% *}" != "$leader" ] || at=${peer##* }; done
  RULE=moved WHY="it is set to receive from $from, and $leader leads since epoch $newest" NEXT="replctl rejoin $NODE"
  [ "$over" = handed-over ] && [[ $at =~ ^[A-Za-z0-9._:-]+$ ]] || return 1
  # With both threads stopped a CHANGE throws away what was received and not applied yet.
  mysql_said 30 "start replica sql_thread for channel ''; change replication source to source_host = '$at', source_port = $port,
    source_heartbeat_period = 1 for channel ''"
  [ -z "$REPLY" ] || { WHY+="; it can't be told so: ${REPLY:0:200}"; return 1; }
  why="it is a follower, and $leader was handed the lead while it was stopped"
}

# A restart keeps the epoch: its row is there. A channel may be left from before it led; nothing starts that one.
mysql_opens() {
  NEXT="replctl status"
  [ "$CHANNELS" = 0 ] || [ "$LED" = yes ] || { RULE=channel WHY="it is the recorded leader, and is still set to receive from another"; return 1; }
  semi_sync_read && open_statement || { RULE=semi-sync; return 1; }
  mysql_said 30 "$REPLY"
  WHY="it could not be opened: ${REPLY:0:200}"
  mysql_sees 5 && [ "$IS" = writable ] && semi_sync_is_set || { RULE=opening; return 1; }
  events_run || printf '<4>replctl: %s: %s\n' "$NODE" "$WHY" >&2
  DONE="takes writes" NEXT=""
}

# none, writable, recovery (closed) or unknown, and the newest epoch that its data tells of, in REPLY.
mysql_server() {
  if ! mysql_process; then
    REPLY="none 0"
  elif mysql_sees 1; then
    [ "$IS" = writable ] || IS=recovery
    REPLY="$IS $EPOCH"
  elif mysql_starts && comes_up_closed; then
    REPLY="recovery 0"
  else
    REPLY="unknown 0"
  fi
}

# mysql_process: the server of this data folder, in PROCESS.
mysql_process() {
  local folder name
  for folder in /proc/[0-9]*; do
    { [ "$folder/cwd" -ef "$DATA" ] && read -r name <"$folder/comm" && [[ $name == *mysqld* ]]; } 2>/dev/null || continue
    PROCESS=${folder#/proc/}
    return 0
  done
  return 1
}

# mysql_starts: whether systemd still waits for it to be ready. SERVICE is its unit.
mysql_starts() {
  local line
  SERVICE=""
  while IFS= read -r line; do
    [[ ! $line =~ ^(0:|1:name=systemd):.*/([^/]+)\.service(/|$) ]] || SERVICE=${BASH_REMATCH[2]}
  done 2>/dev/null <"/proc/$PROCESS/cgroup"
  [ -n "$SERVICE" ] && [ "$(timeout -k 0.2 0.5 systemctl show -p ActiveState --value "$SERVICE" 2>/dev/null)" = activating ]
}

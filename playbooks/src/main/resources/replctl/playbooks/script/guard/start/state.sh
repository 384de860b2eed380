# state_lines: what this host's epoch file says, as lines for verdict, in REPLY.
state_lines() {
  local open=closed
  epoch_read "$FOLDER/epoch"
  if [ "$EPOCH_STATE" = read ] && [ -n "$EPOCH_RECORD" ] && [[ ! $EPOCH_RECORD =~ \"voters\":\[([a-z0-9,\"-]*)\] ]]; then
    EPOCH_STATE=unreadable EPOCH_WHY="the record in it names no voters"
  fi
  if [ "$EPOCH_STATE" != read ]; then
    REPLY="file $EPOCH_STATE${EPOCH_WHY:+ $EPOCH_WHY}"$'\n'
    return
  fi
  REPLY="file read"$'\n'
  [ "$EPOCH_VOTES" = yes ] || REPLY="file novote"$'\n'
  [ "$EPOCH_OPEN" = no ] || open=open
  REPLY+="promise $EPOCH_PROMISE $EPOCH_OPERATION $open"$'\n'
  if [[ $EPOCH_RECORD =~ \"voters\":\[([a-z0-9,\"-]*)\] ]]; then
    REPLY+="record $EPOCH_RECORD_EPOCH $EPOCH_RECORD_LEADER ${BASH_REMATCH[1]//\"/}"$'\n'
  fi
}

declare -A V=()

# Who of those that are asked has a vote and no server.
declare -A WITNESSES=()

# settings: FOLDER/guard/conf, which init wrote: `KEY REST` a line. The engine of a witness is none.
settings() {
  local key rest count=0
  CLUSTER="" NODE="" ENGINE="" DATA="" BIN="" CLIENT="" SOCKET="" PORT="" PEERS=() WITNESSES=()
  while IFS=' ' read -r key rest; do
    case $key in
      cluster) CLUSTER=$rest ;;
      node) NODE=$rest ;;
      engine) ENGINE=$rest ;;
      data) DATA=$rest ;;
      bin) BIN=$rest ;;
      client) CLIENT=$rest ;;
      socket) SOCKET=$rest ;;
      port) PORT=$rest ;;
      peer) PEERS+=("$rest") ;;
      witness) PEERS+=("$rest") WITNESSES[${rest%% *}]=yes ;;
      end) count=1 ;;
    esac
  done 2>/dev/null <"$FOLDER/guard/conf"
  V[cluster_name]=$CLUSTER V[node_name]=$NODE
  [ "$count" = 1 ] && { [ "$ENGINE" = none ] || declare -F "${ENGINE}_server" >/dev/null; }
}

# now: hundredths of a second since the host booted, in REPLY.
now() {
  read -r REPLY _ </proc/uptime
  REPLY=$((10#${REPLY/./}))
}

# epoch_file TEXT NODE MACHINE [PREFIX]: the lines for verdict of an epoch file, each behind PREFIX, in
# REPLY. A file that was written on another host, or is not whole, counts for nothing.
epoch_file() {
  local text=$1 node=$2 machine=$3 prefix=${4:-} body sum key rest promise="" record="" wrong="" voters
  local count=0 vote=novote
  if [ -z "$text" ]; then
    REPLY="${prefix}file none"$'\n'
    return
  fi
  body=${text%sum *}
  sum=${text:${#body}}
  [[ $text == *$'\n' && $sum =~ ^sum\ ([0-9a-f]{64})$'\n'$ ]] || wrong="it is not whole"
  [ -n "$wrong" ] || [ "$(printf %s "$body" | sha256sum)" = "${BASH_REMATCH[1]}  -" ] || wrong="its sum is wrong"
  while [ -z "$wrong" ] && IFS=' ' read -r key rest; do
    count=$((count + 1))
    case $count.$key in
      1.*) [ "$key $rest" = "replctl-epoch 1" ] || wrong="it has another form: $key ${rest:0:20}" ;;
      *.cluster) [ "$rest" = "$CLUSTER" ] || wrong="it is of cluster ${rest:0:40}" ;;
      *.node) [ "$rest" = "$node" ] || wrong="it is of node ${rest:0:40}" ;;
      *.machine) [ "$rest" = "$machine" ] || wrong="it was written on another host" ;;
      *.votes) [ "$rest" != yes ] || vote="read" ;;
      *.promise)
        [[ $rest =~ ^[0-9]{1,15}\ [a-z0-9-]{1,60}\ (open|closed)$ ]] || wrong="its promise can't be read"
        promise=$rest
        ;;
      *.record)
        voters=""
        [[ $rest =~ ^([0-9]{1,15}\ [a-z0-9-]{1,40})\ .*\"voters\":\[([a-z0-9,\"-]*)\] ]] ||
          wrong="its record can't be read"
        [ -n "$wrong" ] || record="${BASH_REMATCH[1]} ${BASH_REMATCH[2]//\"/}"
        ;;
    esac
  done <<<"$body"
  if [ -n "$wrong" ]; then
    REPLY="${prefix}file unreadable $wrong"$'\n'
    return
  fi
  REPLY="${prefix}file $vote"$'\n'
  [ -z "$promise" ] || REPLY+="${prefix}promise $promise"$'\n'
  [ -z "$record" ] || REPLY+="${prefix}record $record"$'\n'
}

# text_of FILE: at most 64 KiB, in REPLY. 1: it is not there.
text_of() {
  REPLY=""
  [ -e "$1" ] || return 1
  IFS= read -r -d '' -N 65536 REPLY 2>/dev/null <"$1"
  [ -n "$REPLY" ] || REPLY="?"
}

# settings: FOLDER/guard/conf, which init wrote: `KEY REST` a line.
settings() {
  local key rest count=0
  CLUSTER="" NODE="" ENGINE="" DATA="" BIN="" SOCKET="" PORT="" PEERS=()
  while IFS=' ' read -r key rest; do
    case $key in
      cluster) CLUSTER=$rest ;;
      node) NODE=$rest ;;
      engine) ENGINE=$rest ;;
      data) DATA=$rest ;;
      bin) BIN=$rest ;;
      socket) SOCKET=$rest ;;
      port) PORT=$rest ;;
      peer) PEERS+=("$rest") ;;
      end) count=1 ;;
    esac
  done 2>/dev/null <"$FOLDER/guard/conf"
  [ "$count" = 1 ] && declare -F "${ENGINE}_server" >/dev/null
}

machine() { MACHINE="" && { read -r MACHINE </etc/machine-id; } 2>/dev/null; }

# now: hundredths of a second since the host booted, in REPLY.
now() {
  read -r REPLY _ </proc/uptime
  REPLY=$((10#${REPLY/./}))
}

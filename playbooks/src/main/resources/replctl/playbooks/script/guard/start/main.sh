# local_lines: what this host knows, as lines for verdict, in REPLY.
local_lines() {
  local lines epoch operation boot until id
  lines="node $NODE"$'\n'
  ! "${ENGINE}_follows" || lines+="follows"$'\n'
  [ ! -e "$FOLDER/fenced" ] || lines+="fenced"$'\n'
  [ ! -e "$FOLDER/rewinding" ] || lines+="rewinding"$'\n'
  if { read -r epoch operation boot until <"$FOLDER/guard/permit" && read -r id </proc/sys/kernel/random/boot_id; } 2>/dev/null; then
    now
    [ "$boot" = "$id" ] && [[ $until =~ ^[0-9]{1,15}$ ]] && [ "$REPLY" -lt "$until" ] &&
      lines+="permit $epoch $operation"$'\n'
  fi
  state_lines
  # Once there was a file, one that is missing was lost.
  [[ $REPLY != "file none"* ]] || [ ! -e "$FOLDER/guard/managed" ] || REPLY="file gone"$'\n'
  REPLY=$lines$REPLY
}

# Seconds that a peer gets for its answer. One that is down costs no more than the connection's 2 s; a busy one,
# and after a power cut all are, may need longer: so each round gives more.
PATIENCE=2
LONGEST_PATIENCE=6

# ask_peers: what the peers and witnesses say, as lines for verdict, in REPLY. All at once.
ask_peers() {
  local peer name user port host="" lines="" from said
  local -A answers=()
  for peer in "${PEERS[@]}"; do
    read -r name user port host <<<"$peer"
    exec {from}< <(ask_one "$name" "$user" "$port" "$host")
    answers[$name]=$from
  done
  for name in "${!answers[@]}"; do
    from=${answers[$name]} said=""
    IFS= read -r -d '' -N 65536 said <&"$from"
    exec {from}<&-
    answer_lines "$name" "$said"
    lines+=$REPLY
  done
  REPLY=$lines
}

# A key that is refused again and again has sshd shut out this host: such a peer is asked each 20 s.
declare -A DENIED=()
ask_one() { # NAME USER PORT HOST
  now
  if [ "${DENIED[$1]:-0}" -gt "$REPLY" ]; then
    echo "denied: it refuses this node's key"
    return
  fi
  timeout -k 0.2 "$PATIENCE" ssh -F /dev/null -T -n -i "$FOLDER/guard/key" -p "$3" -l "$2" \
    -o BatchMode=yes -o IdentitiesOnly=yes -o PreferredAuthentications=publickey -o ConnectTimeout=2 \
    -o StrictHostKeyChecking=yes -o UserKnownHostsFile="\"$FOLDER/guard/known_hosts\"" \
    -o GlobalKnownHostsFile=/dev/null -o UpdateHostKeys=no -o HostKeyAlias="$1" -o LogLevel=ERROR \
    -- "$4" 2>&1 </dev/null
}

# printable LINE: whether it is one that state_lines makes, and no longer than these are.
printable() {
  case $1 in
    "file "*) [[ $1 =~ ^file\ (none|read|novote|unreadable\ ([^[:cntrl:]]+))$ ]] && [ "${#1}" -le 320 ] ;;
    "promise "*) [[ $1 =~ ^promise\ ([0-9]+)\ ([a-z0-9-]+)\ (open|closed)$ ]] && within 15 64 ;;
    "record "*) [[ $1 =~ ^record\ ([0-9]+)\ ([a-z0-9-]+)\ ([a-z0-9,-]*)$ ]] && within 15 40 4000 ;;
    *) return 1 ;;
  esac
}

# answer_lines NAME TEXT: of what `guard answer` printed over there. A line that it can't have printed
# counts for nothing, and so does an answer that was cut off. A witness has no server to tell of, only a file.
answer_lines() {
  local name=$1 line server="" lines="" whole=no first=yes
  while IFS= read -r line; do
    if [ $first = yes ]; then
      [ "$line" != "replctl-answer 1" ] || first=no
    elif [[ $line =~ ^server\ (none|writable|recovery|unknown)\ [0-9]{1,10}$ ]]; then
      [ -n "${WITNESSES[$name]:-}" ] || server="peer $name $line"$'\n'
    elif printable "$line"; then
      lines+="peer $name $line"$'\n'
    elif [ "$line" = end ]; then
      whole=yes
    fi
  done <<<"$2"
  if [ $whole = yes ] && [ -n "$server${WITNESSES[$name]:+$lines}" ]; then
    REPLY=$server$lines
    return
  fi
  line=${2//[!a-zA-Z0-9 .,:@()\/$'\n'-]/}
  line=${line%$'\n'}
  line=${line##*$'\n'}
  case $line in
    denied:*) ;;
    *"Permission denied"*)
      now
      DENIED[$name]=$((REPLY + 2000))
      ;;
  esac
  case $first.$whole in
    no.no) line="its answer was cut off" ;;
    no.yes) line="it answers as no node does" ;;
  esac
  [ -n "$line" ] || line="no answer in $PATIENCE s"
  REPLY="peer $name silent ${line:0:160}"$'\n'
}

answer() {
  settings || die "$FOLDER/guard/conf is missing or not whole"
  printf 'replctl-answer 1\n'
  if [ "$ENGINE" != none ]; then
    "${ENGINE}_server"
    printf 'server %s\n' "$REPLY"
  fi
  state_lines
  printf '%send\n' "$REPLY"
}

ask() {
  settings || die "$FOLDER/guard/conf is missing or not whole"
  PATIENCE=$LONGEST_PATIENCE
  ask_peers
  printf %s "$REPLY"
}

# Says why it waits when that changes, and each 10 minutes; standard error is the journal. How a peer is
# silent may change each time, and is no news.
report() {
  local gist=${WHY//(*([^)]))/}
  now
  [ "$gist" != "$SAID" ] || [ "$REPLY" -ge "$SAY_AGAIN" ] || return
  SAID=$gist SAY_AGAIN=$((REPLY + 60000))
  printf '<4>replctl: %s %s: %s.%s\n' "$NODE" "$YET" "$WHY" "${NEXT:+ Next: $NEXT}" >&2
  printf '%s %s %s\n' "$$" "$RULE" "$WHY" >"$FOLDER/guard/waiting.new" && mv -f "$FOLDER/guard/waiting.new" "$FOLDER/guard/waiting"
}

# act: does by the verdict, and then ends the guard; what the engine can't do now, or what is to wait, is reported.
act() {
  if [ "$VERDICT" != wait ] && "${ENGINE}_$VERDICT"; then settled; fi
  report
}

settled() {
  printf '<5>replctl: %s %s: %s.%s\n' "$NODE" "$DONE" "$WHY" "${NEXT:+ Next: $NEXT}" >&2
  rm -f "$FOLDER/guard/waiting"
  exit 0
}

start() {
  local known here end
  SAID="" SAY_AGAIN=0 DONE=starts YET="is not started yet"
  until settings && [ "$ENGINE" != none ]; do
    RULE=settings WHY="$FOLDER/guard/conf is missing or not whole" NEXT="replctl init" NODE=${NODE:-this node}
    report
    sleep 2
  done
  while :; do
    now
    end=$((REPLY + 200))
    "${ENGINE}_look"
    case $? in
      1) settled ;;
      2)
        report
        sleep 2
        continue
        ;;
    esac
    local_lines
    here=$REPLY known=$REPLY
    [[ ! $here =~ file\ (read|novote) ]] || [ -e "$FOLDER/guard/managed" ] || : >"$FOLDER/guard/managed"
    ! "${ENGINE}_running" || known+="running"$'\n'
    verdict "$known"
    # These need nobody's word but this host's.
    case $RULE in rewinding | follows | permit | fenced | succeeded | running) act ;; esac
    "${ENGINE}_history"
    known+="history $REPLY"$'\n'
    ask_peers
    [ "$PATIENCE" = "$LONGEST_PATIENCE" ] || PATIENCE=$((PATIENCE + 1))
    verdict "$known$REPLY"
    # What changed here meanwhile counts more.
    local_lines
    [ "$REPLY" != "$here" ] || act
    # Until it is time to ask again, what changes here is seen at once.
    while [ "$REPLY" = "$here" ] && now && [ "$REPLY" -lt "$end" ]; do
      sleep 0.25
      local_lines
    done
  done
}

FOLDER=${2:-}
case ${1:-} in
  start) start ;;
  answer) answer ;;
  ask) ask ;;
  verdict)
    verdict "$(cat)"
    printf '%s %s %s\n' "$VERDICT" "$RULE" "$WHY${NEXT:+ -> $NEXT}"
    ;;
  *) die "start, answer, ask or verdict?" ;;
esac

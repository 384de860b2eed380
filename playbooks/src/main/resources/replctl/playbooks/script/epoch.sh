# The epoch file of a node or a witness: which operation may change it, and who leads by the newest
# record that has reached it. Written whole, synced and renamed, under the host's lock:
#
#   replctl-epoch 1                the schema
#   cluster shop
#   node pg1
#   machine ID                     /etc/machine-id: a file that was copied from another host is foreign
#   votes yes                      no: its own history is not known here, so its word does not count yet
#   promise EPOCH OPERATION open   or closed: that operation is over
#   holder WORDS                   who, for people
#   record EPOCH LEADER JSON       absent as long as there is none
#   hands OPERATION MS             since when this host knows of the maintenance in its record, by its own
#                                  clock, in ms since 1970; absent where the record has none
#   sum SHA256                     of all lines before it

# epoch_read FILE: EPOCH_STATE is none, read or unreadable (then EPOCH_WHY, and not 0), and EPOCH_* what it says.
epoch_read() {
  local file=$1 text="" body line sum schema=""
  EPOCH_STATE=none EPOCH_WHY="" EPOCH_CLUSTER="" EPOCH_NODE="" EPOCH_MACHINE="" EPOCH_VOTES=no
  EPOCH_PROMISE=0 EPOCH_OPERATION="" EPOCH_OPEN=no EPOCH_HOLDER=""
  EPOCH_RECORD_EPOCH=0 EPOCH_RECORD_LEADER="" EPOCH_RECORD="" EPOCH_HANDS="" EPOCH_HANDS_MS=0
  [ -e "$file" ] || [ -L "$file" ] || return 0
  EPOCH_STATE=unreadable
  if [ -L "$file" ] || [ ! -f "$file" ] || [ ! -O "$file" ]; then
    EPOCH_WHY="$file is not a plain file of this user's"
    return 1
  fi
  { IFS= read -r -N 65536 text <"$file"; } 2>/dev/null
  [ -n "$text" ] || { EPOCH_WHY="$file is empty or can't be read"; return 1; }
  IFS= read -r line <<<"$text"
  if [[ $line =~ ^replctl-epoch\ ([0-9]{1,4})$ ]] && [ "${BASH_REMATCH[1]}" != 1 ]; then
    EPOCH_WHY="$file has schema ${BASH_REMATCH[1]}, and this replctl reads schema 1"
    return 1
  fi
  body=${text%$'\nsum '*}
  if [ "$body" = "$text" ] || [[ ! ${text##*$'\nsum '} =~ ^[0-9a-f]{64}$'\n'$ ]]; then
    EPOCH_WHY="$file is cut off"
    return 1
  fi
  sum=$(sha256sum <<<"$body")
  if [ "${sum%% *}" != "${text: -65:64}" ]; then
    EPOCH_WHY="$file was damaged or changed by hand: its sum differs"
    return 1
  fi
  while IFS= read -r line; do
    case $line in
      "replctl-epoch 1") schema=1 ;;
      "cluster "*) EPOCH_CLUSTER=${line#* } ;;
      "node "*) EPOCH_NODE=${line#* } ;;
      "machine "*) EPOCH_MACHINE=${line#* } ;;
      "votes yes") EPOCH_VOTES=yes ;;
      "holder "*) EPOCH_HOLDER=${line#* } ;;
      "promise "*)
        [[ $line =~ ^promise\ ([0-9]+)\ ([a-z0-9-]+)\ (open|closed)$ ]] && within 15 64 || break
        EPOCH_PROMISE=${BASH_REMATCH[1]} EPOCH_OPERATION=${BASH_REMATCH[2]}
        [ "${BASH_REMATCH[3]}" = closed ] || EPOCH_OPEN=yes
        ;;
      "record "*)
        [[ $line =~ ^record\ ([0-9]+)\ ([a-z0-9-]+)\ (\{.*\})$ ]] && within 15 40 || break
        EPOCH_RECORD_EPOCH=${BASH_REMATCH[1]} EPOCH_RECORD_LEADER=${BASH_REMATCH[2]} EPOCH_RECORD=${BASH_REMATCH[3]}
        ;;
      "hands "*)
        [[ $line =~ ^hands\ ([a-z0-9-]+)\ ([0-9]+)$ ]] && within 64 15 || break
        EPOCH_HANDS=${BASH_REMATCH[1]} EPOCH_HANDS_MS=${BASH_REMATCH[2]}
        ;;
    esac
  done <<<"$body"
  if [ -z "$schema" ] || [ -z "$EPOCH_OPERATION" ]; then
    EPOCH_WHY="$file is no epoch file"
  elif [ "$EPOCH_CLUSTER $EPOCH_NODE" != "${V[cluster_name]:-$EPOCH_CLUSTER} ${V[node_name]:-$EPOCH_NODE}" ]; then
    EPOCH_WHY="$file is of node $EPOCH_NODE of cluster $EPOCH_CLUSTER"
  elif machine_id && [ "$EPOCH_MACHINE" != "$REPLY" ]; then
    EPOCH_WHY="$file comes from another machine ($EPOCH_MACHINE; this is $REPLY)"
  else
    EPOCH_STATE='read'
    return 0
  fi
  return 1
}

# within MOST...: whether what was matched first, second... is no longer than that. The C library compiles
# {1,64} into 64 copies, anew for every match: that took 2 ms, and {0,4000} 600 ms and 40 MB (glibc 2.36).
within() {
  local n=0 most
  for most; do
    n=$((n + 1))
    [ "${#BASH_REMATCH[n]}" -le "$most" ] || return 1
  done
}

# machine_id: in REPLY; some containers have none.
machine_id() {
  REPLY=""
  { IFS= read -r REPLY </etc/machine-id; } 2>/dev/null
  REPLY=${REPLY:-none}
}

# epoch_write FILE: what EPOCH_* say. 1: it was not written; 2: it may not outlive a power cut.
epoch_write() {
  local body sum new=$1.new open=closed
  [ "$EPOCH_OPEN" = no ] || open=open
  machine_id
  body="replctl-epoch 1
cluster ${V[cluster_name]}
node ${V[node_name]}
machine $REPLY
votes $EPOCH_VOTES
promise $EPOCH_PROMISE $EPOCH_OPERATION $open
holder $EPOCH_HOLDER"
  [ -z "$EPOCH_RECORD" ] || body+=$'\n'"record $EPOCH_RECORD_EPOCH $EPOCH_RECORD_LEADER $EPOCH_RECORD"
  [ -z "$EPOCH_HANDS" ] || body+=$'\n'"hands $EPOCH_HANDS $EPOCH_HANDS_MS"
  sum=$(sha256sum <<<"$body")
  away "$new" && printf '%s\nsum %s\n' "$body" "${sum%% *}" >"$new" && sync "$new" && mv -T "$new" "$1" ||
    { unwritten "$1"; return 1; }
  sync "${1%/*}" && return 0
  WHY="cannot sync ${1%/*}"
  return 2
}

# epoch_file: its path, in REPLY.
epoch_file() { REPLY=${V[state_directory]}/epoch; }

# heartbeat: ms since the operation that holds this node was last at work here, in REPLY; by this host's
# own clock.
heartbeat() {
  local file=${V[state_directory]}/heartbeat by="" at
  { IFS= read -r by <"$file"; } 2>/dev/null
  [ "$by" = "$EPOCH_OPERATION" ] && at=$(stat -c %.3Y "$file" 2>/dev/null) || return 1
  REPLY=$((10#${EPOCHREALTIME/[.,]/} / 1000 - 10#${at/[.,]/}))
  [ "$REPLY" -ge 0 ] || REPLY=0
}

# epoch_facts: what the file says, as facts.
epoch_facts() {
  [ -n "${V[state_directory]:-}" ] || return 0
  epoch_file
  epoch_read "$REPLY"
  fact epoch.state "$EPOCH_STATE"
  case $EPOCH_STATE in
    unreadable) fact epoch.why "$EPOCH_WHY" ;;
    read)
      fact epoch.votes "$EPOCH_VOTES"
      fact epoch.promise "$EPOCH_PROMISE"
      fact epoch.operation "$EPOCH_OPERATION"
      fact epoch.open "$EPOCH_OPEN"
      fact epoch.holder "$EPOCH_HOLDER"
      [ "$EPOCH_OPEN" = no ] || ! heartbeat || fact epoch.heartbeat_ms "$REPLY"
      [ -z "$EPOCH_RECORD" ] || fact epoch.record "$EPOCH_RECORD"
      [ -z "$EPOCH_HANDS" ] || { hands_off; fact epoch.maintenance_ms "$REPLY"; }
      ;;
  esac
}

# hands_off: how long this host has known of the maintenance in its record, in ms, in REPLY.
hands_off() {
  REPLY=$((10#${EPOCHREALTIME/[.,]/} / 1000 - EPOCH_HANDS_MS))
  [ "$REPLY" -ge 0 ] || REPLY=0
}

# epoch_hands: sets EPOCH_HANDS by EPOCH_RECORD, when that was written.
epoch_hands() {
  local by=""
  [[ ! $EPOCH_RECORD =~ \"maintenance\":\{\"operation\":\"([a-z0-9-]+)\" ]] || ! within 64 || by=${BASH_REMATCH[1]}
  [ "$by" != "$EPOCH_HANDS" ] || return 0
  EPOCH_HANDS=$by EPOCH_HANDS_MS=$((10#${EPOCHREALTIME/[.,]/} / 1000))
}

# holding: who holds this node, in REPLY, for people.
holding() {
  local since=""
  if heartbeat; then since=", last at work here $((REPLY / 1000)) s ago"; fi
  REPLY="epoch $EPOCH_PROMISE is held by $EPOCH_OPERATION (${EPOCH_HOLDER:-unknown}$since)"
}

# not_overtaken: refuses where the file that was read knows a newer promise than V[promise], or that V[operation]
# is over.
not_overtaken() {
  if [ "$EPOCH_PROMISE" -gt "${V[promise]}" ] ||
    { [ "$EPOCH_PROMISE" = "${V[promise]}" ] && [ "$EPOCH_OPERATION" != "${V[operation]}" ]; }; then
    holding
    KIND=OVERTAKEN refuse "$REPLY; this was epoch ${V[promise]}, ${V[operation]}"
  fi
  [ "$EPOCH_OPERATION $EPOCH_OPEN" != "${V[operation]} no" ] ||
    KIND=OVERTAKEN refuse "${V[operation]} is over: its promise was given back"
}

# Every script that changes a node is given the promise of its operation (epoch: V[promise]) by whoever
# runs plans. A node that knows a newer one refuses it, so that an operation which was overtaken while
# its laptop slept does nothing late; a node that knows only an older one learns this one.
check_promise() {
  local file
  [ -n "${V[promise]:-}" ] || return 0
  epoch_file
  file=$REPLY
  epoch_read "$file" || KIND=UNREADABLE refuse "$EPOCH_WHY"
  not_overtaken
  if [ "$EPOCH_PROMISE" = "${V[promise]}" ]; then
    beat first
    return 0
  fi
  EPOCH_PROMISE=${V[promise]} EPOCH_OPERATION=${V[operation]} EPOCH_OPEN=yes EPOCH_HOLDER=${V[owner]:-}
  epoch_write "$file" || refuse "$WHY"
  beat first
}

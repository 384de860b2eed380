# verdict TEXT: what follows from what is known. Lines of TEXT, all but `node` may be missing:
#
#   node NAME                this node
#   follows                  its server would start as a follower
#   fenced                   it was fenced: the marker is there
#   rewinding                a rewind of its data was begun and did not end
#   running                  a server runs on its data already
#   history N WORD           the newest timeline or epoch of its own data, and what the engine calls such
#   permit EPOCH OPERATION   an operation starts the server now
#   file none|gone|read|novote|unreadable WHY    novote: it can be read, and its word does not count
#   promise EPOCH OPERATION open|closed
#   record EPOCH LEADER VOTER,VOTER...
#   peer NAME silent WHY     no answer; one that answers has none such, and
#   peer NAME server none|writable|recovery|unknown N
#                            not of a witness, whose file alone counts
#   peer NAME file ...       and promise, record as above
#
# VERDICT: start, close (come up closed), wait. RULE: one word for why, WHY: in words, NEXT: what
# can be typed.
verdict() {
  local line node="" word rest name kind a b c
  local follows=no fenced=no rewinding=no running=no history=0 its=timeline permit="" file=none promise="" operation=""
  local over=" " newest=0 leader="" voters="" whose="" peers=() silent=() votes=0 needed=0 absent=""
  local -A server=() newest_of=() has=() opens=() why=()
  NEXT=""
  while IFS= read -r line; do
    read -r word rest <<<"$line"
    case $word in
      node) node=$rest; name=$rest ;;
      follows) follows=yes ;;
      fenced) fenced=yes ;;
      rewinding) rewinding=yes ;;
      running) running=yes ;;
      history) read -r history its <<<"$rest" ;;
      permit) permit=$rest ;;
      peer)
        read -r name kind rest <<<"$rest"
        [[ " ${peers[*]} " == *" $name "* ]] || peers+=("$name")
        ;;
      *) name=$node kind=$word ;;
    esac
    case $word in peer | file | promise | record) ;; *) continue ;; esac
    read -r a b c <<<"$rest"
    case $kind in
      silent) silent+=("$name") why[$name]=$rest ;;
      server) server[$name]=$a newest_of[$name]=${b:-0} ;;
      file) has[$name]=$a why[$name]="$b${c:+ $c}" ;;
      promise)
        if [ "$c" = open ]; then opens[$name]="$a $b"; else over+="$b "; fi
        [ "$name" != "$node" ] || promise="$a $b"
        ;;
      record)
        if [ "$a" -gt "$newest" ]; then
          newest=$a leader=$b voters=$c whose=$name
        elif [ "$a" = "$newest" ] && [ "$b" != "$leader" ]; then
          decide wait two-leaders "epoch $a names $leader by $whose's word and $b by $name's" "replctl status"
          return
        fi
        ;;
    esac
  done <<<"$1"
  file=${has[$node]:-none}

  if [ "$rewinding" = yes ]; then
    decide wait rewinding "a rewind of its data was cut off: it must not run" "replctl op list; replctl rejoin $node"
  elif [ "$follows" = yes ]; then
    decide start follows "it starts as a follower"
  elif [ "$running" = yes ]; then
    decide wait running "processes of a server work on this data, and not as part of its unit" "replctl status"
  elif [ "$fenced" = yes ]; then
    decide close fenced "it was fenced" "replctl rejoin $node"
  elif [ -n "$leader" ] && [ "$leader" != "$node" ]; then
    decide close succeeded "epoch $newest has the leader $leader, by $whose's word" "replctl rejoin $node"
  elif [ "$file" = unreadable ]; then
    decide wait unreadable "its epoch file can't be believed: ${why[$node]}" "replctl open $node"
  elif [ -n "$permit" ] && [ "$permit" = "$promise" ]; then
    decide start permit "operation ${permit#* } starts it"
  elif [ "$file" = none ] && [[ ! " ${has[*]} " =~ \ (read|novote)\  ]]; then
    decide start unmanaged "no epoch is known here or on a peer that answers"
  elif [ "$file" != read ] && [ "$file" != novote ]; then
    decide wait gone "it has no epoch file, and epochs are in use" "replctl open $node"
  else
    alone
  fi
}

# Of verdict: the recorded leader comes back, and nothing on its own host speaks against it.
alone() {
  local all=()
  for name in "${peers[@]}"; do
    case ${server[$name]:-} in
      writable)
        decide wait writable "$name takes writes" "replctl status; replctl open $name --re-record, if $name is to lead"
        return
        ;;
      unknown)
        decide wait hung "$name's server runs and does not say whether it takes writes" "replctl status"
        return
        ;;
    esac
    if [ "${newest_of[$name]:-0}" -gt "$history" ]; then
      decide wait newer "$name is on ${its:-timeline} ${newest_of[$name]}, this node on $history: $name was promoted" \
        "replctl status; replctl open $name --re-record, if $name is to lead"
      return
    fi
  done
  # An older one was overtaken by the operation that made the record; a host that was down when an
  # operation ended still takes it for open.
  for name in "$node" "${peers[@]}"; do
    operation=${opens[$name]:-}
    if [ -z "$operation" ] || [ "${operation%% *}" -lt "$newest" ] || [[ $over == *" ${operation#* } "* ]]; then
      continue
    fi
    operation=${operation#* }
    decide wait unfinished "operation $operation is not over, by $name's word" \
      "replctl op resume $operation, or abort"
    return
  done
  [ -n "$voters" ] || voters=$(IFS=, && echo "$node${peers[*]:+,${peers[*]}}")
  IFS=, read -r -a all <<<"$voters"
  needed=$((${#all[@]} / 2 + 1))
  for name in "${all[@]}"; do
    if [ "${has[$name]:-}" = read ]; then
      votes=$((votes + 1))
    else
      [ -n "${has[$name]:-}" ] || [ -n "${why[$name]:-}" ] || why[$name]="not known here: replctl init"
      absent+="${absent:+, }$name (${why[$name]:-it has no vote})"
    fi
  done
  if [ "$votes" -lt "$needed" ]; then
    decide wait few "$votes of ${#all[@]} voters, and $needed are needed; without: $absent" \
      "nothing if they come back; else replctl open $node"
    return
  fi
  decide start majority "$votes of ${#all[@]} voters know of no other leader than $node"
}

decide() { VERDICT=$1 RULE=$2 WHY=$3 NEXT=${4:-}; }

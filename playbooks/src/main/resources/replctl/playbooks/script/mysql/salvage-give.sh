# What the binary logs of a leader have that its followers have not, where its server is stopped: read from its files
# alone. Changes nothing. A transaction that is in them was on its way to be committed; its server's own recovery would
# commit it.
#
# with look/facts
# with survey/layout
# with rejoin/sets
# with rejoin/own
# text EXTENT salvage/extent.awk
#
# theirs     what the followers have, as a set
# patience   seconds for reading the logs
# manifest   what the first answer said is to be given; with it
# at         from which byte on, and bytes: of how many
#
# Facts
#   manifest   for each log that is needed, a word: NAME:HEAD:FROM:TO. Its first HEAD bytes, which say of what form it is,
#              and those from FROM to TO, are a log that has just what is missing: whole transactions
#   bytes      of all these
#   set, transactions   what is there
#   note       where that is nothing
#   data.0, data.1 ...  compressed and in base 64, and next: the byte after the last

# Of one fact, and of one answer: a fact is a line of at most 1 MiB, and what takes these is sent 8 MiB at the most.
PIECE=$((512 * 1024)) PIECES=8

is_done() {
  configured
  ! any_process || { WHY="its server runs"; return 1; }
  logs || return 1
  if [ -n "${V[manifest]:-}" ]; then give; else look; fi
}

look() {
  local file said name head from to bytes=0 count=0 set="" manifest="" wanted logged
  [ "${#BINLOGS[@]}" -gt 0 ] || { WHY="it has no binary log"; return 1; }
  needed || return 1
  for file in "${wanted[@]}"; do
    extent "$file" || return 1
    [ "$COUNT" -gt 0 ] || continue
    name=${file##*/}
    [[ $name =~ ^[A-Za-z0-9_.-]+$ ]] || { WHY="the name of its log can't be sent: $file"; return 1; }
    manifest+=${manifest:+ }$name:$HEAD:$FROM:$TO
    bytes=$((bytes + HEAD + TO - FROM)) count=$((count + COUNT)) set+=${set:+,}$SET
  done
  # A log between two others may be gone.
  set_without "$logged" "${V[theirs]},$set" && [ -z "$REPLY" ] || { WHY="$(gone "$REPLY")"; return 1; }
  fact manifest "$manifest"
  fact bytes "$bytes"
  fact set "$set"
  fact transactions "$count"
  [ "$count" != 0 ] || fact note "${V[node_name]:-it} has nothing that its followers had not"
  send_facts
}

gone() { printf '%s' "its logs have no more what $1 did, and nobody else has that: what came after it is of no use without"; }

# needed: the logs that may have something of it, in wanted, and in logged what was logged before the last of them. 1: WHY.
needed() {
  local at rest
  wanted=() logged=""
  for ((at = ${#BINLOGS[@]} - 1; at >= 0; at--)); do
    if before "${BINLOGS[at]}"; then
      rest=$REPLY
      [ -n "$logged" ] || logged=$rest
      wanted=("${BINLOGS[at]}" "${wanted[@]}")
      set_without "$rest" "${V[theirs]}" || { WHY="what it has, or what its followers have, is no set of transactions"; return 1; }
      [ -n "$REPLY" ] || return 0
    elif encrypted "${BINLOGS[at]}"; then
      WHY="its log ${BINLOGS[at]} is encrypted (binlog_encryption): what is in it is not known, and its own server alone can read it"
      return 1
    elif [ "$at" != $((${#BINLOGS[@]} - 1)) ]; then
      WHY="its log ${BINLOGS[at]} can't be read"
      return 1
    fi
    # The last one was cut off before it said anything: it was new.
  done
  WHY=$(gone "$REPLY")
  return 1
}

# encrypted FILE: such a log begins with this word, and others with 0xfe and "bin" (MySQL's sql/rpl_log_encryption.h).
encrypted() { head -c 4 "$1" | LC_ALL=C grep -qa $'^\xfdbin'; }

# extent FILE: HEAD, FROM, TO, COUNT and SET: where in it what is missing lies. 1: WHY.
extent() {
  local key value said code="" filter=()
  HEAD=0 FROM=0 TO=0 COUNT=0 SET=""
  [ -z "${V[theirs]}" ] || filter=(--exclude-gtids="${V[theirs]}")
  said=$({ within_time "${V[patience]}" "${CLIENT%/*}/mysqlbinlog" --no-defaults --base64-output=decode-rows --verify-binlog-checksum "${filter[@]}" "$1" 2>/dev/null
    echo "exit $?"; } | awk -v size="$(stat -c %s "$1")" "$EXTENT")
  while read -r key value; do
    case $key in
      head) HEAD=$value ;;
      from) FROM=$value ;;
      to) TO=$value ;;
      count) COUNT=$value ;;
      set) SET=$value ;;
      exit) code=$value ;;
    esac
  done <<<"$said"
  case $code in
    0) return 0 ;;
    124 | 137) WHY="$1 could not be read to its end in ${V[patience]} s" ;;
    # What a crash has cut off counts as not there: so the server itself sees it.
    1) [ "$1" != "${BINLOGS[-1]}" ] || return 0; WHY="$1 can't be read to its end" ;;
    *) WHY="$1 can't be read (mysqlbinlog: ${code:-no answer})" ;;
  esac
  return 1
}

give() {
  local at=${V[at]} bytes=${V[bytes]} next piece
  [[ $at =~ ^[0-9]{1,15}$ && $bytes =~ ^[0-9]{1,15}$ && $at -lt $bytes ]] || { WHY="it is not known from where to read"; return 1; }
  next=$((at + PIECE * PIECES < bytes ? at + PIECE * PIECES : bytes))
  parts "$at" $((next - at)) | for ((piece = 0; piece * PIECE < next - at; piece++)); do
    printf '%s fact data.%s ' "$NONCE" "$piece"
    head -c "$PIECE" | gzip -1 | base64 -w 0
    printf '\n'
  done >&3
  fact next "$next"
  send_facts
}

# parts AT COUNT: so many bytes of all that the manifest names, from there on.
parts() {
  local skip=$1 left=$2 word name head from to file start size
  for word in ${V[manifest]}; do
    IFS=: read -r name head from to <<<"$word"
    for file in "${BINLOGS[@]}"; do [ "${file##*/}" != "$name" ] || break; done
    [ "${file##*/}" = "$name" ] || return 1
    for start in 0 "$from"; do
      if [ "$start" = 0 ]; then size=$head; else size=$((to - from)); fi
      if [ "$skip" -ge "$size" ]; then
        skip=$((skip - size))
        continue
      fi
      size=$((size - skip < left ? size - skip : left))
      tail -c +$((start + skip + 1)) "$file" | head -c "$size"
      skip=0 left=$((left - size))
      [ "$left" -gt 0 ] || return 0
    done
  done
}

# What a server has in its log beyond the place where its history and its leader's parted. Part of
# remains.sh and save-tail.sh.
#
# scan       which of its log to read: TIMELINE START END, a line each, in order; END `-`: to its end
# fork       where the histories parted; empty: they did not
# segment    bytes of a segment of the log

# read_log FOLDER SECONDS LISTING: reads it there, no longer than that. What was found is in REPLY: records
# beyond the fork, transactions that committed beyond it, its first and last record there, the times of
# the first and last commit, the last record of all, and `more` where there was no time to read on, divided by |.
# LISTING, where it is not empty, becomes a file of the transactions and of what they touched. A log that
# ends without a clean end makes pg_waldump fail at the end of it: that is how the end is found.
# GONE (yes, no): some of it is not there any more, and what is there was read.
read_log() {
  local line timeline start end code folder=$1 seconds=$2 listing=$3 there=""
  GONE=no
  while read -r timeline start end; do
    [ -n "$timeline" ] || continue
    ! readable "$folder" "$timeline" "$start" "$end" || there+="$timeline $REPLY $end"$'\n'
  done <<<"${V[scan]}"
  REPLY=$(
    while read -r timeline start end; do
      [ -n "$timeline" ] || continue
      [ "$end" != - ] || end=""
      timeout "$seconds" "$BIN/pg_waldump" -p "$folder" -t "$timeline" -s "$start" ${end:+-e "$end"} 2>/dev/null
      code=$?
      [ "$code" != 124 ] || printf 'cut\n'
    done <<<"$there" | awk -v fork="${V[fork]}" -v listing="$listing" "$READ_LOG"
  )
}

# readable FOLDER TIMELINE START END: from which address on a stretch of the log can be read there, in REPLY:
# START, or, where the server has recycled that segment, the beginning of the first that is there, and GONE is yes. 1:
# none of it can. A log that ends where a segment would begin has none there, and nothing of it is gone.
readable() {
  local first=no from to="" at
  [ "$3" != "$4" ] || return 1
  number "$3"; from=$((REPLY / V[segment]))
  [ "$4" = - ] || { number "$4"; to=$(((REPLY - 1) / V[segment])); }
  while read -r at; do
    [ "$at" -lt "$from" ] || { [ -n "$to" ] && [ "$at" -gt "$to" ]; } || { first=$at; break; }
  done < <(numbers "$1" "$2")
  if [ "$first" = "$from" ]; then REPLY=$3; return 0; fi
  number "$3"
  if [ "$first" = no ]; then
    [ "$4" = - ] && [ $((REPLY % V[segment])) = 0 ] || GONE=yes
    return 1
  fi
  GONE=yes
  at=$((first * V[segment]))
  printf -v REPLY '%X/%X' $((at >> 32)) $((at & 0xFFFFFFFF))
}

# numbers FOLDER TIMELINE: of the segments of that timeline there, ascending.
numbers() {
  local file at
  for file in "$1/$(printf %08X "$2")"????????????????; do
    at=${file##*/}
    [[ ! $at =~ ^[0-9A-F]{24}$ ]] || printf '%s\n' $((16#${at:8:8} * (0x100000000 / V[segment]) + 16#${at:16:8}))
  done
}

# An address as text that sorts like it. The words are those of pg_waldump in versions 13 to 18: what comes before
# `desc:` is fixed, and a transaction's end begins its description.
READ_LOG='
function place(lsn,   part) { split(lsn, part, "/"); return substr("00000000" part[1], length(part[1]) + 1) substr("00000000" part[2], length(part[2]) + 1) }
function plain(lsn,   part) { split(lsn, part, "/"); sub(/^0+/, "", part[2]); return part[1] "/" (part[2] == "" ? "0" : part[2]) }
BEGIN { from = fork == "" ? "~" : place(fork); more = "no" }
$0 == "cut" { more = "more"; next }
match($0, /, lsn: [0-9A-F]+\/[0-9A-F]+/) {
  lsn = substr($0, RSTART + 7, RLENGTH - 7)
  last = plain(lsn)
  if (place(lsn) < from) next
  records++
  if (first == "") first = plain(lsn)
  xid = match($0, /tx: *[0-9]+/) ? substr($0, RSTART + 3, RLENGTH - 3) + 0 : 0
  text = $0
  while (match(text, /rel [0-9]+\/[0-9]+\/[0-9]+/)) {
    rel = substr(text, RSTART + 4, RLENGTH - 4)
    text = substr(text, RSTART + RLENGTH)
    if (xid > 0 && index(touched[xid], " " rel " ") == 0) touched[xid] = touched[xid] (touched[xid] == "" ? " " : "") rel " "
  }
  if ($0 ~ /^rmgr: Transaction/ && match($0, /desc: COMMIT[A-Z_]* /)) {
    transactions++
    when = substr($0, RSTART + RLENGTH)
    if ($0 ~ /desc: COMMIT_PREPARED/) sub(/^[^:]*: /, "", when)
    sub(/;.*/, "", when)
    if (began == "") began = when
    ended = when
    if (listing != "") printf "%-10s %-34s %-16s%s\n", xid, when, plain(lsn), touched[xid] > listing
    delete touched[xid]
  }
}
END { printf "%d|%d|%s|%s|%s|%s|%s|%s\n", records, transactions, first, records ? last : "", began, ended, last, more }
'

# number LSN, in REPLY.
number() { REPLY=$(((16#${1%%/*} << 32) + 16#${1#*/})); }

# segments LAST: the files of the log from the fork to the address LAST, in the array SEGMENTS.
segments() {
  local timeline start end from to file at
  SEGMENTS=()
  number "$1"; to=$((REPLY / V[segment]))
  while read -r timeline start end; do
    [ -n "$timeline" ] || continue
    number "$start"; from=$((REPLY / V[segment]))
    for file in "$DATA"/pg_wal/"$(printf %08X "$timeline")"????????????????; do
      [[ ${file##*/} =~ ^[0-9A-F]{24}$ ]] || continue
      at=${file##*/}
      at=$((16#${at:8:8} * (0x100000000 / V[segment]) + 16#${at:16:8}))
      [ "$at" -lt "$from" ] || [ "$at" -gt "$to" ] || SEGMENTS+=("$file")
    done
  done <<<"${V[scan]}"
}

# oldest_segment: the lowest address whose log is still there, of whichever timeline, as the number of its
# segment, in REPLY; not 0 where there is none.
oldest_segment() {
  local file at least=""
  for file in "$DATA"/pg_wal/????????????????????????; do
    at=${file##*/}
    [[ $at =~ ^[0-9A-F]{24}$ ]] || continue
    at=$((16#${at:8:8} * (0x100000000 / V[segment]) + 16#${at:16:8}))
    [ -n "$least" ] && [ "$at" -ge "$least" ] || least=$at
  done
  REPLY=$least
  [ -n "$least" ]
}

# tip TIMELINE LSN: the sum of the bytes of the log's page up to and with the head of the record that begins
# there, which has the record's checksum; in REPLY. Not 0 where that segment is not there.
tip() {
  local at page most file
  number "$2"
  at=$REPLY
  page=$((at / 8192 * 8192))
  most=$((at + 24 - page))
  [ "$most" -le 8192 ] || most=8192
  printf -v file '%s/pg_wal/%08X%08X%08X' "$DATA" "$1" $((at / V[segment] / (0x100000000 / V[segment]))) \
    $((at / V[segment] % (0x100000000 / V[segment])))
  [ -r "$file" ] || return 1
  REPLY=$(tail -c +$((page % V[segment] + 1)) "$file" | head -c "$most" | sha256sum)
  REPLY=${REPLY%% *}
}

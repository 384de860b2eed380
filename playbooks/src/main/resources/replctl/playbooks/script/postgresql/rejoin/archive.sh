# Log that is not in a server's pg_wal any more, had by its own restore_command. Part of remains.sh and
# save-tail.sh.
#
# restore_patience   seconds that the command gets for one file

# restore_command: as the server's own configuration has it, in REPLY; 1: it has none.
restore_command() {
  main_config
  REPLY=$("$BIN/postgres" -D "$DATA" -c config_file="$REPLY" -C restore_command 2>/dev/null) && [ -n "$REPLY" ]
}

# filled COMMAND NAME PLACE: as PostgreSQL fills it in, in REPLY. For %r, the last file that is still
# needed, it says what PostgreSQL says where it does not know: so the command takes nothing away.
filled() {
  local left=$1 text=""
  while [[ $left == *%* ]]; do
    text+=${left%%\%*}
    left=${left#*%}
    case ${left:0:1} in
      f) text+=$2 ;;
      p) text+=$3 ;;
      r) text+=000000000000000000000000 ;;
      *) text+=%${left:0:1} ;;
    esac
    [ "${left:0:1}" != % ] || text=${text%?}
    left=${left:1}
  done
  REPLY=$text$left
}

# restored COMMAND NAME FILE: has that segment of this cluster's log come as FILE. 1: WHY says what came instead.
restored() {
  local words code new=$3.replctl-new
  rm -f "$new"
  filled "$1" "$2" "$new"
  words=$(cd "$DATA" && without_lock timeout -k 5 "${V[restore_patience]}" sh -c "$REPLY" 2>&1)
  code=$?
  words=$(tail -n 1 <<<"$words")
  case $code in
    0) ;;
    124 | 137) WHY="the restore_command did not end in ${V[restore_patience]} s for $2" ;;
    *) WHY="the restore_command ended with $code for $2${words:+: $words}" ;;
  esac
  if [ "$code" = 0 ] && ! is_ours "$new"; then code=1 WHY="what the restore_command gave for $2 is no segment of this cluster's log"; fi
  if [ "$code" != 0 ] || ! mv -T "$new" "$3"; then
    rm -f "$new"
    return 1
  fi
}

# is_ours FILE: the first page of a segment has the system identifier (XLogLongPageHeaderData).
is_ours() {
  local own
  identity; own=$REPLY
  [ "$(stat -c %s "$1" 2>/dev/null)" = "${V[segment]}" ] && [ "$(od -A n -t u8 -j 24 -N 8 "$1" | tr -d ' ')" = "$own" ]
}

# fetch_gone FOLDER: into it, what of the log beyond the fork is not in pg_wal. From the later to the
# earlier, so that what is had always goes on in what is there; where nothing is, from the fork on for as
# long as the archive has it. WHY says what could not be had, and is empty where all could.
fetch_gone() {
  local command timeline start end from to first at
  restore_command || { WHY="it has no restore_command"; return 1; }
  command=$REPLY
  WHY=""
  while read -r timeline start end; do
    [ -n "$timeline" ] && [ "$start" != "$end" ] || continue
    number "$start"; from=$((REPLY / V[segment]))
    to=""
    [ "$end" = - ] || { number "$end"; to=$(((REPLY - 1) / V[segment])); }
    first=$to
    while read -r at; do
      [ "$at" -ge "$from" ] || continue
      [ -n "$to" ] && [ "$at" -gt "$to" ] || first=$((at - 1))
      break
    done < <(numbers "$DATA/pg_wal" "$timeline")
    if [ -n "$first" ]; then
      for ((at = first; at >= from; at--)); do fetch_one "$1" "$timeline" "$at" || break; done
    else
      for ((at = from; ; at++)); do fetch_one "$1" "$timeline" "$at" || break; done
      [ "$at" = "$from" ] || WHY=""
    fi
  done <<<"${V[scan]}"
  [ -z "$WHY" ]
}

# fetch_one FOLDER TIMELINE NUMBER: by the command in `command`; the file's name is in FETCHED.
fetch_one() {
  printf -v FETCHED '%08X%08X%08X' "$2" $(($3 / (0x100000000 / V[segment]))) $(($3 % (0x100000000 / V[segment])))
  restored "$command" "$FETCHED" "$1/$FETCHED"
}

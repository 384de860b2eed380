# What a node has that another has not, by its server where that answers, else by its binary logs alone. Part of
# remains.sh and save-tail.sh.
#
# theirs     what the other has, as a set
#
# A server that does not run has at least what its binary logs say: whatever it committed itself is there (and its
# recovery commits what is there). What it was copied with, before its first log, is not: see Previous_gtids in
# MySQL's manual, mysqlbinlog.

# logs: BINLOGS and RELAYS, the files in order, and SERVER (yes: it answers). 1: WHY says what can't be told.
logs() {
  local index relay
  SERVER=no BINLOGS=() RELAYS=() HAS="" RECEIVED=""
  if any_process; then
    answers || { WHY="its server runs and does not answer: $ANSWER"; return 1; }
    SERVER=yes
    asked "select concat_ws('|', coalesce(@@log_bin_index, ''), @@relay_log_index, if(length(@@global.gtid_executed) > 60000, 'cut', replace(@@global.gtid_executed, '\n', '')),
      coalesce((select group_concat(if(length(received_transaction_set) > 60000, 'cut', replace(received_transaction_set, '\n', '')))
        from performance_schema.replication_connection_status where channel_name = ''), ''))"
    IFS='|' read -r index relay HAS RECEIVED <<<"$REPLY"
    [[ $REPLY == *"|"*"|"*"|"* ]] || { WHY=$REPLY; return 1; }
    [[ $HAS,$RECEIVED != *cut* ]] || { WHY="its set of transactions is too long to be read"; return 1; }
  else
    index=${OPTION[log_bin_index]:-${OPTION[log_bin]:-}}
    [[ -n $index && $index != ON && $index != 1 ]] || index=binlog
    relay=${OPTION[relay_log_index]:-${OPTION[relay_log]:-}}
    if [ -z "$relay" ]; then
      for relay in "$DATA"/*-relay-bin.index; do break; done
    fi
  fi
  files_of "$index" BINLOGS
  files_of "$relay" RELAYS
}

# files_of INDEX NAME: what an index of logs lists and is there, in the array NAME.
files_of() {
  local -n files=$2
  local index=$1 line
  [ -n "$index" ] || return 0
  [[ $index == /* ]] || index=$DATA/$index
  [[ $index == *.index ]] || index=$index.index
  while IFS= read -r line; do
    [[ $line == /* ]] || line=$DATA/${line#./}
    [ ! -f "$line" ] || files+=("$line")
  done 2>/dev/null <"$index"
  return 0
}

reader() { "${CLIENT%/*}/mysqlbinlog" --no-defaults "$@"; }

# before FILE: what was logged before it, in REPLY. 1: it does not say. It stands at the file's head, and no more is read.
before() {
  local line of=no said=""
  while IFS= read -r line; do
    if [[ $line == *$'\tPrevious-GTIDs'* ]]; then
      of=yes
    elif [ "$of" = yes ]; then
      [[ $line == "# "[0-9a-f]*-* ]] || break
      said+=${line#"# "}
    fi
  done < <(exec 2>/dev/null; reader "$1")
  REPLY=$said
  [ "$of" = yes ]
}

# within_time SECONDS COMMAND...: with a limit of its own. 124: it took longer.
within_time() {
  local patience=$1
  shift
  timeout -k 1 "$patience" "$@"
}

# logged_in FILE PATIENCE: the transactions in it, in REPLY, as a set. 1: it could not be read to its end. What a crash has cut
# off counts as not there: so the server itself sees it.
logged_in() {
  local said code
  said=$({ within_time "$2" "${CLIENT%/*}/mysqlbinlog" --no-defaults --base64-output=decode-rows "$1" 2>/dev/null; echo "exit $?"; } | awk '
    function done() { if (source != "") printf "%s:%s-%s,", source, first, last }
    /^SET @@SESSION.GTID_NEXT= '\''[0-9a-f][0-9a-f-]*:[a-z0-9_:]*'\''/ {
      split($0, part, "'\''")
      number = part[2]; sub(/.*:/, "", number)
      from = substr(part[2], 1, length(part[2]) - length(number) - 1)
      if (from != source || number != last + 1) { done(); source = from; first = number }
      last = number
    }
    /^exit [0-9]+$/ { code = $2 }
    END { done(); print " " code }')
  code=${said##* }
  REPLY=${said% *}
  REPLY=${REPLY%,}
  [ "$code" != 124 ] && [ "$code" != 137 ]
}

# look_for_own PATIENCE: OWN what it has applied or written, and theirs has not; WAITING what it has received besides and not
# applied; HAS, RECEIVED what it has. EXACT: yes, where HAS is all that it has. 1: WHY says why it can't be told.
look_for_own() {
  local last
  logs || return 1
  EXACT=yes
  if [ "$SERVER" = no ]; then
    EXACT=no
    [ "${#BINLOGS[@]}" -gt 0 ] || { WHY="it has no binary log, and its server does not run"; return 1; }
    all_of "$1" "${BINLOGS[@]}" || { WHY="its binary logs can't be read: ${BINLOGS[-1]}"; return 1; }
    HAS=$REPLY
    if [ "${#RELAYS[@]}" -gt 0 ]; then
      all_of "$1" "${RELAYS[@]}" || { WHY="its relay logs can't be read: ${RELAYS[-1]}"; return 1; }
      RECEIVED=$REPLY
    fi
  fi
  set_without "$HAS" "${V[theirs]}" && OWN=$REPLY && set_without "$RECEIVED" "${V[theirs]},$HAS" && WAITING=$REPLY && return 0
  WHY="what it has, or what the other has, is no set of transactions"
  return 1
}

# all_of PATIENCE FILE...: what these logs have, and had before, in REPLY.
all_of() {
  local said
  before "${*: -1}" || return 1
  said=$REPLY
  logged_in "${*: -1}" "$1" || return 1
  REPLY=$said${said:+${REPLY:+,}}$REPLY
}

# holding SET FILE...: in HOLDING the files that have some of the set, in PURGED what none of them has any more.
holding() {
  local wanted=$1 at rest
  local -a files
  shift
  files=("$@")
  HOLDING=() PURGED=$wanted
  for ((at = ${#files[@]} - 1; at >= 0; at--)); do
    before "${files[at]}" || return 1
    rest=$REPLY
    # What was logged before it is in an earlier one, or nowhere.
    set_without "$PURGED" "$rest" || return 1
    [ -z "$REPLY" ] || HOLDING=("${files[at]}" "${HOLDING[@]}")
    set_without "$PURGED" "$REPLY" || return 1
    PURGED=$REPLY
    [ -n "$PURGED" ] || return 0
  done
}

# decode SET PATIENCE FILE...: what these transactions did: WHOLE (no: it took longer, or could not be read), TRANSACTIONS, FIRST
# and LAST (us since 1970), HARMLESS, WHAT.
decode() {
  local set=$1 patience=$2 key value said
  shift 2
  WHOLE=no TRANSACTIONS=0 FIRST="" LAST="" HARMLESS=no WHAT=""
  said=$({ within_time "$patience" "${CLIENT%/*}/mysqlbinlog" --no-defaults --base64-output=decode-rows -v --include-gtids="$set" "$@" 2>/dev/null
    echo "exit $?"; } | awk "$DECODE")
  while read -r key value; do
    case $key in
      transactions) TRANSACTIONS=$value ;;
      first) FIRST=$value ;;
      last) LAST=$value ;;
      harmless) HARMLESS=$value ;;
      what) WHAT=$value ;;
      ended) [ "$value" != 0 ] || WHOLE=yes ;;
    esac
  done <<<"$said"
}

# at_time US: in words, in REPLY.
at_time() {
  REPLY=""
  [[ ! $1 =~ ^[0-9]{16}$ ]] || printf -v REPLY '%(%Y-%m-%d %H:%M:%S)T.%s UTC' "${1:0:10}" "${1:10:3}"
}

# Of the scripts of parameters: where they are written. With ALTER SYSTEM, in postgresql.auto.conf; numbers that stand
# in replctl's own file are changed there, or init would take back what counts more than that.

# Of replctl's own file: numbers that init leaves as somebody has made them, where they are enough.
ADJUSTABLE="max_connections max_worker_processes max_wal_senders max_replication_slots max_prepared_transactions
 max_locks_per_transaction max_slot_wal_keep_size wal_keep_size"

# is_list NAME: whether its value is a list of names, each quoted by itself: as one text it would be one name.
# These are all (GUC_LIST_QUOTE in guc_tables.c, PostgreSQL 13 to 18).
is_list() {
  case $1 in
    local_preload_libraries | search_path | session_preload_libraries | shared_preload_libraries | temp_tablespaces | unix_socket_directories) ;;
    *) return 1 ;;
  esac
}

# items TEXT: the list's elements, in ITEMS; 1: WHY it is none.
items() {
  local rest=$1 item
  ITEMS=()
  while :; do
    if [[ $rest =~ ^[[:space:]]*\"(([^\"]|\"\")+)\"[[:space:]]*(,(.*))?$ ]]; then
      item=${BASH_REMATCH[1]//\"\"/\"}
      ITEMS+=("$item")
      [ -n "${BASH_REMATCH[3]}" ] || return 0
      rest=${BASH_REMATCH[4]}
    elif [[ $rest =~ ^[[:space:]]*([^,\"]*[^,\"[:space:]])[[:space:]]*(,(.*))?$ ]]; then
      ITEMS+=("${BASH_REMATCH[1]}")
      [ -n "${BASH_REMATCH[2]}" ] || return 0
      rest=${BASH_REMATCH[3]}
    else
      WHY="that is no list of names; for none: --reset"
      return 1
    fi
  done
}

# as_written TEXT: the list as ALTER SYSTEM writes it, in REPLY.
as_written() {
  local item text="" statement=""
  items "$1" || return 1
  for item in "${ITEMS[@]}"; do
    literal "$item"
    statement+="${statement:+ || ', ' || }quote_ident($REPLY)"
  done
  text=$(sql "select $statement" 2>/dev/null)
  REPLY=${text:-$1}
}

# in_own NAME: whether replctl's own file has it.
in_own() {
  own_file
  [[ " ${ADJUSTABLE//[$'\n']/} " == *" $1 "* ]] && [ -f "$REPLY" ] && grep -q "^$1 = '" "$REPLY"
}

# own_with NAME VALUE: replctl's own file with that line, in REPLY.
own_with() {
  local line text="" file
  own_file
  contents "$REPLY" || { WHY="cannot read $REPLY"; return 1; }
  file=$REPLY
  literal "$2"
  while IFS= read -r line; do
    [[ $line != "$1 = '"* ]] || line="$1 = $REPLY"
    text+=$line$'\n'
  done <<<"${file%$'\n'}"
  REPLY=$text
}

# write_one NAME[=VALUE]: in its home; of a server that does not run, in the file. 1: WHY.
write_one() {
  local name=${1%%=*} value words item
  if in_own "$name"; then
    [[ $1 == *=* ]] || { WHY="$name stands in replctl.conf, and replctl needs one"; return 1; }
    own_with "$name" "${1#*=}" || return 1
    words=$REPLY
    own_file
    put "$REPLY" 640 "$words"
    return
  fi
  if ! server_pid; then
    ! any_process || { WHY="processes of a server that is gone have $DATA open yet"; return 1; }
    # In the file a backslash stands for what comes after it.
    value=${1#*=}
    if [[ $1 == *=* ]]; then auto_conf_set "$name" "${value//\\/\\\\}"; else auto_conf_set "$name"; fi
    return
  fi
  name "$name"
  words="alter system reset $REPLY"
  if [[ $1 == *=* ]]; then
    words="alter system set $REPLY = "
    if is_list "$name"; then
      items "${1#*=}" || return 1
      value=""
      for item in "${ITEMS[@]}"; do literal "$item"; value+="${value:+, }$REPLY"; done
      words+=$value
    else
      literal "${1#*=}"
      words+=$REPLY
    fi
  fi
  words=$(sql "$words" 2>&1) && return 0
  one_line "${words#*ERROR:  }"
  WHY=$REPLY
  return 1
}

# is_written NAME[=VALUE]: whether its home says so; 1: WHY not; else unknown.
is_written() {
  local name=${1%%=*} home=postgresql.auto.conf wanted=null has
  ! in_own "$name" || home=replctl.conf
  [[ $1 != *=* ]] || { literal "${1#*=}"; wanted=$REPLY; }
  if ! server_pid; then
    if [ "$home" = replctl.conf ]; then own_file; has=$(grep "^$name = '" "$REPLY"); else auto_conf "$name"; has=$REPLY; fi
    if [ "$wanted" = null ]; then [ -z "$has" ]; else [ "$has" = "$name = ${wanted//\\/\\\\}" ]; fi && return 0
    WHY="$home says otherwise of $name"
    return 1
  fi
  # What can't be said of what a start brings: the server has read the file, and takes that line.
  literal "$name"
  has=$(sql "select coalesce((select case when h.setting is distinct from $wanted then 'another value of ' || $REPLY || ' stands in $home'
      when h.error is not null and s.context <> 'postmaster' then h.error
      when h.setting is not null and s.context <> 'postmaster' and s.source in ('default', 'configuration file')
        and s.sourcefile is distinct from h.sourcefile then 'the server runs with ' || s.name || ' by ' || coalesce(s.sourcefile, s.source)
      else '' end
    from pg_settings s left join lateral (select setting, sourcefile, error from pg_file_settings f
      where lower(f.name) = lower(s.name) and sourcefile like '%/$home' order by seqno desc limit 1) h on true
    where lower(s.name) = $REPLY), 'the server has no parameter ' || $REPLY)" 2>&1) || { WHY=$has; return 2; }
  [ -n "$has" ] || return 0
  WHY=$has
  return 1
}

# Of the scripts that tell a running server its options. Lists are NAME VALUE, a line each.

FILE=${V[config_file]:-}

# unlike LIST: NAME = VALUE of the variables that differ, one text on standard output; a variable that this server
# does not have (its plugin is not loaded) differs from nothing.
unlike() {
  local name value names="" text="" has
  local -A wanted=()
  while read -r name value; do
    [ -n "$name" ] || continue
    [[ $name =~ ^[a-z0-9_]+$ ]] || { echo "not an option: $name"; return 1; }
    wanted[$name]=$value
    names+="${names:+,}'$name'"
  done <<<"$1"
  [ -n "$names" ] || return 0
  has=$(sql "select variable_name, variable_value from performance_schema.global_variables where variable_name in ($names)" 2>&1) || { echo "$has"; return 1; }
  while IFS=$'\t' read -r name value; do
    [ -z "$name" ] || [ "$value" = "${wanted[$name]-}" ] || text+="${text:+, }$name = $value"
  done <<<"$has"
  printf '%s' "$text"
}

# tell LIST: sets those that differ.
tell() {
  local name value text="" tls="" differs
  differs=", $(unlike "$1")" || fail "$differs"
  while read -r name value; do
    [ -n "$name" ] && [[ $differs == *", $name = "* ]] || continue
    case $value in
      ON | OFF) ;;
      *[!0-9]* | "") literal "$value"; value=$REPLY ;;
    esac
    text+="set global $name = $value;"
    [[ $name != ssl_* ]] || tls="alter instance reload tls;"
  done <<<"$1"
  text+=$tls
  [ -n "$text" ] || return 0
  # Refused while an applier runs (3747); its receiver goes on, so that nothing that was received is lost.
  if [[ $text == *"set global binlog_format "* ]]; then
    asked "select count(*) from performance_schema.replication_applier_status where service_state = 'ON'"
    [ "$REPLY" = 0 ] || text="stop replica sql_thread; $text start replica sql_thread"
  fi
  asked "${text%;}"
  [ -z "$REPLY" ] || fail "$REPLY"
}

# What a server says of system variables, and what it would make of other values. Changes nothing.
#
# with look/facts
# with part/parameter
#
# wishes       NAME=VALUE, or NAME, a line each
#
# Facts, those of each name behind `parameter.NAME.`; what there is nothing to say of is left out:
#   value, raw   what it runs with
#   after        what it would run with after a start
#   set_by       where the value comes from, in words
#   home         the file in which it is written      written   what stands there
#   at_start     yes: a new value takes hold only at a start
#   stays        yes: what is taken away goes on to hold until a start
#   fixed        why it can't be changed here
#   would, text  the value that is asked for, as the server says it
#   says         why the server does not take it
# parameter.names   all names, where one is not among them

declare -A SAYS=()

is_done() {
  local line name names="" lacks=no
  answers || { WHY="its server does not answer: $ANSWER"; return 2; }
  while IFS= read -r line; do
    [ -z "$line" ] || names+="${names:+, }'${line%%=*}'"
  done <<<"${V[wishes]}"
  told "$names" || return
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    name=${line%%=*}
    if [ -n "${SAYS[$name.raw]+x}" ]; then tried "$line"; else lacks=yes; fi
  done <<<"${V[wishes]}"
  [ "$lacks" = no ] ||
    known parameter.names "$(sql "set session group_concat_max_len = 100000; select group_concat(variable_name order by variable_name separator ' ') from performance_schema.global_variables" 2>/dev/null)"
  send_facts
}

# told NAMES: what the server says of them, in SAYS.
told() {
  local key value said
  said=$(sql "select concat(variable_name, '.raw'), variable_value from performance_schema.global_variables where variable_name in ($1);
    select concat(variable_name, '.written'), variable_value from performance_schema.persisted_variables where variable_name in ($1);
    select concat(variable_name, '.source'), variable_source from performance_schema.variables_info where variable_name in ($1);
    select concat(variable_name, '.path'), concat_ws(' ', nullif(variable_path, ''), concat('by ', nullif(set_user, ''), '@', set_host))
      from performance_schema.variables_info where variable_name in ($1);
    select concat(variable_name, '.least'), min_value from performance_schema.variables_info where variable_name in ($1);
    select concat(variable_name, '.most'), max_value from performance_schema.variables_info where variable_name in ($1);
    select 'load', @@global.persisted_globals_load" 2>&1) || { WHY=$said; return 2; }
  while IFS=$'\t' read -r key value; do
    [[ $value != *\\* ]] || printf -v value %b "$value"
    SAYS[$key]=$value
  done <<<"$said"
}

tried() {
  local name=${1%%=*} raw by value
  raw=${SAYS[$name.raw]}
  fact "parameter.$name.raw" "$raw"
  fact "parameter.$name.value" "$raw"
  fact "parameter.$name.home" mysqld-auto.cnf
  fact "parameter.$name.stays" yes
  by=${SAYS[$name.path]:-}
  case ${SAYS[$name.source]:-} in
    COMPILED) fact "parameter.$name.set_by" default ;;
    DYNAMIC)
      # What is persisted while it runs is set in both places, and only the running one is told of.
      REPLY=""
      [ -z "${SAYS[$name.written]+x}" ] || as_said "${SAYS[$name.written]}" "$raw"
      if [ -n "${SAYS[$name.written]+x}" ] && [ "$REPLY" = "$raw" ]; then
        fact "parameter.$name.set_by" mysqld-auto.cnf
      else
        fact "parameter.$name.set_by" "set global ${by}, until the next start"
      fi
      ;;
    COMMAND_LINE) fact "parameter.$name.set_by" "command line" ;;
    *) fact "parameter.$name.set_by" "${by:-${SAYS[$name.source]:-not known}}" ;;
  esac
  if [ -n "${SAYS[$name.written]+x}" ]; then
    fact "parameter.$name.written" "${SAYS[$name.written]}"
    as_said "${SAYS[$name.written]}" "$raw"
    fact "parameter.$name.after" "$REPLY"
  elif [ "${SAYS[$name.source]:-}" != DYNAMIC ]; then
    fact "parameter.$name.after" "$raw"
  fi
  [ "${SAYS[load]:-}" = 1 ] || fact "parameter.$name.fixed" "persisted_globals_load is off: what is persisted does not count"
  ! never "$name" || fact "parameter.$name.fixed" "the server does not let it be persisted"
  yes_or_no "parameter.$name.at_start" needs_start "$name"
  [[ $1 == *=* ]] || return 0
  as_said "${1#*=}" "$raw"
  value=$REPLY
  fact "parameter.$name.would" "$value"
  fact "parameter.$name.text" "$value"
  if out_of_range "$value" "$raw" "${SAYS[$name.least]:-0}" "${SAYS[$name.most]:-0}" || is_invalid "$name" "$value"; then
    fact "parameter.$name.says" "$REPLY"
  fi
}

# is_invalid NAME VALUE: what the server's own program says against it, in REPLY; it reads options, and starts nothing.
# A value that a running server takes it checks when it is told: only what it would read at a start is tried. Of what
# plugins have the program does not know.
is_invalid() {
  local said
  needs_start "$1" || return 1
  said=$(exec "$BIN/mysqld" --no-defaults --validate-config "--$1=$2" 2>&1 3>&- 4<&- 9>&-) && return 1
  said=${said#*"[Server] "}
  said=${said%%$'\n'*}
  [[ $said != *"unknown variable"* && $said != *"unknown option"* ]] || return 1
  one_line "${said##*mysqld: }"
}

# out_of_range VALUE RUNNING LEAST MOST: why the server would not take a whole number, in REPLY. MOST is 0 of what is
# none; of others than whole numbers it is not to be read.
out_of_range() {
  local least=$3 most=$4
  [[ $2 =~ ^-?[0-9]+$ && $most =~ ^[1-9][0-9]*$ ]] || return 1
  if [[ ! $1 =~ ^-?[0-9]+$ ]]; then
    REPLY="it takes a whole number"
  elif above "$1" "$most" || above "$least" "$1"; then
    REPLY="it takes $least to $most"
  else
    return 1
  fi
}

# above A B: of whole numbers that may have more digits than bash can count with.
above() {
  local a=$1 b=$2
  case ${a:0:1}.${b:0:1} in
    -.-) a=${2#-} b=${1#-} ;;
    -.*) return 1 ;;
    *.-) return 0 ;;
  esac
  while [[ $a == 0?* ]]; do a=${a#0}; done
  while [[ $b == 0?* ]]; do b=${b#0}; done
  [ ${#a} -gt ${#b} ] || { [ ${#a} = ${#b} ] && [[ $a > $b ]]; }
}

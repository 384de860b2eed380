# Of the scripts of system variables: what a value is to the server, and how what was persisted comes back.

# as_said VALUE RUNNING: as the server says it, in REPLY: RUNNING is what it says now. 64M is what options may say, and
# statements may not.
as_said() {
  local power
  REPLY=$1
  case $2 in
    ON | OFF)
      case ${1^^} in
        ON | 1 | TRUE) REPLY=ON ;;
        OFF | 0 | FALSE) REPLY=OFF ;;
      esac
      ;;
    *)
      if [ "${1^^}" = "${2^^}" ]; then
        REPLY=$2
      elif [[ $2 =~ ^[0-9]+\.[0-9]{6}$ && $1 =~ ^[0-9]+(\.[0-9]{1,6})?$ ]]; then
        printf -v REPLY %.6f "$1"
      elif [[ $2 =~ ^[0-9]+$ && $1 =~ ^([0-9]{1,9})([KMGTkmgt])$ ]]; then
        power=${BASH_REMATCH[2]^^}
        REPLY=$((BASH_REMATCH[1] * 1024))
        [ "$power" = K ] || REPLY=$((REPLY * 1024))
        [[ $power == [KM] ]] || REPLY=$((REPLY * 1024))
        [[ $power != T ]] || REPLY=$((REPLY * 1024))
      fi
      ;;
  esac
}

# needs_start NAME, never NAME: whether a running server does not take another value, and whether none can be
# persisted. No variable takes two values at once (1241), and what can't be set at all is said before that (1238).
needs_start() { is_read_only global "$1"; }

never() { is_read_only persist_only "$1"; }

is_read_only() {
  local said
  said=$(sql "set $1 $2 = (1, 2)" 2>&1)
  error_number "$said"
  [ "$REPLY" = 1238 ]
}

# running NAME: its value, in REPLY.
running() {
  asked "select variable_value from performance_schema.global_variables where variable_name = '$1'"
  [[ $REPLY != *\\* ]] || printf -v REPLY %b "$REPLY"
}

# persisted NAME: yes or no, a tab, and the value, in REPLY.
persisted() {
  asked "select coalesce(max(concat('yes\t', variable_value)), 'no\t') from performance_schema.persisted_variables where variable_name = '$1'"
  [[ $REPLY != *\\* ]] || printf -v REPLY %b "$REPLY"
}

# What there was before an operation changed anything: the values that the server ran with, and its file, for a server
# that does not start with what is in it now.
BEFORE=${V[state_directory]:-}/parameters
AUTO=$DATA/mysqld-auto.cnf

# note_parameters NAMES: 1: WHY. What this operation has noted stays.
note_parameters() {
  local name text="" file=""
  ! noted_parameters || return 0
  text="${V[operation]:-}"$'\n'
  for name in $1; do
    running "$name"
    text+="$name=$REPLY"$'\n'
  done
  if [ -e "$AUTO" ]; then contents "$AUTO" && file=$REPLY || { WHY="cannot read $AUTO"; return 1; }; fi
  put "$BEFORE.auto" 600 "$file" && put "$BEFORE" 600 "$text"
}

noted_parameters() {
  local by=""
  { IFS= read -r by <"$BEFORE"; } 2>/dev/null
  [ -n "$by" ] && [ "$by" = "${V[operation]:-}" ]
}

# ran_with NAME: what the server ran with, in REPLY; 1: it was not noted.
ran_with() {
  local line
  noted_parameters || return 1
  while IFS= read -r line; do
    [[ $line != "$1="* ]] || { REPLY=${line#*=}; return 0; }
  done <"$BEFORE"
  return 1
}

# file_back: mysqld-auto.cnf of a server that does not run, as it was. 1: WHY.
file_back() {
  noted_parameters || { WHY="what stood in $AUTO was not noted"; return 1; }
  contents "$BEFORE.auto" || { WHY="cannot read $BEFORE.auto"; return 1; }
  if [ -z "$REPLY" ]; then away "$AUTO"; else put "$AUTO" 640 "$REPLY"; fi
}

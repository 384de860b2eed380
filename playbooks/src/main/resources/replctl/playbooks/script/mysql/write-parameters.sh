# Writes system variables down with SET PERSIST; with PERSIST_ONLY those that a running server does not take. Where one
# of them is refused none is left.
#
# wanted      NAME=VALUE as it is to stand there, or NAME for nothing, a line each
# before      the same names as they stand there now
# undoes      yes: takes that operation back; also on a server that does not run
# with part/parameter

is_done() {
  local line
  if ! server_pid; then
    [ "${V[undoes]:-}" = yes ] && noted_parameters || { WHY="the server does not run"; return 1; }
    { [ -s "$BEFORE.auto" ] && cmp -s "$BEFORE.auto" "$AUTO"; } || { [ ! -s "$BEFORE.auto" ] && [ ! -e "$AUTO" ]; } ||
      { WHY="$AUTO is not as it was"; return 1; }
    return 0
  fi
  answers || { WHY="the server does not answer: $ANSWER"; return 2; }
  while IFS= read -r line; do
    [ -z "$line" ] || is_written "$line" || return
  done <<<"${V[wanted]}"
}

# is_written NAME[=VALUE]: 1: WHY not.
is_written() {
  local name=${1%%=*} value=${1#*=} has
  persisted "$name"
  has=$REPLY
  if [[ $1 != *=* ]]; then
    [[ $has == no$'\t'* ]] || { WHY="$name is persisted: $has"; return 1; }
    [ "${V[undoes]:-}" = yes ] && ran_with "$name" || return 0
    value=$REPLY
  else
    [[ $has == yes$'\t'* ]] || { WHY="$name is not persisted"; return 1; }
    as_said "${has#*$'\t'}" "$value"
    [ "$REPLY" = "$value" ] || { WHY="of $name the server has persisted ${has#*$'\t'}"; return 1; }
  fi
  running "$name"
  has=$REPLY
  as_said "$has" "$value"
  [ "$REPLY" = "$value" ] || needs_start "$name" || { WHY="the server runs with $name = $has"; return 1; }
}

perform() {
  local line names="" why begun=""
  if ! server_pid; then
    [ "${V[undoes]:-}" = yes ] || refuse "the server does not run"
    file_back || fail "$WHY"
    return 0
  fi
  answers || refuse "the server does not answer: $ANSWER"
  while IFS= read -r line; do names+=" ${line%%=*}"; done <<<"${V[wanted]}"
  note_parameters "$names" || refuse "$WHY"
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    begun+=" ${line%%=*} "
    write_one "$line" || { why=$WHY; put_back "$begun"; refuse "$why"; }
  done <<<"${V[wanted]}"
  # A buffer pool, say, takes its time.
  soon 10 is_done || fail "after 10 s $WHY"
}

# put_back NAMES: as they were.
put_back() {
  local line
  while IFS= read -r line; do
    [ -n "$line" ] && [[ $1 == *" ${line%%=*} "* ]] || continue
    write_one "$line" && ran_again "$line" || fail "$why; and ${line%%=*} could not be put back: $WHY"
  done <<<"${V[before]}"
}

# write_one NAME[=VALUE]: 1: WHY.
write_one() {
  local name=${1%%=*}
  if [[ $1 != *=* ]]; then
    tell "reset persist if exists $name" || return 1
    [ "${V[undoes]:-}" != yes ] || ran_again "$1"
    return
  fi
  tell_value persist "$name" "${1#*=}"
}

# ran_again NAME: what is not written any more has the value again that the server ran with before.
ran_again() {
  local name=${1%%=*} value
  [[ $1 != *=* ]] && ran_with "$name" || return 0
  value=$REPLY
  running "$name"
  [ "$REPLY" != "$value" ] || return 0
  ! needs_start "$name" || return 0
  tell_value global "$name" "$value"
}

# tell_value SCOPE NAME VALUE: a number where it takes one, else a text.
tell_value() {
  local scope=$1 name=$2 text=$3
  ! needs_start "$name" || scope=persist_only
  literal "$text"
  if [[ $text =~ ^-?[0-9]+(\.[0-9]+)?$ ]]; then
    tell "set $scope $name = $text" && return 0
    [ "$NUMBER" = 1232 ] || return 1
    literal "$text"
  fi
  tell "set $scope $name = $REPLY"
}

# tell STATEMENT: 1: WHY, and NUMBER of the error. What is out of range is refused, not cut to fit.
tell() {
  asked "set session sql_mode = 'STRICT_ALL_TABLES'; $1"
  [ -n "$REPLY" ] || return 0
  WHY=$REPLY
  error_number "$WHY"
  NUMBER=$REPLY
  return 1
}

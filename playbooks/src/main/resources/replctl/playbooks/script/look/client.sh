# Of an engine's survey: what the engine's client has printed, rows and then how it ended.

# client_said: the rows of the client on descriptor 5 in REPLY, each behind a line's end. SQL_EXIT,
# SQL_WORDS: how it ended and what it said.
client_said() {
  local said value all
  SQL_EXIT="" SQL_WORDS=""
  IFS= read -r -N 524288 all <&5
  exec 5<&-
  [ "${#all}" -lt 524288 ] || fact sql_cut yes
  # No record begins like that: the first one is the end of them.
  said=${all%%$'\nexit\t'*}
  value=${all:${#said}}
  if [ -n "$value" ]; then
    value=${value#$'\nexit\t'}
    SQL_EXIT=${value%%$'\n'*}
    SQL_WORDS=${value#*$'\nwords\t'}
  fi
  # What stands behind the last line's end is a record that was cut off.
  said=$'\n'$said
  REPLY=${said%$'\n'*}
}

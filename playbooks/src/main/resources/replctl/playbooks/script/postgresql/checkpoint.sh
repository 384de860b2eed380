# Writes a checkpoint while traffic runs, so that the one at the stop has little left to write.

is_done() {
  WHY="a checkpoint is taken anew each time"
  [ "${TAKEN:-no}" = yes ] || return 1
}

perform() {
  local words
  SQL_OPTIONS="$SQL_OPTIONS -c statement_timeout=0"
  words=$(sql checkpoint 2>&1) || fail "$words"
  TAKEN=yes
}

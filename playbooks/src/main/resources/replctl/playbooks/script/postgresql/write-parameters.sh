# Writes parameters down: with ALTER SYSTEM, or in replctl's own file where they stand there. The server is told to read
# its files, and what needs no start is seen to have taken hold. Where one of them is refused none is left.
#
# wanted      NAME=VALUE as it is to stand there, or NAME for nothing, a line each
# before      the same names as they stand there now
# with parameter/home

# Sessions show what the server has, and not what replctl's own sessions are given.
SQL_OPTIONS="-c statement_timeout=0"

is_done() {
  local line file
  while IFS= read -r line; do
    [ -z "$line" ] || is_written "$line" || return
  done <<<"${V[wanted]}"
  server_pid || return 0
  for file in "$DATA/postgresql.auto.conf" "$(own_file; printf %s "$REPLY")"; do
    [ ! -f "$file" ] || loaded_since "$file" || { WHY="the server has not read $file"; return 1; }
  done
}

perform() {
  local line why begun=""
  if server_pid; then answers || refuse "the server does not answer: $ANSWER"; fi
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    begun+=" ${line%%=*} "
    write_one "$line" || { why=$WHY; put_back "$begun"; refuse "$why"; }
  done <<<"${V[wanted]}"
  server_pid || return 0
  sql 'select pg_reload_conf()' >/dev/null || fail "the server does not take a reload"
  soon 5 is_done || fail "after 5 s $WHY"
}

# put_back NAMES: as they were.
put_back() {
  local line
  while IFS= read -r line; do
    [[ $1 != *" ${line%%=*} "* ]] || [ -z "$line" ] || write_one "$line" || fail "$why; and ${line%%=*} could not be put back: $WHY"
  done <<<"${V[before]}"
}

# What the scripts share that run on every host with a vote: on a database's host as its user, on a
# witness as whoever logs in.
#
# cluster_name, node_name   whose epoch file it is
# operation                 the operation that wants or has the promise

JOURNALS=${V[state_directory]:-}/operations

# journal_lines OPERATION: how many whole lines its copy has here, in REPLY; PARTIAL: whether a crash has cut one off
# behind them.
journal_lines() {
  local file=$JOURNALS/$1.jsonl lines=()
  REPLY=0 PARTIAL=no
  [ -f "$file" ] || return 0
  mapfile lines <"$file"
  REPLY=${#lines[@]}
  [ "$REPLY" = 0 ] || [ "${lines[-1]: -1}" = $'\n' ] || { REPLY=$((REPLY - 1)) PARTIAL=yes; }
}

# journal_add OPERATION FROM TEXT: TEXT begins with line FROM (from 1). What is here already stays.
journal_add() {
  local file=$JOURNALS/$1.jsonl have lines=()
  [ -n "$3" ] || return 0
  [[ $1 =~ ^op-[a-z0-9]{1,60}$ ]] || { WHY="not an operation: $1"; return 1; }
  [ -d "$JOURNALS" ] || mkdir -p "$JOURNALS" || { WHY="cannot make $JOURNALS"; return 1; }
  journal_lines "$1"
  have=$REPLY
  [ "$have" -ge $(($2 - 1)) ] || { WHY="its copy of $1 has $have lines, and line $2 would be next"; return 1; }
  mapfile -t lines <<<"${3%$'\n'}"
  lines=("${lines[@]:have - $2 + 1}")
  [ ${#lines[@]} -gt 0 ] || return 0
  { [ "$PARTIAL" = no ] || sed -i '$d' "$file"; } && printf '%s\n' "${lines[@]}" >>"$file" && sync "$file" "$JOURNALS" && return 0
  unwritten "$file"
  return 1
}

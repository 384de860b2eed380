# What the scripts share that run on every host with a vote: on a database's host as its user, on a
# witness as whoever logs in.
#
# cluster_name, node_name   whose epoch file it is
# operation                 the operation that wants or has the promise

JOURNALS=${V[state_directory]:-}/operations

# journal_lines OPERATION: how many whole lines its copy has here, in REPLY.
journal_lines() {
  local file=$JOURNALS/$1.jsonl
  REPLY=0
  [ ! -f "$file" ] || REPLY=$(wc -l <"$file")
}

# journal_add OPERATION FROM TEXT: TEXT begins with line FROM (from 1). What is here already stays.
journal_add() {
  local file=$JOURNALS/$1.jsonl have rest
  [ -n "$3" ] || return 0
  [[ $1 =~ ^op-[a-z0-9]{1,60}$ ]] || { WHY="not an operation: $1"; return 1; }
  mkdir -p "$JOURNALS" || { WHY="cannot make $JOURNALS"; return 1; }
  # A line that a crash cut off is not whole.
  [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || sed -i '$d' "$file"
  journal_lines "$1"
  have=$REPLY
  [ "$have" -ge $(($2 - 1)) ] || { WHY="its copy of $1 has $have lines, and line $2 would be next"; return 1; }
  rest=$(tail -n "+$((have - $2 + 2))" <<<"$3")
  [ -n "$rest" ] || return 0
  printf '%s\n' "$rest" >>"$file" && sync "$file" "$JOURNALS" && return 0
  WHY="cannot write $file"
  return 1
}

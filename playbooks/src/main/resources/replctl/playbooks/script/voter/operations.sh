# The operations that this host has copies of. Changes nothing.
#
# wanted   none, or the name of one: then its lines, too
# newest   of so many at most it is told that they are here: names sort by time

is_done() {
  local file op n=0 files=("$JOURNALS"/op-*.jsonl) newest=${V[newest]:-20}
  [ ${#files[@]} -le "$newest" ] || files=("${files[@]: -newest}")
  for file in "${files[@]}"; do
    [ -f "$file" ] || continue
    op=${file##*/} op=${op%.jsonl}
    n=$((n + 1))
    journal_lines "$op"
    fact "operation.$n.name" "$op"
    fact "operation.$n.lines" "$REPLY"
  done
  fact operation.count "$n"
  file=$JOURNALS/${V[wanted]}.jsonl
  [ "${V[wanted]}" = none ] || [ ! -f "$file" ] || fact journal "$(cat "$file")"
}

perform() { refuse "it only looks"; }

# The operations that this host has copies of. Changes nothing.
#
# wanted   all, or the name of one: then its lines too

is_done() {
  local file op n=0
  for file in "$JOURNALS"/op-*.jsonl; do
    [ -f "$file" ] || continue
    op=${file##*/} op=${op%.jsonl}
    n=$((n + 1))
    journal_lines "$op"
    fact "operation.$n.name" "$op"
    fact "operation.$n.lines" "$REPLY"
    [ "${V[wanted]}" != "$op" ] || fact journal "$(cat "$file")"
  done
  fact operation.count "$n"
}

perform() { refuse "it only looks"; }

# Makes the leader count transactions as done that another node alone has, by empty ones of the same names: only for
# such as changed nothing that anybody needs. Every other node gets them from it.
#
# with rejoin/sets
#
# set        their names, at most 1000

MOST=1000

is_done() {
  local set
  literal "${V[set]}"; set=$REPLY
  asked "select gtid_subset($set, @@global.gtid_executed)"
  case $REPLY in
    1) return 0 ;;
    0) WHY="it does not count ${V[set]} as done"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
}

# What writes wait for, these wait for too: where nobody acknowledges them, the deadline ends this and not the server.
perform() {
  local text="" member words
  asked "select @@global.read_only or @@global.super_read_only"
  [ "$REPLY" = 0 ] || refuse "it does not take writes: $REPLY"
  set_members "${V[set]}" "$MOST" || refuse "that is no set of at most $MOST transactions: ${V[set]:0:200}"
  for member in $REPLY; do
    asked "select gtid_subset('$member', @@global.gtid_executed)"
    [ "$REPLY" = 0 ] || continue
    text+="set gtid_next = '$member'; begin; commit; "
  done
  words=$(sql "$text set gtid_next = automatic" 2>&1) || fail "$words"
}

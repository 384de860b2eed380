# What the node that another is to follow still has for it. Changes nothing.
#
# with rejoin/tail
#
# segment            bytes of a segment of the log
# scan, fork         unused here
# timeline, at, sum  the end of the other's log, where it is to be compared: see remains.sh
#
# Facts
#   log.oldest       number of the oldest segment of its log
#   tip              same, other: whether its log says the same there; not said where it can't be compared
#   bytes            of all its databases, which a copy takes

is_done() {
  local bytes
  ! oldest_segment || fact log.oldest "$REPLY"
  if [ -n "${V[at]}" ] && tip "${V[timeline]}" "${V[at]}"; then
    if [ "$REPLY" = "${V[sum]}" ]; then fact tip same; else fact tip other; fi
  fi
  bytes=$(sql "select sum(pg_tablespace_size(oid)) from pg_tablespace" 2>/dev/null) && fact bytes "$bytes"
  return 0
}

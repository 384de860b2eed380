# As whom peers' guards ask on the host of a node whose server's user can't log in: whoever replctl logs in as there.
# Changes nothing.
#
# with guard/part/guard
#
# cluster, node    names
#
# Facts
#   guard.asked_as     who that is
#   guard.authorized   the keys that may ask here

is_done() {
  fact guard.asked_as "$(id -un)"
  authorized_block
  fact guard.authorized "$REPLY"
}

perform() { refuse "it only looks"; }

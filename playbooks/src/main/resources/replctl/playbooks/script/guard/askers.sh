# Who may ask on the host of a node whose server's user can't log in: the peers' guards log in there as whoever
# replctl does, and this runs as that one.
#
# with guard/part/guard
# with guard/part/askers
#
# cluster, node    whose guards ask, and which node is asked

is_done() { are_authorized; }

perform() { authorize || refuse "$WHY"; }

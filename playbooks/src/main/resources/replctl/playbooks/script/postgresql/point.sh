# Makes a stopped server a follower, which does not run yet. That its log has nothing beyond the place where
# the leader's history left it was seen before: one that did not stop cleanly recovers as a follower.
#
# conninfo, slot   as follow.sh has them

is_done() { points; }

perform() {
  ! any_process || refuse "processes have $DATA open"
  ! cut_off || refuse "$WHY: it must be replaced by a copy"
  [ -f "$DATA/PG_VERSION" ] || refuse "there is no server in $DATA"
  standby_signal "$DATA" || fail "cannot write $DATA/standby.signal"
  auto_conf_set primary_conninfo "${V[conninfo]}" primary_slot_name "${V[slot]}" || fail "$WHY"
}

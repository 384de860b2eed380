# Makes a stopped server a follower, which does not run yet. That its log has nothing beyond the place where
# the leader's history left it was seen before: one that did not stop cleanly recovers as a follower.
#
# conninfo, slot   as follow.sh has them

is_done() {
  local slot conninfo
  ! cut_off || { WHY="a rewind of $DATA was begun and did not end"; return 1; }
  [ -f "$DATA/standby.signal" ] || { WHY="$DATA/standby.signal is missing"; return 1; }
  literal "${V[conninfo]}"; conninfo="primary_conninfo = $REPLY"
  literal "${V[slot]}"; slot="primary_slot_name = $REPLY"
  grep -qxF -e "$conninfo" "$DATA/postgresql.auto.conf" && grep -qxF -e "$slot" "$DATA/postgresql.auto.conf" ||
    { WHY="it is set to receive from elsewhere"; return 1; }
}

perform() {
  ! any_process || refuse "processes have $DATA open"
  ! cut_off || refuse "$WHY: it must be replaced by a copy"
  [ -f "$DATA/PG_VERSION" ] || refuse "there is no server in $DATA"
  : >"$DATA/standby.signal" && sync "$DATA/standby.signal" "$DATA" || fail "cannot write $DATA/standby.signal"
  auto_conf_set primary_conninfo "${V[conninfo]}" primary_slot_name "${V[slot]}" || fail "$WHY"
}

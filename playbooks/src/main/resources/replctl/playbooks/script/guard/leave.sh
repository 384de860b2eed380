# Takes the start guard away from a node that leaves its cluster: the unit's drop-in says nothing any more,
# no peer's key may ask here, and its own key is gone. The guard's program stays, which other clusters' servers
# on this host may have too; so does the drop-in's file, since sudo grants to write it and nothing else.
#
# with guard/part/guard
# text CLEARED guard/start/cleared.conf
#
# service          where there is a unit
# cluster, node    whose guard it is
# unit             no: root must take the drop-in away; until then its guard needs what it has

is_done() {
  if has_unit && [ "${V[unit]}" = yes ]; then
    roots "$GUARD_UNIT_FILE" 644 "$CLEARED" || { WHY="$GUARD_UNIT_FILE is still there"; return 1; }
    unit_loaded || { WHY="systemd has not read $GUARD_UNIT_FILE"; return 1; }
  fi
  ! authorized_block || { WHY="keys of peers are still in $AUTHORIZED"; return 1; }
  [ "${V[unit]}" != yes ] || [ ! -e "$GUARD_FOLDER" ] || { WHY="$GUARD_FOLDER is still there"; return 1; }
}

has_unit() { [ -n "${V[service]:-}" ] && [ -e "$GUARD_UNIT_FILE" ]; }

# The unit's part first: with it and without the folder, the server would not start at all.
perform() {
  local text
  if has_unit && [ "${V[unit]}" = yes ]; then
    roots "$GUARD_UNIT_FILE" 644 "$CLEARED" || as_root clear-guard-unit || refuse "$GUARD_UNIT_FILE: $ROOT_WORDS"
    as_root daemon-reload || fail "systemctl daemon-reload: $ROOT_WORDS"
  fi
  if authorized_block; then
    text=$(sed "\|^$BEGIN_MARK\$|,\|^$END_MARK\$|d" "$AUTHORIZED") || fail "cannot read $AUTHORIZED"
    put "$AUTHORIZED" "$(stat -L -c %a "$AUTHORIZED")" "${text:+$text$'\n'}" || fail "$WHY"
  fi
  [ "${V[unit]}" != yes ] || rm -rf "$GUARD_FOLDER" || fail "cannot take $GUARD_FOLDER away"
}

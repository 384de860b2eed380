# The start guard at the server's unit: root's files, by the two commands that sudo grants for it.
#
# with guard/part/guard
# text GUARD guard/start/guard.list
# text GUARD_UNIT_POSTGRESQL guard/start/unit/postgresql.conf
# text GUARD_UNIT_MYSQL guard/start/unit/mysql.conf

is_done() {
  guard_unit || return 2
  roots "$GUARD_FILE" 755 "$GUARD" || { WHY="$GUARD_FILE is missing, another, or not root's"; return 1; }
  roots "$GUARD_UNIT_FILE" 644 "$REPLY" || { WHY="$GUARD_UNIT_FILE is missing, another, or not root's"; return 1; }
  unit_loaded || { WHY="systemd has not read $GUARD_UNIT_FILE"; return 1; }
}

perform() {
  guard_unit || refuse "$WHY"
  # The unit's part comes last: without the guard its server would not start at all.
  roots "$GUARD_FILE" 755 "$GUARD" || as_root install-guard || refuse "$GUARD_FILE: $ROOT_WORDS"
  roots "$GUARD_FILE" 755 "$GUARD" || fail "$GUARD_FILE was written and is not as it must be"
  guard_unit
  roots "$GUARD_UNIT_FILE" 644 "$REPLY" || as_root install-guard-unit || refuse "$GUARD_UNIT_FILE: $ROOT_WORDS"
  as_root daemon-reload || fail "systemctl daemon-reload: $ROOT_WORDS"
}

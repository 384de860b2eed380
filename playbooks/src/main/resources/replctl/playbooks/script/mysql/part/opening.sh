# Of the scripts that make a server writable. Needs part/open and part/frozen. Each statement's outcome is looked at
# before the next one is sent: a client that goes on after an error would open a server whose commits wait for nobody.

# open_server: opens it with the epoch's row, under this operation's promise. 1: WHY; CLOSED says whether it is certain
# to be closed.
open_server() {
  CLOSED=yes
  [[ ${V[promise]:-} =~ ^[0-9]{1,15}$ ]] || { WHY="no epoch was promised"; return 1; }
  semi_sync_read || return 1
  semi_sync_statement || return 1
  local wait=$REPLY
  # Its row is written first, and nobody is there yet who could acknowledge it.
  [ -z "$wait" ] || quietly "set global ${PREFIX}_enabled = 0" || return 1
  epoch_row_statement
  CLOSED=no
  if ! quietly "set global read_only = 1; set global super_read_only = 0; $REPLY" 30 ||
    { [ -n "$wait" ] && ! quietly "$wait"; } || ! waits_as_written; then
    close_again
    return 1
  fi
  quietly "set global read_only = 0" && return 0
  close_again
  return 1
}

waits_as_written() { [ -z "${PREFIX:-}" ] || semi_sync_is_set; }

# Nobody could write but accounts that may do all.
close_again() {
  local why=$WHY
  if quietly "set global super_read_only = 1" 10 && closed; then CLOSED=yes; fi
  WHY=$why
}

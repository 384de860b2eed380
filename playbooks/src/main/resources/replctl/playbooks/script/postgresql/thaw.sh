# A follower that was frozen receives again from whom it did before, should this operation have frozen it.

NOTE=${V[state_directory]}/frozen

is_done() {
  local operation
  { IFS= read -r operation <"$NOTE"; } 2>/dev/null || return 0
  [ "$operation" = "${V[operation]:-}" ] || return 0
  WHY="it is frozen"
  return 1
}

perform() {
  local words
  contents "$NOTE" || refuse "$NOTE can't be read"
  words=${REPLY#*$'\n'}
  literal "${words%$'\n'}"
  words=$(sql "alter system set primary_conninfo = $REPLY; select pg_reload_conf()" 2>&1) || fail "$words"
  rm -f "$NOTE" && sync "${NOTE%/*}"
}

# Of the scripts that look at what setting up wants to know: the start guard's part. Needs part/guard.
#
#   guard.public      the node's key for asking its peers, its public part
#   guard.hosts       the host's own keys, a line each
#   guard.conf        whom the guard asks, and where its server lies
#   guard.known       the host keys of those that are asked, as they are pinned here: NODE KIND KEY
#   guard.authorized  the keys that may ask here
#   guard.no_login    why peers can't log in here as this user; absent where they can
#   guard.program     same, other or missing: what answers the peers
#   guard.script      same, other or missing: root's file that stands before the server's start
#   guard.unit_has, guard.unit_wants    the drop-in, as it is and as it must be
#   guard.loaded      no: systemd has not read the drop-in
#   guard.permitted   no: sudo does not let replctl place root's files; guard.rules: what it lacks
#   guard.reached     the peers and witnesses that answered this node's guard, divided by blanks
#   guard.silent      what the others did instead

guard_facts() {
  local kind name word rest reached=""
  [ -n "${V[guard]:-}" ] || return 0
  fact guard.public "$(public_key "$GUARD_FOLDER/key.pub")"
  fact guard.hosts "$(host_keys)"
  fact guard.conf "$(head -c 20000 "$GUARD_FOLDER/conf" 2>/dev/null)"
  fact guard.known "$(head -c 40000 "$GUARD_FOLDER/known_hosts" 2>/dev/null)"
  authorized_block
  fact guard.authorized "$REPLY"
  ! no_login || fact guard.no_login "$REPLY"
  if [ ! -e "$GUARD_FOLDER/program" ]; then
    fact guard.program missing
  elif says "$GUARD_FOLDER/program" 700 "$GUARD"; then
    fact guard.program same
  else
    fact guard.program other
  fi
  [ -z "${V[service]:-}" ] || guard_root_facts
  # One's own word on what the peers say: their keys, addresses and rules as they really are.
  [ -x "$GUARD_FOLDER/program" ] && [ -s "$GUARD_FOLDER/key" ] || return 0
  while read -r kind name word rest; do
    [ "$kind" = peer ] || continue
    case $word in
      silent) fact guard.silent "$name: $rest" ;;
      file) reached+="${reached:+ }$name" ;;
    esac
  done < <("$GUARD_FOLDER/program" ask "${V[state_directory]}" 2>/dev/null)
  fact guard.reached "$reached"
}

# no_login: why nobody can log in as this user, in REPLY; 1: nothing speaks against it.
no_login() {
  local shell
  shell=$(getent passwd "$(id -un)")
  shell=${shell##*:}
  case $shell in
    */false | */nologin) REPLY="its shell is $shell" ;;
    *) [ ! -d "$HOME" ] || return 1; REPLY="its home $HOME is not there" ;;
  esac
}

guard_root_facts() {
  if [ ! -e "$GUARD_FILE" ]; then
    fact guard.script missing
  elif roots "$GUARD_FILE" 755 "$GUARD"; then
    fact guard.script same
  else
    fact guard.script other
  fi
  fact guard.unit_has "$(head -c 4000 "$GUARD_UNIT_FILE" 2>/dev/null)"
  if guard_unit; then
    fact guard.unit_wants "$REPLY"
    if roots "$GUARD_UNIT_FILE" 644 "$REPLY"; then fact guard.unit same; else fact guard.unit other; fi
  else
    fact guard.unit_why "$WHY"
  fi
  if unit_loaded; then fact guard.loaded yes; else fact guard.loaded no; fi
  if as_root may-install-guard; then
    fact guard.permitted yes
  else
    fact guard.permitted no
    fact guard.rules "$ROOT_WORDS"
  fi
}

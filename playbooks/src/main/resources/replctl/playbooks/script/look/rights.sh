# Of the scripts that look at what setting up wants to know: what the login may have done as root.
#
#   unit.lacks   the rule that sudo lacks for the verbs on the node's own unit

unit_rights() {
  [ -n "${V[service]:-}" ] || return 0
  as_root may-control || [ "$ROOT_CODE" != 1 ] || fact unit.lacks "$ROOT_WORDS"
}

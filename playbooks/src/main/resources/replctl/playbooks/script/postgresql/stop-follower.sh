# Stops a server that follows, so that its data can be changed. One that takes writes is never stopped so.
#
# patience   seconds

is_done() {
  ! any_process || { WHY="the server runs"; return 1; }
}

perform() {
  local recovery
  recovery=$(sql 'select pg_is_in_recovery()' 2>&1)
  case $recovery in
    t) ;;
    f) refuse "it is open as a leader" ;;
    *) [ -f "$DATA/standby.signal" ] && control "Database cluster state" && [ "$REPLY" != "in production" ] ||
      refuse "whether it follows can't be told: $recovery" ;;
  esac
  stop_server fast "${V[patience]}" || stop_server immediate "${V[patience]}" || fail "$WHY"
  soon "${V[patience]}" no_process || fail "processes of $DATA are still there"
}

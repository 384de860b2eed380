# Stops a server that follows. One that takes writes, or would when it is started, is never stopped so.
#
# patience   seconds

# with part/closed

is_done() {
  ! any_process || { WHY="the server runs"; return 1; }
}

perform() {
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || refuse "it takes writes, or may: $REPLY"
  comes_up_closed || refuse "$WHY: it would come up open"
  end_session
  server_pid && kill -TERM "$REPLY"
  soon "${V[patience]}" no_process || fail "processes of $DATA are still there ${V[patience]} s after they were told to stop"
}

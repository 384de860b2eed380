# Sees that those whose acknowledgement is waited for have all that was acknowledged before anybody waited for them: a
# follower that acknowledges a commit has all before it. The commit is one that changes nothing.
#
# patience   seconds for the acknowledgement

STATE=${V[state_directory]}

is_done() { says "$STATE/reached" 600 "${V[operation]:-}"$'\n' || { WHY="they may lack what was acknowledged before"; return 1; }; }

perform() {
  local file=$STATE/reached.$$ code
  answers || refuse "the server does not answer: $ANSWER"
  asked "select @@global.super_read_only + @@global.read_only"
  [ "$REPLY" = 0 ] || refuse "it takes no writes ($REPLY); if its start guard waits for this to be over: replctl op abort ${V[operation]:-}"
  # Logged also where the schema is there, which it is: the epoch's row is in it.
  client 3>&- 4<&- 9>&- >"$file" 2>&1 <<<"create schema if not exists replctl" &
  soon "${V[patience]}" ended "$!"
  code=$?
  REPLY=$(<"$file")
  rm -f "$file"
  [ "$code" = 0 ] || fail "writes wait for them from now on, and they have not all that was acknowledged before: no acknowledgement in ${V[patience]} s"
  [ -z "$REPLY" ] || fail "$REPLY"
  put "$STATE/reached" 600 "${V[operation]:-}"$'\n' || fail "$WHY"
}

ended() { ! kill -0 "$1" 2>/dev/null; }

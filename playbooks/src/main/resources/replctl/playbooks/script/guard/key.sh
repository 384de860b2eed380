# The key with which this node's start guard asks its peers, made here and never leaving; and what this
# host says of itself, for the peers to know it by.
#
# with guard/part/guard
#
# Facts: public, hosts (a line each), as in part/facts

is_done() {
  [ -s "$GUARD_FOLDER/key" ] && [ -s "$GUARD_FOLDER/key.pub" ] || { WHY="there is no key"; return 1; }
  fact public "$(public_key "$GUARD_FOLDER/key.pub")"
  REPLY=$(host_keys)
  [ -n "$REPLY" ] || { WHY="there are no host keys in /etc/ssh: /etc/ssh/ssh_host_*_key.pub"; return 2; }
  fact hosts "$REPLY"
}

perform() {
  local words
  [ -n "$(host_keys)" ] || refuse "there are no host keys in /etc/ssh: /etc/ssh/ssh_host_*_key.pub"
  mkdir -p "$GUARD_FOLDER" || refuse "cannot make $GUARD_FOLDER"
  rm -f "$GUARD_FOLDER/key" "$GUARD_FOLDER/key.pub"
  words=$(ssh-keygen -q -t ed25519 -N '' -C replctl-guard -f "$GUARD_FOLDER/key" 2>&1) || refuse "ssh-keygen: $words"
  sync "$GUARD_FOLDER/key" "$GUARD_FOLDER/key.pub" "$GUARD_FOLDER"
}

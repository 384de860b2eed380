# Of the scripts that say whose start guards may ask here: a peer's key can do no more than have one program of
# replctl's print what this host knows. Needs part/guard.
#
# askers           the nodes whose guards may ask here
# public.NODE      such a guard's key
# declared         all nodes and witnesses: of one that is not among them, nothing stays
# answers          the folder of the program's node, where another user's than whoever they log in as
# os_user          that user

ANSWERS=${V[answers]:-${V[state_directory]:-}}

# absent NAMES NAME: whether it is one that takes no part now.
absent() { [[ " $1 " != *" $2 "* && " ${V[declared]} " == *" $2 "* ]]; }

# forced_command: what such a key has done, in REPLY. sshd gives it to the user's own shell. Where the program's
# user can't log in, it goes the way of all scripts: no more need be granted than for these.
forced_command() {
  local way="sudo -n -u ${V[os_user]:-}"
  REPLY="$ANSWERS/guard/program answer $ANSWERS"
  [ -n "${V[os_user]:-}" ] || return 0
  [ "$(id -un)" != root ] || way="runuser -u ${V[os_user]} --"
  REPLY="echo 'exec $REPLY' | $way bash -s"
}

# The lines of authorized_keys, of those that were not seen as they are. In REPLY.
lines() {
  local name line command text="" has=""
  [[ $ANSWERS${V[os_user]:-} =~ ^[A-Za-z0-9/._:@+-]+$ ]] ||
    { WHY="$ANSWERS can't stand in authorized_keys: a shell would read it otherwise"; return 1; }
  forced_command
  command=$REPLY
  for name in ${V[askers]}; do
    [[ ${V[public.$name]} =~ ^[a-z0-9@.-]+\ [A-Za-z0-9+/=]+$ ]] || { WHY="$name's key is none"; return 1; }
    text+="restrict,command=\"$command\" ${V[public.$name]} replctl-guard-$name"$'\n'
  done
  authorized_block && has=$REPLY
  while IFS= read -r line; do
    name=${line##* replctl-guard-}
    [ -z "$line" ] || ! absent "${V[askers]}" "$name" || text+=$line$'\n'
  done <<<"$has"
  REPLY=${text%$'\n'}
}

are_authorized() {
  local wanted
  lines || return 2
  wanted=$REPLY
  REPLY=""
  authorized_block
  [ "$REPLY" = "$wanted" ] || { WHY="a peer's key may not ask here"; return 1; }
}

# authorize: 1: WHY says what went wrong. Where nobody may ask, nothing of this node's is left there.
authorize() {
  local text
  lines || return 1
  [ -n "$REPLY" ] || [ -e "$AUTHORIZED" ] || return 0
  [ -d "$HOME/.ssh" ] || mkdir -m 700 "$HOME/.ssh" || { WHY="cannot make $HOME/.ssh"; return 1; }
  guard_marks
  text=$(sed "\|^$BEGIN_MARK\$|,\|^$END_MARK\$|d" "$AUTHORIZED" 2>/dev/null)
  lines || return 1
  [ -z "$REPLY" ] || REPLY="$BEGIN_MARK"$'\n'"$REPLY"$'\n'"$END_MARK"$'\n'
  put "$AUTHORIZED" "$(stat -L -c %a "$AUTHORIZED" 2>/dev/null || echo 600)" "${text:+$text$'\n'}$REPLY"
}

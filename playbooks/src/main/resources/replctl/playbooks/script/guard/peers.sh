# Whom this node's start guard asks, how it knows them, and who may ask here: a peer's key can do no more
# than have one program of replctl's print what this host knows. A witness asks nobody, and is asked.
#
# with guard/part/guard
# text GUARD guard/start/guard.list
# text GUARD_UNIT guard/start/replctl-guard.conf
#
# service          where there is a unit: its drop-in lies beside, for who places root's files by hand
# cluster, node    whose guard it is
# conf             the text of guard/conf
# peers            whom it asks, nodes and witnesses, divided by blanks
# hosts.NODE       the keys of such a host, a line each
# askers           the nodes whose guards may ask here
# public.NODE      such a guard's key
# declared         all nodes and witnesses: of one that is not among them, nothing stays

is_done() {
  says "$GUARD_FOLDER/conf" 600 "${V[conf]}" || { WHY="$GUARD_FOLDER/conf is missing or says something else"; return 1; }
  says "$GUARD_FOLDER/program" 700 "$GUARD" || { WHY="$GUARD_FOLDER/program is missing or another"; return 1; }
  if [ -n "${V[service]:-}" ]; then
    guard_unit || return 2
    says "$GUARD_FOLDER/replctl-guard.conf" 600 "$REPLY" || { WHY="$GUARD_FOLDER/replctl-guard.conf is missing or another"; return 1; }
  fi
  known
  says "$GUARD_FOLDER/known_hosts" 600 "$REPLY" || { WHY="a peer's host key is not known"; return 1; }
  lines || return 2
  wanted=$REPLY
  authorized_block && [ "$REPLY" = "$wanted" ] || { WHY="a peer's key may not ask here"; return 1; }
}

perform() {
  local text
  lines || refuse "$WHY"
  mkdir -p "$GUARD_FOLDER" && put "$GUARD_FOLDER/conf" 600 "${V[conf]}" && put "$GUARD_FOLDER/program" 700 "$GUARD" ||
    refuse "${WHY:-cannot write in $GUARD_FOLDER}"
  [ -z "${V[service]:-}" ] || { guard_unit && put "$GUARD_FOLDER/replctl-guard.conf" 600 "$REPLY"; } || refuse "$WHY"
  known
  put "$GUARD_FOLDER/known_hosts" 600 "$REPLY" || refuse "$WHY"
  [ -d "$HOME/.ssh" ] || mkdir -m 700 "$HOME/.ssh" || refuse "cannot make $HOME/.ssh"
  guard_marks
  text=$(sed "\|^$BEGIN_MARK\$|,\|^$END_MARK\$|d" "$AUTHORIZED" 2>/dev/null)
  lines
  put "$AUTHORIZED" "$(stat -L -c %a "$AUTHORIZED" 2>/dev/null || echo 600)" \
    "${text:+$text$'\n'}$BEGIN_MARK"$'\n'"$REPLY"$'\n'"$END_MARK"$'\n' || refuse "$WHY"
}

# known_hosts as it must be: of peers that were not seen this time, what is known stays. In REPLY.
known() {
  local name line text=""
  for name in ${V[peers]}; do
    while IFS= read -r line; do
      [ -z "$line" ] || text+="$name $line"$'\n'
    done <<<"${V[hosts.$name]}"
  done
  while IFS= read -r line; do
    [ -z "$line" ] || ! absent "${V[peers]}" "${line%% *}" || text+=$line$'\n'
  done 2>/dev/null <"$GUARD_FOLDER/known_hosts"
  REPLY=$text
}

# absent NAMES NAME: whether it is one that takes no part now.
absent() { [[ " $1 " != *" $2 "* && " ${V[declared]} " == *" $2 "* ]]; }

# The lines of authorized_keys, of those that were not seen as they are. In REPLY.
lines() {
  local name line text="" has=""
  # sshd gives the command to the user's own shell.
  [[ $GUARD_FOLDER =~ ^[A-Za-z0-9/._:@+-]+$ ]] ||
    { WHY="$GUARD_FOLDER can't stand in authorized_keys: a shell would read it otherwise"; return 1; }
  for name in ${V[askers]}; do
    [[ ${V[public.$name]} =~ ^[a-z0-9@.-]+\ [A-Za-z0-9+/=]+$ ]] || { WHY="$name's key is none"; return 1; }
    text+="restrict,command=\"$GUARD_FOLDER/program answer ${V[state_directory]}\" ${V[public.$name]} replctl-guard-$name"$'\n'
  done
  authorized_block && has=$REPLY
  while IFS= read -r line; do
    name=${line##* replctl-guard-}
    [ -z "$line" ] || ! absent "${V[askers]}" "$name" || text+=$line$'\n'
  done <<<"$has"
  REPLY=${text%$'\n'}
}

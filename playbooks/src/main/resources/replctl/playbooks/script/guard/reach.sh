# Whether this node's start guard gets an answer from each peer and witness, as it would at a boot.
#
# with guard/part/guard
#
# peers   names, divided by blanks

is_done() {
  local kind name word rest said reached=" " silent=""
  [ -x "$GUARD_FOLDER/program" ] || { WHY="$GUARD_FOLDER/program is missing"; return 1; }
  said=$("$GUARD_FOLDER/program" ask "${V[state_directory]}" 2>&1) || { WHY=$said; return 1; }
  while read -r kind name word rest; do
    case $kind.$word in
      peer.silent) silent+="${silent:+; }$name: $rest" ;;
      peer.file) reached+="$name " ;;
    esac
  done <<<"$said"
  for name in ${V[peers]}; do
    [[ $reached == *" $name "* ]] || { WHY="a peer does not answer this node's guard: $silent"; return 1; }
  done
}

perform() {
  is_done || refuse "$WHY"
}

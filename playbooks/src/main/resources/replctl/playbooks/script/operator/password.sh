# The passwords of replctl's accounts in the folder of secrets: new ones are made beside those in use, take their place,
# and both are forgotten beside it when nobody logs in with the old ones any more. Until then either can be gone back to.
#
# names      of the secrets, divided by blanks
# rotation   the operation that renews them
# wanted     made: the new ones are there, NAME.next.ROTATION, and the old ones once more, NAME.before.ROTATION
#            used: NAME is the new one
#            back: NAME is the old one
#            gone: NAME stands alone
#            kept: as made, and nothing is done for it: whether there is a way back

NEXT=next.${V[rotation]}
BEFORE=before.${V[rotation]}

is_done() {
  local name file
  for name in ${V[names]}; do
    file=$SECRETS/$name
    case ${V[wanted]} in
      made | kept) [ -s "$file.$NEXT" ] && [ -s "$file.$BEFORE" ] || { WHY="there is no new $name"; return 1; } ;;
      used) [ -s "$file.$NEXT" ] && cmp -s "$file" "$file.$NEXT" || { WHY="$name is not the new one"; return 1; } ;;
      back) [ ! -s "$file.$BEFORE" ] || cmp -s "$file" "$file.$BEFORE" || { WHY="$name is not the old one"; return 1; } ;;
      gone) [ ! -e "$file.$NEXT" ] && [ ! -e "$file.$BEFORE" ] || { WHY="an old or new $name still lies beside it"; return 1; } ;;
      *) WHY="not known: ${V[wanted]}"; return 2 ;;
    esac
  done
}

perform() {
  local name file
  [[ ${V[rotation]} =~ ^[a-z0-9-]{1,40}$ ]] || refuse "not an operation: ${V[rotation]}"
  for name in ${V[names]}; do
    [[ $name =~ ^[a-z0-9-]+$ ]] || refuse "not a secret's name: $name"
    [ -s "$SECRETS/$name" ] || refuse "there is no $name in $SECRETS: it is on the host on which replctl init was typed"
  done
  for name in ${V[names]}; do
    file=$SECRETS/$name
    case ${V[wanted]} in
      kept) refuse "$WHY" ;;
      made)
        [ -s "$file.$BEFORE" ] || put "$file.$BEFORE" 600 "$(cat "$file")"$'\n' || fail "$WHY"
        # 32 of 62 digits: 190 bits, as many as the first ones have.
        [ -s "$file.$NEXT" ] || put "$file.$NEXT" 600 "$(tr -dc A-Za-z0-9 </dev/urandom | head -c 32)"$'\n' || fail "$WHY"
        ;;
      used) take "$name" "$NEXT" ;;
      back) [ ! -s "$file.$BEFORE" ] || take "$name" "$BEFORE" ;;
      gone) rm -f "$file.$NEXT" "$file.$BEFORE" && sync "$SECRETS" || fail "cannot remove what lies beside $file" ;;
    esac
  done
}

# take NAME WHICH: that one becomes the one in use.
take() {
  [ -s "$SECRETS/$1.$2" ] || fail "there is no $1.$2 in $SECRETS"
  put "$SECRETS/$1" 600 "$(cat "$SECRETS/$1.$2")"$'\n' || fail "$WHY"
}

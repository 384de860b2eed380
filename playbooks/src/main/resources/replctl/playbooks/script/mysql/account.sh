# One account of replctl's on the leader, with just the rights that its work needs; over TLS only.
#
# user       its name, at any host
# password   its password
# grants     PRIVILEGE... ON SCOPE, a line each
# probe      what a login with it can run
#
# An account of that name with a right that replctl does not give was made by somebody else for something
# else, and is left alone.
#
# with account/login

is_done() {
  account
  asked "select concat_ws(' ', plugin, ssl_type, account_locked, password_expired) from mysql.user where user = $USER_TEXT and host = '%'"
  case $REPLY in
    "caching_sha2_password ANY N N") ;;
    *ERROR*) WHY=$REPLY; return 2 ;;
    "") WHY="there is no account ${V[user]}"; return 1 ;;
    *) WHY="account ${V[user]} has other attributes: $REPLY"; return 1 ;;
  esac
  rights
  [ -z "$LACKS" ] || { WHY="account ${V[user]} lacks $LACKS"; return 1; }
  login_works "${V[user]}" "${V[password]}" "${V[probe]}"
}

perform() {
  local line text
  account
  asked "select @@global.read_only or @@global.super_read_only"
  [ "$REPLY" = 0 ] || refuse "it is not the leader"
  rights
  [ -z "$FOREIGN" ] || refuse "account ${V[user]} is somebody else's: it has $FOREIGN"
  literal "${V[password]}"
  text="create user if not exists $USER identified with caching_sha2_password by $REPLY require ssl;
    alter user $USER identified with caching_sha2_password by $REPLY require ssl account unlock password expire never"
  while IFS= read -r line; do
    [[ $line =~ ^[A-Za-z_\ ,]+\ ON\ ([a-z_]+|\*)\.\*$ ]] || continue
    text+="; grant $line to $USER"
  done <<<"${V[grants]}"
  asked "$text"
  [ -z "$REPLY" ] || fail "$REPLY"
}

account() {
  literal "${V[user]}"
  USER_TEXT=$REPLY USER=$REPLY@\'%\'
}

# rights: LACKS and FOREIGN by SHOW GRANTS, whose lines are GRANT P, P ON SCOPE TO USER...
rights() {
  local line priv scope all=""
  local -A has=() wanted=()
  while IFS= read -r line; do
    scope=${line##* ON } priv=${line% ON *}
    while IFS= read -r priv; do
      [ -z "$priv" ] || wanted["${priv^^} ON ${scope}"]=yes
    done <<<"${priv//, /$'\n'}"
  done <<<"${V[grants]}"
  while IFS= read -r line; do
    [[ $line =~ ^GRANT\ (.*)\ ON\ ([^ ]+)\ TO\ (.*)$ ]] || continue
    scope=${BASH_REMATCH[2]//\`/} all=${BASH_REMATCH[3]} priv=${BASH_REMATCH[1]}
    [[ $all != *"WITH GRANT OPTION"* ]] || has["GRANT OPTION ON $scope"]=yes
    while IFS= read -r priv; do
      [ "$priv" = USAGE ] || has["$priv ON $scope"]=yes
    done <<<"${priv//, /$'\n'}"
  done < <(sql "show grants for $USER" 2>/dev/null)
  LACKS="" FOREIGN=""
  for line in "${!wanted[@]}"; do [ -n "${has[$line]:-}" ] || LACKS+="${LACKS:+, }$line"; done
  for line in "${!has[@]}"; do [ -n "${wanted[$line]:-}" ] || FOREIGN+="${FOREIGN:+, }$line"; done
}

# replctl's own file of options, which is root's where its folder is: other files are left alone. What a running server takes at once it
# is told; what somebody has persisted of these options is taken back, since that would win at the next start.
#
# text       what the file must say
# now        NAME VALUE, a line each: what the running server must have at once
# with part/options

is_done() {
  local wrong
  [ "$(cat "$FILE" 2>/dev/null; echo .)" = "${V[text]}." ] || { WHY="$FILE is missing or says something else"; return 1; }
  wins
  [ -z "$REPLY" ] || { WHY="another file's line wins: $REPLY"; return 1; }
  server_pid || return 0
  wrong=$(unlike "${V[now]}") || { WHY=$wrong; return 2; }
  [ -z "$wrong" ] || { WHY="the server has $wrong"; return 1; }
}

perform() {
  local wrong
  [ -n "$FILE" ] || refuse "no folder is known whose files of options the server reads"
  if [ "$(cat "$FILE" 2>/dev/null; echo .)" != "${V[text]}." ]; then
    if [ -w "${FILE%/*}" ]; then
      put "$FILE" 644 "${V[text]}" || fail "$WHY"
    else
      as_root install-options || KIND=NOT_PERMITTED refuse "$FILE: $ROOT_WORDS"
    fi
  fi
  wins
  [ -z "$REPLY" ] || fail "another file's line wins: $REPLY"
  server_pid || return 0
  reset_persisted
  tell "${V[now]}"
}

# wins: names whose value in another file, read later, is another one; in REPLY.
wins() {
  local line name
  local -A last=() ours=()
  while IFS= read -r line; do
    option "$line"
    [ "$NAME" = plugin_load_add ] || last[$NAME]=$VALUE
  done < <(exec my_print_defaults "${READS[@]}" mysqld server 2>/dev/null)
  while IFS= read -r line; do
    [[ $line == *" = "* ]] || continue
    option "--${line/ = /=}"
    [ "$NAME" = plugin_load_add ] || ours[$NAME]=$VALUE
  done <<<"${V[text]}"
  REPLY=""
  for name in "${!ours[@]}"; do
    [ "${last[$name]-}" = "${ours[$name]}" ] || REPLY+="${REPLY:+, }$name"
  done
}

# option LINE: of what my_print_defaults prints, in NAME and VALUE.
option() {
  NAME=${1#--}
  VALUE=${NAME#*=}
  NAME=${NAME%%=*}
  NAME=${NAME//-/_}
  NAME=${NAME#loose_}
}

# reset_persisted: what mysqld-auto.cnf has of the file's names.
reset_persisted() {
  local name names=""
  names_of_text
  asked "select coalesce(group_concat(variable_name), '') from performance_schema.persisted_variables where variable_name in ($REPLY)"
  [[ $REPLY =~ ^[a-z0-9_,]*$ ]] || fail "$REPLY"
  for name in ${REPLY//,/ }; do
    names+="reset persist $name;"
  done
  [ -n "$names" ] || return 0
  asked "${names%;}"
  [ -z "$REPLY" ] || fail "$REPLY"
}

names_of_text() {
  local line text=""
  while IFS= read -r line; do
    [[ $line == *" = "* ]] || continue
    option "--${line/ = /=}"
    text+="${text:+,}'$NAME'"
  done <<<"${V[text]}"
  REPLY=$text
}

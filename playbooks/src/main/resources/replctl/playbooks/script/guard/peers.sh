# Whom this node's start guard asks, how it knows them, and who may ask here. A witness asks nobody, and is asked.
#
# with guard/part/guard
# with guard/part/askers
# text GUARD guard/start/guard.list
# text GUARD_UNIT_POSTGRESQL guard/start/unit/postgresql.conf
# text GUARD_UNIT_MYSQL guard/start/unit/mysql.conf
#
# service          where there is a unit: its drop-in lies beside, for who places root's files by hand
# cluster, node    whose guard it is
# conf             the text of guard/conf
# peers            whom it asks, nodes and witnesses, divided by blanks
# hosts.NODE       the keys of such a host, a line each
# declared         all nodes and witnesses: of one that is not among them, nothing stays
# authorizes       no: this user can't log in, and guard/askers says who may ask. Else the values of part/askers

is_done() {
  says "$GUARD_FOLDER/conf" 600 "${V[conf]}" || { WHY="$GUARD_FOLDER/conf is missing or says something else"; return 1; }
  says "$GUARD_FOLDER/program" 700 "$GUARD" || { WHY="$GUARD_FOLDER/program is missing or another"; return 1; }
  if [ -n "${V[service]:-}" ]; then
    guard_unit || return 2
    says "$GUARD_FOLDER/replctl-guard.conf" 600 "$REPLY" || { WHY="$GUARD_FOLDER/replctl-guard.conf is missing or another"; return 1; }
  fi
  known
  says "$GUARD_FOLDER/known_hosts" 600 "$REPLY" || { WHY="a peer's host key is not known"; return 1; }
  [ "${V[authorizes]:-yes}" = no ] || are_authorized
}

perform() {
  [ "${V[authorizes]:-yes}" = no ] || lines || refuse "$WHY"
  mkdir -p "$GUARD_FOLDER" && put "$GUARD_FOLDER/conf" 600 "${V[conf]}" && put "$GUARD_FOLDER/program" 700 "$GUARD" ||
    refuse "${WHY:-cannot write in $GUARD_FOLDER}"
  [ -z "${V[service]:-}" ] || { guard_unit && put "$GUARD_FOLDER/replctl-guard.conf" 600 "$REPLY"; } || refuse "$WHY"
  known
  put "$GUARD_FOLDER/known_hosts" 600 "$REPLY" || refuse "$WHY"
  [ "${V[authorizes]:-yes}" = no ] || authorize || refuse "$WHY"
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

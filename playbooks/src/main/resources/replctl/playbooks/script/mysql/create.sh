# Makes an empty server's data in a folder that is empty: with the options of its files, as its unit would start it. The
# first who may log in are the operating system's users, by the socket: root, and the one that scripts run as; no
# account has an empty password once there is a server. Does not start it.
#
# with part/closed
# with claim

STATE=${V[state_directory]}

is_done() {
  [ -f "$DATA/mysql.ibd" ] || { WHY="there is no server in $DATA"; return 1; }
  ! claimed "$DATA" || { WHY="$DATA is half made"; return 1; }
}

perform() {
  local file=$STATE/first.sql code
  local -a options=()
  ! any_process || refuse "processes have $DATA open"
  [ ! -f "$DATA/mysql.ibd" ] || claimed "$DATA" || refuse "$DATA holds a server already"
  [ -O "$DATA" ] || refuse "$DATA is missing, or does not belong to $ME: as root, install -d -o $ME -m 0750 $DATA"
  comes_up || refuse "$WHY"
  claim "$DATA" || refuse "$WHY"
  accounts
  put "$file" 600 "$REPLY" || refuse "$WHY"
  if [ -n "$SERVICE" ]; then
    options=(${UNIT_OPTIONS[@]+"${UNIT_OPTIONS[@]}"})
  elif [ -n "${V[config_file]:-}" ]; then
    options=(--defaults-file="${V[config_file]}")
  fi
  without_lock "$BIN/mysqld" ${options[@]+"${options[@]}"} --datadir="$DATA" --initialize-insecure \
    --init-file="$file" --log-error="$STATE/first.log" >/dev/null 2>&1
  code=$?
  rm -f "$file"
  if [ "$code" != 0 ] || [ ! -f "$DATA/mysql.ibd" ]; then
    empty "$DATA"
    refuse "mysqld --initialize: $(grep -F '[ERROR]' "$STATE/first.log" 2>/dev/null | tail -n 2)"
  fi
  rm -f "$STATE/first.log"
  sync -f "$DATA"
  unclaim
}

comes_up() { [ -z "$SERVICE" ] || unit_options; }

# accounts: a statement a line, in REPLY.
accounts() {
  local me
  literal "$ME"; me=$REPLY
  REPLY="install plugin auth_socket soname 'auth_socket.so';
alter user 'root'@'localhost' identified with auth_socket;
"
  [ "$ME" = root ] || REPLY+="create user $me@'localhost' identified with auth_socket;
grant all on *.* to $me@'localhost' with grant option;
"
}

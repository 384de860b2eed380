# Of the scripts that put the start guard in its place. A script that uses this has the lines
#
#   # text GUARD guard/start/guard.list
#   # text GUARD_UNIT_POSTGRESQL guard/start/unit/postgresql.conf
#   # text GUARD_UNIT_MYSQL guard/start/unit/mysql.conf
#
# service, state_directory, engine   of the node

GUARD_FOLDER=${V[state_directory]:-}/guard
GUARD_FILE=/usr/local/lib/replctl/guard
GUARD_UNIT_FILE=/etc/systemd/system/${V[service]:-}.service.d/replctl-guard.conf

# The drop-in as it must be on this host, in REPLY. Only such words as systemd and a shell read as they are.
guard_unit() {
  local word text=GUARD_UNIT_${V[engine]^^}
  REPLY=${!text}
  for word in "USER $(id -un)" "STATE ${V[state_directory]}"; do
    [[ ${word#* } =~ ^[A-Za-z0-9/._:@+-]+$ ]] ||
      { WHY="the start guard can't be given the name ${word#* }: a unit's file would read it otherwise"; return 1; }
    REPLY=${REPLY//@${word%% *}@/${word#* }}
  done
}

# roots FILE MODE TEXT: whether root's file holds just that.
roots() {
  [ -f "$1" ] && [ ! -L "$1" ] && [ "$(stat -c '%U %a' "$1")" = "root $2" ] && cmp -s "$1" <(printf %s "$3")
}

# unit_loaded: systemd knows the drop-in as it is in the file.
unit_loaded() {
  local said
  said=$(systemctl show "${V[service]}" -p NeedDaemonReload -p DropInPaths 2>/dev/null)
  [[ $said == *NeedDaemonReload=no* && $said == *"$GUARD_UNIT_FILE"* ]]
}

# What is of a file's line that matters: the key's kind and the key.
public_key() { cut -d' ' -f1,2 "$@" 2>/dev/null; }

host_keys() { public_key /etc/ssh/ssh_host_*_key.pub; }

# The lines between this node's marks in authorized_keys, in REPLY; 1: there are none.
AUTHORIZED=$HOME/.ssh/authorized_keys
guard_marks() {
  BEGIN_MARK="# replctl guard of ${V[cluster]}/${V[node]}: begin"
  END_MARK="# replctl guard of ${V[cluster]}/${V[node]}: end"
}
authorized_block() {
  guard_marks
  REPLY=$(sed -n "\|^$BEGIN_MARK\$|,\|^$END_MARK\$|p" "$AUTHORIZED" 2>/dev/null | sed '1d;$d')
  [ -n "$REPLY" ]
}

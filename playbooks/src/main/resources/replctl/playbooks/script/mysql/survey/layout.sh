# Of survey.sh: where a server's parts lie, and which processes have them open.

# programs: BIN has mysqld, CLIENT is mysql.
programs() {
  local folder
  for folder in "$BIN" /usr/sbin /usr/libexec /usr/bin /usr/local/mysql/bin /opt/mysql/bin; do
    [ -n "$folder" ] && [ -x "$folder/mysqld" ] && { BIN=$folder; break; }
  done
  CLIENT=""
  for folder in "$BIN" /usr/bin /usr/local/mysql/bin /opt/mysql/bin /usr/local/bin; do
    [ -x "$folder/mysql" ] && { CLIENT=$folder/mysql; break; }
  done
}

# configured: what the configuration's files say to mysqld, in OPTION, by names with underscores.
configured() {
  local line name
  declare -gA OPTION=()
  while IFS= read -r line; do
    line=${line#--}
    name=${line%%=*}
    name=${name//-/_}
    name=${name#loose_}
    if [[ $line == *=* ]]; then OPTION[$name]=${line#*=}; else OPTION[$name]=ON; fi
  done < <(exec my_print_defaults "${READS[@]}" mysqld server 2>/dev/null)
}

# locate: DATA and SOCKET, where the inventory leaves them open. 1: WHY says what can't be told.
locate() {
  local cwd name usual
  local -A found=()
  configured
  if [ -z "$DATA" ]; then
    usual=${OPTION[datadir]:-/var/lib/mysql}
    # The working directory of a server is its data folder. One that has just been started, and a program that
    # looks only at its options, is not in it yet, and still where it was called.
    for cwd in /proc/[0-9]*/cwd; do
      { read -r name <"${cwd%/cwd}/comm" && [ "$name" = mysqld ] && [ -O "${cwd%/cwd}" ]; } 2>/dev/null || continue
      if [ -e "$cwd/mysql.ibd" ]; then found[$(readlink "$cwd")]=1; else found[$(readlink -f -- "$usual")]=1; fi
    done
    case ${#found[@]} in
      0) DATA=$usual ;;
      1) DATA=${!found[*]} ;;
      *) WHY="more than one server runs here, in ${!found[*]}; say data_directory"; return 1 ;;
    esac
  fi
  [ ! -L "$DATA" ] || DATA=$(readlink -f -- "$DATA")
  [ "$DATA" = / ] || DATA=${DATA%/}
  [ -n "${V[port]:-}" ] || PORT=${OPTION[port]:-3306}
  if [ -z "$SOCKET" ]; then
    SOCKET=${OPTION[socket]:-}
    for name in /run/mysqld/mysqld.sock "$DATA/mysql.sock" /tmp/mysql.sock; do
      [ -n "$SOCKET" ] || [ ! -S "$name" ] || SOCKET=$name
    done
    SOCKET=${SOCKET:-/run/mysqld/mysqld.sock}
  fi
}

# options_folder: the last folder whose files of options the server reads, in REPLY; and replctl's own file in it.
options_folder() {
  local file line folder=${V[config_directory]:-}
  for file in /etc/my.cnf /etc/mysql/my.cnf; do
    [ -z "${V[config_directory]:-}" ] || break
    while IFS= read -r line; do
      [[ $line =~ ^[[:space:]]*!includedir[[:space:]]+(/[^[:space:]]+) ]] || continue
      [ ! -d "${BASH_REMATCH[1]}" ] || folder=${BASH_REMATCH[1]%/}
    done 2>/dev/null <"$file"
  done
  known config_directory "$folder"
  ! text_of "$folder/zz-replctl.cnf" || known config.text "$REPLY"
}

# data_facts: what lies in the data folder. 1: it can't be read, WHY says so.
data_facts() {
  local line above=$DATA
  HAS_DATA=no
  while [ -n "$above" ] && [ ! -e "$above" ]; do above=${above%/*}; done
  if [ ! -x "${above:-/}" ] || { [ -d "$DATA" ] && [ ! -r "$DATA" ]; }; then
    WHY="${above:-/} can't be read by $ME"
    return 1
  fi
  # The dictionary's tables, since MySQL 8.0.
  if [ -f "$DATA/mysql.ibd" ]; then
    HAS_DATA=yes
    while IFS= read -r line; do
      [[ ! $line =~ ^server[-_]uuid=([0-9A-Fa-f-]{36})$ ]] || known server_uuid "${BASH_REMATCH[1],,}"
    done 2>/dev/null <"$DATA/auto.cnf"
  elif [ -d "$DATA" ]; then
    for line in "$DATA"/* "$DATA"/.[!.]*; do
      [ -e "$line" ] && { fact data_empty no; return 0; }
    done
    fact data_empty yes
  fi
  if [ -O "$DATA" ]; then known os_user "$ME"; else known os_user "$(stat -c %U -- "$DATA" 2>/dev/null)"; fi
  return 0
}

# Every server process that has the data folder as its working directory; SERVER is one of them.
count_processes() {
  local folder name
  PROCESSES=0 SERVER=""
  for folder in /proc/[0-9]*; do
    { [ "$folder/cwd" -ef "$DATA" ] && read -r name <"$folder/comm" && [[ $name == *mysqld* ]]; } 2>/dev/null || continue
    PROCESSES=$((PROCESSES + 1))
    SERVER=${folder#/proc/}
  done
  fact processes "$PROCESSES"
  known server_pid "$SERVER"
}

# service: the systemd unit, from the server's control group, or else by the packages' names. These do not start a server
# whose options lie elsewhere than the machine's.
service() {
  local unit
  if [ -z "$SERVICE" ] && [ -d /run/systemd/system ]; then
    if [ -n "$SERVER" ]; then
      unit_of "$SERVER"
      case $REPLY in
        "" | mysql* | *@*) SERVICE=$REPLY ;;
        *) ! main_of "$REPLY" "$SERVER" || SERVICE=$REPLY ;;
      esac
    elif [ "${#READS[@]}" = 0 ]; then
      for unit in mysql mysqld; do
        [ -n "$SERVICE" ] || ! unit_is_there "$unit" || SERVICE=$unit
      done
    fi
  fi
  unit_facts
}

file_facts() {
  local name
  for name in $survey_settings; do
    known "file.$name" "${OPTION[$name]:-}"
  done
  [ "$PROCESSES" != 0 ] || { text_of "$DATA/mysqld-auto.cnf" && known persisted.text "$REPLY"; }
  return 0
}

data_disks() {
  local places=(data "$DATA") binlog=${OPTION[log_bin]:-}
  case $binlog in
    /*/*) [ ! -d "${binlog%/*}" ] || places+=(binlog "${binlog%/*}") ;;
  esac
  disk_facts "${places[@]}"
}

version_of_program() {
  [ -n "$BIN" ] || return 0
  [[ ! $("$BIN/mysqld" --no-defaults --version 2>/dev/null) =~ Ver\ ([0-9]+\.[0-9]+\.[0-9]+) ]] || fact binary_version "${BASH_REMATCH[1]}"
}

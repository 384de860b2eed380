# Whether a server that is started comes up closed: what its options say, since MySQL keeps no such marker in its
# data. Of the scripts that stop and start servers, and of the start guard. DATA, BIN; SERVICE, where a unit starts it.

# comes_up_closed: 1: WHY says what would open it. Where there is no data, nothing can be started.
comes_up_closed() {
  local line name said="" text
  [ -e "$DATA/mysql.ibd" ] || return 0
  unit_options || return 1
  while IFS= read -r line; do
    line=${line#--}
    name=${line%%=*}
    name=${name//-/_}
    case ${name#loose_} in
      super_read_only) if [[ $line == *=* ]]; then said=${line#*=}; else said=ON; fi ;;
      enable_super_read_only) said=ON ;;
      skip_super_read_only | disable_super_read_only) said=OFF ;;
    esac
  done < <(my_print_defaults ${UNIT_OPTIONS[@]+"${UNIT_OPTIONS[@]}"} mysqld server 2>/dev/null)
  case ${said^^} in
    ON | 1 | TRUE) ;;
    "") WHY="no file of options says super_read_only = ON"; return 1 ;;
    *) WHY="the files of options say super_read_only = $said"; return 1 ;;
  esac
  # What SET PERSIST has kept counts more than the files; read_only, once it is off, takes super_read_only along.
  [ -e "$DATA/mysqld-auto.cnf" ] || return 0
  text=$(head -c 1000000 "$DATA/mysqld-auto.cnf" 2>/dev/null) || { WHY="$DATA/mysqld-auto.cnf can't be read"; return 1; }
  [[ ! $text =~ \"(super_)?read_only\"[[:space:]]*:[[:space:]]*\{[[:space:]]*\"Value\"[[:space:]]*:[[:space:]]*\"(OFF|0|FALSE|off|false)\" ]] ||
    { WHY="$DATA/mysqld-auto.cnf says ${BASH_REMATCH[1]}read_only = ${BASH_REMATCH[2]}, by SET PERSIST"; return 1; }
}

# unit_options: what the unit's command says where options are read, in UNIT_OPTIONS; of a server without one what it is
# started with; 1: the unit decides by itself. From the files: of a unit that is masked systemd tells nothing.
unit_options() {
  local file word command=""
  UNIT_OPTIONS=()
  [ -n "${SERVICE:-}" ] || { UNIT_OPTIONS=(${READS[@]+"${READS[@]}"}); return 0; }
  for file in {/usr/lib,/lib,/etc}/systemd/system/"${SERVICE%.service}".service{,.d/*.conf}; do
    [ -f "$file" ] || continue
    while IFS= read -r word; do
      [[ $word != ExecStart=?* ]] || command=${word#ExecStart=}
    done <"$file"
  done
  set -f
  for word in $command; do
    case $word in
      --defaults-file=* | --defaults-extra-file=* | --defaults-group-suffix=*) UNIT_OPTIONS+=("$word") ;;
      --*read[-_]only*)
        set +f
        WHY="$SERVICE starts it with $word"
        return 1
        ;;
    esac
  done
  set +f
}

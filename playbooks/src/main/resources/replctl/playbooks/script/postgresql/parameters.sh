# What a server says of parameters, and what it would make of other values. Changes nothing.
#
# with look/facts
# with parameter/home
#
# wishes       NAME=VALUE, or NAME, a line each
#
# Facts, those of each name behind `parameter.NAME.`; what there is nothing to say of is left out:
#   value, raw   what it runs with: as it is shown, and in the server's own unit      unit     that unit
#   after        what it would run with after a start, in that unit
#   set_by       where the value comes from, in words
#   home         the file in which it is written      written   the text that stands there
#   at_start     yes: a new value takes hold only at a start      stays   yes: so does what is taken away
#   fixed        why it can't be changed here
#   would, text  the value that is asked for, in the server's own unit, and as it is written
#   says         why the server does not take it
#   elsewhere    roles and databases for which it is set apart
# parameter.names   all names, where one is not among them

# Sessions show what the server has, and not what replctl's own sessions are given.
SQL_OPTIONS="-c statement_timeout=0"

declare -A UNITS=()

is_done() {
  local line key names="" said there=" " lacks=no
  answers || { WHY="its server does not answer: $ANSWER"; return 2; }
  while IFS= read -r line; do
    [ -z "$line" ] || names+="${names:+ }${line%%=*}"
  done <<<"${V[wishes]}"
  said=$(sql "$(question "$names")" 2>&1) || { WHY=$said; return 2; }
  while IFS= read -r line; do
    key=${line%%|*}
    line=${line#*|}
    [[ $line != *\\* ]] || printf -v line %b "$line"
    fact "$key" "$line"
    [[ $key != *.unit ]] || UNITS[$key]=$line
    [[ $key != *.raw ]] || { key=${key#parameter.}; there+="${key%.raw} "; }
  done <<<"$said"
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    case $there in
      *" ${line%%=*} "*) tried "$line" ;;
      *) lacks=yes ;;
    esac
  done <<<"${V[wishes]}"
  [ "$lacks" = no ] || known parameter.names "$(sql "select string_agg(lower(name), ' ' order by name) from pg_settings" 2>/dev/null)"
  send_facts
}

# The text of a fact that may be empty, on one line. The last line of all files is the one that counts.
question() {
  local asked ours
  literal "$1"; asked=$REPLY
  literal "${ADJUSTABLE//$'\n'/}"; ours=$REPLY
  cat <<SQL
with f as (select lower(name) as name, setting, sourcefile, sourceline, seqno from pg_file_settings),
  p as (select lower(s.name) as n, s.*,
      (select setting from f where f.name = lower(s.name) and sourcefile like '%/replctl.conf' order by seqno desc limit 1) as own,
      (select setting from f where f.name = lower(s.name) and sourcefile like '%/postgresql.auto.conf' order by seqno desc limit 1) as auto
    from pg_settings s where lower(s.name) = any (string_to_array($asked, ' ')))
select 'parameter.' || n || '.' || key, replace(replace(replace(text, '\\', '\\\\'), e'\\n', '\\n'), e'\\r', '\\r')
from p cross join lateral (values
  ('value', current_setting(p.name)),
  ('raw', setting),
  ('unit', unit),
  ('home', case when own is null then 'postgresql.auto.conf' else 'replctl.conf' end),
  ('written', coalesce(own, auto)),
  ('at_start', case when context = 'postmaster' then 'yes' else 'no' end),
  ('stays', case when context = 'postmaster' then 'yes' else 'no' end),
  ('set_by', case when sourcefile is null then source else sourcefile || ' line ' || sourceline end),
  ('fixed', case when context = 'internal' then 'it is decided when the server is built or its data folder is made'
    when source in ('command line', 'environment variable') then 'the server was started with it, on its command line, and that counts more than files'
    when own is not null and n <> all (string_to_array($ours, ' ')) then 'replctl init keeps it in replctl.conf'
    when own is not null and auto is not null then 'it stands in replctl.conf and in postgresql.auto.conf: take it back first, with alter system reset ' || n end),
  ('elsewhere', (select string_agg(concat_ws(' in ', 'role ' || nullif(setrole, 0)::regrole::text,
      'database ' || (select datname from pg_database d where d.oid = setdatabase)), ', ')
    from pg_db_role_setting where exists (select from unnest(setconfig) c where lower(split_part(c, '=', 1)) = n)))
) v (key, text) where text is not null
SQL
}

# tried NAME=VALUE: by the server's own program, which reads the files, says the value, and ends; it starts nothing.
tried() {
  local name=${1%%=*} value text
  value=$(settled "$name") && fact "parameter.$name.after" "$value"
  [[ $1 == *=* ]] || return 0
  text=${1#*=}
  if is_list "$name"; then
    items "$text" || { fact "parameter.$name.says" "$WHY"; return; }
    as_written "$text"
    text=$REPLY
  fi
  if value=$(settled "$name" -c "$name=$text"); then
    fact "parameter.$name.would" "$value"
    # As init reads it there.
    ! in_own "$name" || text=$value${UNITS[parameter.$name.unit]:-}
    fact "parameter.$name.text" "$text"
  else
    value=$(program "$name" -c "$name=$text" 2>&1 >/dev/null)
    value=${value##*FATAL:  }
    one_line "${value:-it does not say why}"
    fact "parameter.$name.says" "$REPLY"
  fi
}

program() {
  local name=$1
  shift
  "$BIN/postgres" -D "$CONF" ${V[config_file]:+-c "config_file=${V[config_file]}"} "$@" -C "$name" 3>&- 4<&- 9>&-
}

settled() { program "$@" 2>/dev/null; }

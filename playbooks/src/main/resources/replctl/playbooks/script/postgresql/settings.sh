# replctl.conf: replctl's own file of parameters. Other files are left alone, but for one line at the
# end of postgresql.conf where nothing else includes the file, or where another file's line would win.
# A running server is told by reload.
#
# text       what the file must say

is_done() {
  local wrong
  own_file
  says "$REPLY" 640 "${V[text]}" || { WHY="$REPLY is missing or says something else"; return 1; }
  included || { main_config; WHY="$REPLY does not include it"; return 1; }
  server_pid || return 0
  own_file
  loaded_since "$REPLY" || { WHY="the server has not read $REPLY"; return 1; }
  wrong=$(winners) || { WHY="the server does not answer"; return 2; }
  [ -z "$wrong" ] || { WHY="another file's line wins: $wrong"; return 1; }
}

perform() {
  local file before="" there=no wrong
  own_file
  file=$REPLY
  if contents "$file"; then before=$REPLY there=yes; fi
  main_config
  [ -f "$REPLY" ] || refuse "there is no $REPLY"
  put "$file" 640 "${V[text]}" || refuse "$WHY"
  included || include || refuse "$WHY"
  server_pid || return 0
  wrong=$(errors) || fail "the server does not answer"
  if [ -n "$wrong" ]; then
    if [ "$there" = yes ]; then put "$file" 640 "$before"; else rm -f "$file"; fi
    refuse "the server would not take it: $wrong"
  fi
  take_over || fail "$WHY"
  wrong=$(winners)
  [ -z "$wrong" ] || include || fail "$WHY"
  own_file
  reload "$REPLY" || fail "$WHY"
}

# One line at the end, where it wins over all before it.
include() {
  local line file mode text
  include_line; line=$REPLY
  main_config; file=$REPLY
  contents "$file" || { WHY="cannot read $file"; return 1; }
  text=$(grep -vxF -e "$line" <<<"${REPLY%$'\n'}")
  mode=$(stat -L -c %a "$file")
  put "$file" "$mode" "$text"$'\n'"$line"$'\n'
}

errors() {
  sql "select coalesce(string_agg(coalesce(name, '') || ' (line ' || sourceline || '): ' || error, '; '), '')
    from pg_file_settings where sourcefile like '%/replctl.conf' and error is not null
      and error <> 'setting could not be applied'"
}

# What ALTER SYSTEM set wins over every file: for the parameters that are ours it is taken back.
take_over() {
  local name words
  while IFS= read -r name; do
    [ -n "$name" ] || continue
    name "$name"
    words=$(sql "alter system reset $REPLY" 2>&1) || { WHY="$words"; return 1; }
  done < <(sql "select distinct a.name from pg_file_settings a
    join pg_file_settings o on lower(o.name) = lower(a.name) and o.sourcefile like '%/replctl.conf'
    where a.sourcefile like '%/postgresql.auto.conf'")
}

# Files whose line for one of our parameters comes later.
winners() {
  sql "select coalesce(string_agg(f.name || ' in ' || w.sourcefile || ' line ' || w.sourceline, '; '), '')
    from pg_file_settings f
    join lateral (select * from pg_file_settings o where lower(o.name) = lower(f.name)
                  order by seqno desc limit 1) w on true
    where f.sourcefile like '%/replctl.conf' and w.sourcefile not like '%/replctl.conf'"
}

# replctl's block of pg_hba.conf, before the first rule: the first rule that fits a login decides. All
# other lines stay as they are.
#
# block      the lines between the marks

BEGIN='# replctl: begin'
END='# replctl: end'

is_done() {
  local file
  hba_file; file=$REPLY
  rewritten "$file" || return 2
  says "$file" "$(stat -L -c %a "$file")" "$REPLY" || { WHY="$file has another block, or none"; return 1; }
  server_pid || return 0
  loaded_since "$file" || { WHY="the server has not read $file"; return 1; }
}

perform() {
  local file before mode wrong
  hba_file; file=$REPLY
  [ -f "$file" ] || refuse "there is no $file"
  contents "$file" && before=$REPLY || refuse "cannot read $file"
  mode=$(stat -L -c %a "$file")
  rewritten "$file" || refuse "$WHY"
  put "$file" "$mode" "$REPLY" || refuse "$WHY"
  server_pid || return 0
  wrong=$(sql "select coalesce(string_agg('line ' || line_number || ': ' || error, '; '), '')
    from pg_hba_file_rules where error is not null") || fail "the server does not answer"
  if [ -n "$wrong" ]; then
    put "$file" "$mode" "$before" || fail "$WHY"
    refuse "$file as it would be is not taken, and was put back: $wrong"
  fi
  reload "$file" || fail "$WHY"
}

hba_file() {
  REPLY=${V[hba_file]:-}
  [ -n "$REPLY" ] || REPLY=$CONF/pg_hba.conf
}

# rewritten FILE: its text with the block where it takes effect, in REPLY.
rewritten() {
  local line inside=no placed=no text=""
  local -a lines
  mapfile -t lines <"$1" 2>/dev/null || { WHY="cannot read $1"; return 1; }
  for line in "${lines[@]}"; do
    case $line in
      "$BEGIN") [ $inside = no ] || { WHY="$1 has a mark too many"; return 1; }; inside=yes; continue ;;
      "$END") [ $inside = yes ] || { WHY="$1 has a mark too many"; return 1; }; inside=no; continue ;;
    esac
    [ $inside = no ] || continue
    if [ $placed = no ] && [[ $line =~ ^[[:space:]]*[^#[:space:]] ]]; then
      text+=$BEGIN$'\n'${V[block]%$'\n'}$'\n'$END$'\n'
      placed=yes
    fi
    text+=$line$'\n'
  done
  [ $inside = no ] || { WHY="$1 has no line \"$END\""; return 1; }
  [ $placed = yes ] || text+=$BEGIN$'\n'${V[block]%$'\n'}$'\n'$END$'\n'
  REPLY=$text
}

# Keeps what a node alone has before its data is rewound or replaced: the segments of its log from the
# fork on, and a list of the transactions in them. Nothing of it is ever deleted by replctl.
#
# with rejoin/tail
#
# scan, fork, segment   see there
#
# It lies in divergence/OPERATION of the state folder: segments and history files, and
#   transactions.txt   a line each: number, time, address of the commit, relations (tablespace/database/filenode)
#   summary            the facts
# Facts: tail.* as remains.sh has them, saved (the folder), note (all of it in a sentence)

PLACE=${V[state_directory]}/divergence/${V[operation]:-unnamed}

is_done() {
  local line
  [ -f "$PLACE/summary" ] || { WHY="it is not kept yet"; return 1; }
  while IFS= read -r line; do fact "${line%%=*}" "${line#*=}"; done <"$PLACE/summary"
  [ -d "$DATA/pg_wal" ] || return 0
}

perform() {
  local records transactions first last began ended of_all more new=$PLACE.new file need=0 free note
  [ -d "$DATA/pg_wal" ] || refuse "there is no log in $DATA"
  ! any_process || refuse "processes have $DATA open: what they write would be missing"
  rm -rf "$new"
  mkdir -p "${PLACE%/*}" && mkdir -m 700 "$new" || refuse "cannot make $new"
  read_log "$DATA/pg_wal" "$LIMIT" ""
  IFS='|' read -r records transactions first last began ended of_all more <<<"$REPLY"
  [ "$more" != more ] || refuse "its log could not be read to its end in $LIMIT s"
  SEGMENTS=()
  [ -z "$last" ] || segments "$last"
  for file in "${SEGMENTS[@]}"; do need=$((need + $(stat -c %s "$file"))); done
  free=$(df -B1 --output=avail "$new" | tail -n 1)
  [ "$need" -lt "$free" ] || refuse "what it alone has takes $need bytes in $PLACE, and $free are free"
  for file in "${SEGMENTS[@]}" "$DATA"/pg_wal/*.history; do
    [ ! -f "$file" ] || cp --preserve=mode,timestamps "$file" "$new/" || refuse "cannot copy $file to $new"
  done
  printf '%-10s %-34s %-16s %s\n' transaction committed address 'relations (tablespace/database/filenode)' >"$new/transactions.txt"
  # The copy is read, and must say the same.
  if [ -n "$last" ]; then
    read_log "$new" "$LIMIT" "$new/.list"
    [ "${REPLY%%|more}" = "$records|$transactions|$first|$last|$began|$ended|$of_all|no" ] ||
      refuse "the copy of its log in $new does not say the same: $REPLY"
    [ ! -f "$new/.list" ] || { cat "$new/.list" >>"$new/transactions.txt" && rm "$new/.list"; } || refuse "cannot write in $new"
    note="$transactions transactions that the leader has not, from ${V[fork]} to $last"
    [ "$transactions" != 1 ] || note="1 transaction that the leader has not, from ${V[fork]} to $last"
    [ "$transactions" != 0 ] || note="no transaction is lost; $records records of the server's own, from ${V[fork]} to $last"
    [ "$GONE" = no ] || note="at least $transactions transactions that the leader has not, to $last; its log right after ${V[fork]} is gone, the rest is"
    note+=", saved in $PLACE"
  elif [ "$GONE" = yes ]; then
    note="what it has that the leader has not can't be told: its log after ${V[fork]} is gone"
  else
    note="nothing is lost: it has nothing that the leader has not"
  fi
  printf '%s\n' "tail.records=${records:-0}" "tail.transactions=${transactions:-0}" "tail.first=$first" "tail.last=$last" \
    "tail.began=$began" "tail.ended=$ended" "tail.gone=$GONE" "saved=$PLACE" "note=$note" >"$new/summary" || refuse "cannot write in $new"
  sync -f "$new"
  rm -rf "$PLACE"
  mv -T "$new" "$PLACE" && sync "${PLACE%/*}" || fail "cannot rename $new"
}

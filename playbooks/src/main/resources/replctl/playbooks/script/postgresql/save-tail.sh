# Keeps what a node alone has before its data is rewound or replaced: the segments of its log from the
# fork on, and a list of the transactions in them. Nothing of it is ever deleted by replctl. What its server
# has recycled is fetched from the archive, where it has one; what can't be had is said.
#
# with rejoin/tail
# with rejoin/archive
#
# scan, fork, segment, restore_patience   see there
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
  local records transactions first last began ended of_all more new=$PLACE.new read fetched note not_had=""
  [ -d "$DATA/pg_wal" ] || refuse "there is no log in $DATA"
  ! any_process || refuse "processes have $DATA open: what they write would be missing"
  rm -rf "$new"
  mkdir -p "${PLACE%/*}" && mkdir -m 700 "$new" || refuse "cannot make $new"
  read_log "$DATA/pg_wal" "$LIMIT" ""
  read=$REPLY
  IFS='|' read -r records transactions first last began ended of_all more <<<"$read"
  [ "$more" != more ] || refuse "its log could not be read to its end in $LIMIT s"
  copy_log "$last"
  WHY=""
  [ "$GONE" = no ] || fetch_gone "$new" || not_had=$WHY
  printf '%-10s %-34s %-16s %s\n' transaction committed address 'relations (tablespace/database/filenode)' >"$new/transactions.txt"
  # The copy is read, and must say the same; with what was fetched, more.
  if [ -n "$last" ] || [ "$GONE" = yes ]; then
    fetched=$GONE
    read_log "$new" "$LIMIT" "$new/.list"
    [ "$REPLY" = "$read" ] || { [ "$fetched" = yes ] && ends_as "$of_all"; } ||
      refuse "the copy of its log in $new does not say the same: $REPLY"
    IFS='|' read -r records transactions first last began ended of_all more <<<"$REPLY"
    [ ! -f "$new/.list" ] || { cat "$new/.list" >>"$new/transactions.txt" && rm "$new/.list"; } || refuse "cannot write in $new"
  fi
  in_words
  printf '%s\n' "tail.records=${records:-0}" "tail.transactions=${transactions:-0}" "tail.first=$first" "tail.last=$last" \
    "tail.began=$began" "tail.ended=$ended" "tail.gone=$GONE" "saved=$PLACE" "note=$note" >"$new/summary" || refuse "cannot write in $new"
  sync -f "$new"
  rm -rf "$PLACE"
  mv -T "$new" "$PLACE" && sync "${PLACE%/*}" || fail "cannot rename $new"
}

# ends_as LSN: what was read last ends with that record; where none could be read before, with any.
ends_as() {
  local of_all=${REPLY%|*}
  [ -z "$1" ] || [ "${of_all##*|}" = "$1" ]
}

# copy_log LAST: what is in pg_wal from the fork to that address, and the histories.
copy_log() {
  local file need=0 free
  SEGMENTS=()
  [ -z "$1" ] || segments "$1"
  for file in "${SEGMENTS[@]}"; do need=$((need + $(stat -c %s "$file"))); done
  free=$(df -B1 --output=avail "$new" | tail -n 1)
  [ "$need" -lt "$free" ] || refuse "what it alone has takes $need bytes in $PLACE, and $free are free"
  for file in "${SEGMENTS[@]}" "$DATA"/pg_wal/*.history; do
    [ ! -f "$file" ] || cp --preserve=mode,timestamps "$file" "$new/" || refuse "cannot copy $file to $new"
  done
}

# in_words: all of it, in note.
in_words() {
  if [ "$GONE" = yes ]; then
    note="what it has that the leader has not can't be told: its log from ${V[fork]} on is gone"
    [ -z "$last" ] || note="what it has that the leader has not can't be told: its log from ${V[fork]} to $first is gone"
    [ "${transactions:-0}" = 0 ] || note="at least $transactions transactions that the leader has not, from $first to $last; its log from ${V[fork]} to there is gone"
    note+=" (${not_had:-nowhere to be had})"
    [ -z "$last" ] || note+="; the rest is saved in $PLACE"
    return
  fi
  if [ -z "$last" ]; then
    note="nothing is lost: it has nothing that the leader has not"
    return
  fi
  note="$transactions transactions that the leader has not, from ${V[fork]} to $last"
  [ "$transactions" != 1 ] || note="1 transaction that the leader has not, from ${V[fork]} to $last"
  [ "$transactions" != 0 ] || note="no transaction is lost; $records records of the server's own, from ${V[fork]} to $last"
  note+=", saved in $PLACE"
}

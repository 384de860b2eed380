# Keeps the whole data of a node beside, before a copy of another's takes its place: that replaces data where it lies. The
# server is stopped for it; the next step starts it closed.
#
# with look/facts
#
# patience   seconds until the server must have ended
#
# Facts: aside (where it is)  note

PLACE=${V[state_directory]}/aside/${V[operation]:-unnamed}

is_done() {
  [ -d "$PLACE" ] || { WHY="$DATA is not kept yet"; return 1; }
  fact aside "$PLACE"
  fact note "the data before is in $PLACE; when it is not needed any more, delete it"
  send_facts
}

perform() {
  local need free new=$PLACE.new
  [ -f "$DATA/mysql.ibd" ] || refuse "there is no data in $DATA"
  rm -rf "$new"
  mkdir -p "${PLACE%/*}" || refuse "cannot make ${PLACE%/*}"
  need=$(du -sb "$DATA")
  need=${need%%[!0-9]*}
  free=$(df -B1 --output=avail "${PLACE%/*}" | tail -n 1)
  [ "$((need + need / 20))" -lt "$free" ] || refuse "the data before takes $need bytes in ${PLACE%/*}, and $free are free; to have it deleted instead: --replace"
  stop_closed
  cp -a --reflink=auto "$DATA" "$new" && sync -f "$new" && mv -T "$new" "$PLACE" && sync "${PLACE%/*}" ||
    fail "cannot copy $DATA to $PLACE; its server is stopped"
}

# A server that takes writes is never stopped so, nor one that would come up so.
stop_closed() {
  any_process || return 0
  answers || refuse "its server runs and does not answer: $ANSWER"
  asked "select @@global.read_only"
  [ "$REPLY" = 1 ] || refuse "it takes writes: $REPLY"
  if [ -n "$SERVICE" ]; then
    as_root stop || fail "systemctl stop $SERVICE: $ROOT_WORDS"
  else
    server_pid && kill -TERM "$REPLY"
  fi
  soon "${V[patience]}" no_process || fail "processes still have $DATA open"
}

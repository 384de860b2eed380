# Writes down who leads in an epoch. A host that had no vote has one from then on: it knows the newest
# promise and the newest record.
#
# epoch, leader   of the record
# record          all of it, JSON in one line

is_done() {
  epoch_file
  epoch_read "$REPLY" || { WHY="$EPOCH_WHY"; return 2; }
  WHY="the newest record here is of epoch $EPOCH_RECORD_EPOCH"
  [ "$EPOCH_VOTES" = yes ] && [ "$EPOCH_RECORD" = "${V[record]}" ]
}

perform() {
  epoch_file
  [ "$EPOCH_RECORD_EPOCH" -le "${V[epoch]}" ] || KIND=OVERTAKEN refuse "epoch $EPOCH_RECORD_EPOCH is recorded here"
  # What it has from the time when it led itself is judged by that time's record, should it come back.
  if [ "$EPOCH_RECORD_LEADER" = "${V[node_name]:-}" ] && [ "${V[leader]}" != "$EPOCH_RECORD_LEADER" ]; then
    put "${V[state_directory]}/led" 600 "$EPOCH_RECORD"$'\n' || refuse "$WHY"
  fi
  EPOCH_VOTES=yes EPOCH_RECORD_EPOCH=${V[epoch]} EPOCH_RECORD_LEADER=${V[leader]} EPOCH_RECORD=${V[record]}
  epoch_hands
  epoch_file
  epoch_write "$REPLY" || fail "$WHY"
}

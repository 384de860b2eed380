# What the one to receive from has, after the one that is to receive was asked. Changes nothing.
#
# with look/facts
# with part/size
#
# Facts
#   now.executed, now.purged   sets of transactions: what it has, and what its binary logs have no more
#   opened.epoch, .leader, .operation, .at, .transactions   of the newest row in replctl.epoch: under which epoch, and with
#                  which transactions, the one that leads was opened
#   clone.bytes    what a copy of it takes

is_done() {
  local executed purged
  asked "select concat_ws('|', if(length(@@global.gtid_executed) > 60000, 'cut', replace(@@global.gtid_executed, '\n', '')),
    if(length(@@global.gtid_purged) > 60000, 'cut', replace(@@global.gtid_purged, '\n', '')))"
  if [[ $REPLY != *"|"* ]] || [[ $REPLY == *ERROR* ]]; then
    WHY=${REPLY:-its server does not answer}
    return 2
  fi
  IFS='|' read -r executed purged <<<"$REPLY"
  [ "$executed" = cut ] || fact now.executed "$executed"
  [ "$purged" = cut ] || fact now.purged "$purged"
  asked "select concat_ws('|', epoch, leader, operation, date_format(at, '%Y-%m-%d %H:%i:%s'), left(replace(opened, '\n', ''), 60000)) from replctl.epoch
    order by epoch desc limit 1"
  if [[ $REPLY =~ ^([0-9]+)\|([^|]*)\|([^|]*)\|([^|]*)\|([0-9a-z_:,-]*)$ ]]; then
    fact opened.epoch "${BASH_REMATCH[1]}"
    fact opened.leader "${BASH_REMATCH[2]}"
    fact opened.operation "${BASH_REMATCH[3]}"
    fact opened.at "${BASH_REMATCH[4]} UTC"
    fact opened.transactions "${BASH_REMATCH[5]}"
  fi
  clone_size
  send_facts
}

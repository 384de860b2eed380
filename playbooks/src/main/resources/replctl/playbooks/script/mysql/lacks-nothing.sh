# Whether a server that runs closed has nothing of its own and can be given all that it lacks: the last look before it
# receives, and the first that is exact of one that was down when it was asked. Changes nothing.
#
# theirs     what the leader has, with all that the leader's server may make
# purged     what the one to receive from has no more in its binary logs
# again      what to type

is_done() {
  local own lacks set
  any_process || { WHY="its server does not run"; return 1; }
  literal "${V[theirs]}"; set=$REPLY
  asked "select concat_ws('|', @@global.super_read_only, replace(gtid_subtract(@@global.gtid_executed, $set), '\n', ''))"
  [[ $REPLY =~ ^[01]\|[0-9a-z_:,-]*$ ]] || { WHY=${REPLY:-its server does not answer}; return 2; }
  [ "${REPLY%%|*}" = 1 ] || { WHY="it takes writes, or may"; return 1; }
  own=${REPLY#*|}
  [ -z "$own" ] || { WHY="it has transactions of its own: $own; ${V[again]}"; return 1; }
  literal "${V[purged]}"; set=$REPLY
  asked "select replace(gtid_subtract($set, @@global.gtid_executed), '\n', '')"
  [[ $REPLY =~ ^[0-9a-z_:,-]*$ ]] || { WHY=$REPLY; return 2; }
  lacks=$REPLY
  [ -z "$lacks" ] || { WHY="it lacks $lacks, which nobody's binary log has any more there; ${V[again]} --by clone"; return 1; }
}

perform() { refuse "$WHY"; }

# Of the scripts that let a follower stand still while its leader is replaced. What it was then is noted in the node's
# folder, so that a server which is restarted meanwhile does not forget it:
#   operation NAME                          who has frozen it; the start guard leaves its channel alone then
#   source HOST PORT HEARTBEAT RECEIVING    from whom it received, and yes: it did
#   position GTIDS                          what it had; absent until it stands

FROZEN=${V[state_directory]:-}/frozen
CHANNEL_STATE="(select service_state from performance_schema.replication_connection_status where channel_name = '')"
RECEIVED="coalesce((select received_transaction_set from performance_schema.replication_connection_status where channel_name = ''), '')"
# What it has, applied or not, as one set.
HELD="replace(gtid_subtract(concat_ws(',', nullif(@@global.gtid_executed, ''), nullif($RECEIVED, '')), ''), '\n', '')"
GTIDS='^[0-9a-zA-Z:,_-]*$'

# frozen_read: FROZEN_BY, FROZEN_FROM and FROZEN_AT; empty: no such note.
frozen_read() {
  local key rest
  FROZEN_BY="" FROZEN_FROM="" FROZEN_AT=""
  while read -r key rest; do
    case $key in operation) FROZEN_BY=$rest ;; source) FROZEN_FROM=$rest ;; position) FROZEN_AT=$rest ;; esac
  done 2>/dev/null <"$FROZEN"
}

frozen_write() {
  local at=""
  [ -z "$FROZEN_AT" ] || at="position $FROZEN_AT"$'\n'
  put "$FROZEN" 600 "operation $FROZEN_BY"$'\n'"source $FROZEN_FROM"$'\n'"$at"
}

# held: what it has, in REPLY. 1: it does not say so, but why.
held() {
  asked "select $HELD"
  [[ $REPLY =~ $GTIDS ]]
}

# stands: nothing comes in, and what it has is twice the same; in HAS. 1: WHY; 2: it can't be told.
stands() {
  asked "select coalesce($CHANNEL_STATE, 'none')"
  case $REPLY in
    OFF) ;;
    ON | CONNECTING) WHY="it receives, or would"; return 1 ;;
    none) WHY="it follows nobody"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  held || { WHY=$REPLY; return 2; }
  HAS=$REPLY
  sleep 0.03
  held || { WHY=$REPLY; return 2; }
  [ "$REPLY" = "$HAS" ] || { WHY="what it has grows, and it receives from nobody: somebody writes there"; return 1; }
}

# closed: it takes no writes. Else WHY.
closed() {
  asked "select @@global.super_read_only"
  case $REPLY in
    1) return 0 ;;
    0) WHY="it takes writes, or may from some accounts (super_read_only is OFF)" ;;
    *) WHY=$REPLY ;;
  esac
  return 1
}

# contains SET PART: whether all of PART is in SET; both are sets, or SQL that gives one. 2: REPLY says why it can't be told.
contains() {
  asked "select gtid_subset($2, $1)"
  case $REPLY in 1) return 0 ;; 0) return 1 ;; *) return 2 ;; esac
}

# quietly STATEMENT [SECONDS]: it gives nothing. Else WHY.
quietly() {
  [ -n "${SESSION_PID:-}" ] || session_open || { WHY="no session on the server: $REPLY"; return 1; }
  session "$1" "${2:-20}" || { LONE=yes WHY=${REPLY:-no answer after ${2:-20} s}; return 1; }
  [ -z "$REPLY" ] && return 0
  WHY=$REPLY
  return 1
}

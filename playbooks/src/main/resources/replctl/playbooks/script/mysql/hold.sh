# Has a follower stand still, so that what it has is looked at and does not change, or lets it go on.
#
# wish       held: it neither receives nor applies; going: it does both again, from whom it did
# patience   seconds that the transaction which is being applied may take

# threads: how many of its threads run, and whether it has a channel, in REPLY; 1: why that can't be told.
threads() {
  asked "select concat((select count(*) from performance_schema.replication_connection_status where channel_name = '' and service_state <> 'OFF')
    + (select count(*) from performance_schema.replication_applier_status where channel_name = '' and service_state <> 'OFF'), ' ',
    (select count(*) from performance_schema.replication_connection_configuration where channel_name = ''))"
  [[ $REPLY =~ ^[0-2]\ [01]$ ]]
}

is_done() {
  any_process || return 0
  threads || { WHY=$REPLY; return 2; }
  case "${V[wish]} $REPLY" in
    "held 0 "? | "going "?" 0" | "going 2 1") return 0 ;;
    held*) WHY="it receives or applies"; return 1 ;;
    *) WHY="it does not receive, or not apply"; return 1 ;;
  esac
}

held() { threads && [[ $REPLY == 0* ]]; }

perform() {
  answers || refuse "its server does not answer: $ANSWER"
  case ${V[wish]} in
    held)
      # A session of its own: the answer comes when the transaction that is being applied is through.
      sql "stop replica for channel ''" >/dev/null 2>&1 &
      soon "${V[patience]}" held || fail "it still applies a transaction, and stops after it"
      ;;
    *)
      asked "start replica for channel ''"
      [ -z "$REPLY" ] || fail "$REPLY"
      ;;
  esac
}

# Of the scripts that keep what only the old leader's disk has. Its binary logs are relay logs of a channel of its own,
# which receives from nobody: its applier needs no account that may write, and no restart of the server.

SALVAGED=${V[state_directory]:-}/salvage
SALVAGE_CHANNEL=replctl_salvage

# salvage_ends: nothing of that channel is left, whoever made it. 1: WHY.
salvage_ends() {
  asked "select count(*) from performance_schema.replication_connection_configuration where channel_name = '$SALVAGE_CHANNEL'"
  case $REPLY in
    0) return 0 ;;
    1) ;;
    *) WHY=$REPLY; return 1 ;;
  esac
  quietly "stop replica for channel '$SALVAGE_CHANNEL'; reset replica all for channel '$SALVAGE_CHANNEL'" 60
}

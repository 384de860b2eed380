# Gives a copy the files back that its node had before: configuration and what else is not the database's.
#
# with rejoin/own-files

is_done() {
  [ ! -d "$OWN" ] || { WHY="the node's own files are not back in $DATA"; return 1; }
}

perform() {
  ! any_process || refuse "processes have $DATA open"
  [ -f "$DATA/standby.signal" ] || refuse "there is no copy in $DATA yet"
  give_back_own || fail "$WHY"
  forget_own
}

# What the scripts share that lead clients to a new leader. They run on a node's host as the database's
# user, on a gateway (a host that serves clients and holds no data of replctl's), or on the operator's.
#
# wish      look: whether it could be done here, which changes nothing; else what the script says
# gateway   yes: nobody votes here, and this host's epoch file knows only what these scripts were told
# whose     of a gateway: the cluster's own identity, since a new cluster may have an old one's name

# No data is asked whose it is.
identity() { return 1; }

if [ "${V[gateway]:-}" = yes ] && [ -n "${V[state_directory]:-}" ]; then
  V[state_directory]+=${V[whose]:+-${V[whose]}}
fi

# A lock of their own: an old leader that is slow to come back holds its node's, and clients wait.
take_lock() {
  local state=${V[state_directory]:-}
  [ -n "$state" ] && mkdir -p "$state" || refuse "cannot make the state folder $state"
  exec 9>>"$state/redirect" || refuse "cannot open $state/redirect"
  flock -w "${V[lock_wait]:-5}" 9 || KIND=BUSY refuse "clients are being led elsewhere by another process"
}

# Without the node's lock its epoch file is read and not written: these scripts teach it nothing.
if [ "${V[gateway]:-}" != yes ]; then
  check_promise() {
    [ -n "${V[promise]:-}" ] || return 0
    epoch_file
    epoch_read "$REPLY" || KIND=UNREADABLE refuse "$EPOCH_WHY"
    not_overtaken
  }
fi

# whole NUMBER MOST: whether it is one, from 0.
whole() { [[ $1 =~ ^[0-9]{1,6}$ ]] && [ "$1" -le "$2" ]; }

# What every engine's scripts share about a server's processes and its unit. The engine's lib.sh says in DATA and
# SERVICE where they are, and defines
#   server_pid       the server's process, in REPLY
#   answers          whether it takes a connection and answers; ANSWER is what came instead
#   start_directly   starts it where no unit does; 1: WHY says what went wrong
#   clear_way        takes away what would keep it from starting and means nothing any more

# any_process: whether any process at all has the data folder as its working directory. Backends
# outlive a killed postmaster and go on committing.
any_process() {
  local cwd
  for cwd in /proc/[0-9]*/cwd; do
    [ ! "$cwd" -ef "$DATA" ] || return 0
  done
  return 1
}

no_process() { ! any_process; }

# soon SECONDS COMMAND...: until it succeeds; the server gives no event for these. Most do at once and are
# asked every 20 ms; what takes longer is asked every 100 ms, since each question costs the host a process.
soon() {
  local end=$((SECONDS + $1)) asked
  shift
  for ((asked = 0; ; asked++)); do
    ! "$@" || return 0
    [ "$SECONDS" -lt "$end" ] || return 1
    if [ "$asked" -lt 25 ]; then sleep 0.02; else sleep 0.1; fi
  done
}

# start_server SECONDS: through its own unit where it has one, so that systemd knows the process. The
# server's own answer is waited for, not systemctl's: Debian's pg_ctlcluster ends some 2 s after the
# server is up.
start_server() {
  JOINED=no
  clear_way
  if [ -n "$SERVICE" ]; then
    permit_start || return 1
    [ "$(systemctl is-active "$SERVICE" 2>/dev/null)" != activating ] || JOINED=yes
    ask_root start
  else
    start_directly || return 1
    ROOT_CODE=0
  fi
  GONE=0 ASKED_AGAIN=no WHY="it was started and does not answer after $1 s"
  soon "$1" up_or_lost && [ "$LOST" = no ] && { permit_end; return 0; }
  permit_end
  guard_words && WHY+=$REPLY
  return 1
}

# LOST says that it is not worth waiting for, and WHY. A server that ends while it starts, say for a port
# that is taken, is given up after one second without any process, since the first is not there at once.
up_or_lost() {
  LOST=no
  if answers; then
    unit_has_it || LOST=yes
    return 0
  fi
  [ -n "$ROOT_CODE" ] || hear_root now || return 1
  # A start that was under way before ours was joined, not begun: that one's server may have been killed,
  # and Debian's pg_ctlcluster waits 6 s for it.
  if [ "$ROOT_CODE" != 0 ] && [ "$JOINED" = yes ]; then
    JOINED=no
    ask_root start
    return 1
  fi
  if [ "$ROOT_CODE" != 0 ]; then
    LOST=yes WHY="systemctl start $SERVICE: $ROOT_WORDS"
    return 0
  fi
  if any_process; then GONE=0; else GONE=$((GONE + 1)); fi
  [ "$GONE" -ge 50 ] || return 1
  GONE=0
  # A unit whose last process systemd has not yet taken note of counts as active, and is not started.
  if [ -n "$SERVICE" ] && [ "$ASKED_AGAIN" = no ]; then
    ASKED_AGAIN=yes
    ask_root start
    return 1
  fi
  LOST=yes WHY="it was started and ended by itself"
}

# A process that is not in its unit's control group would be left alone by the unit's stop, and doubled by
# its start. Where no control group names a unit (a container without systemd) there is nothing to see.
unit_has_it() {
  local line unit=""
  [ -n "$SERVICE" ] || return 0
  server_pid || { WHY="the server's process is gone"; return 1; }
  while IFS= read -r line; do
    [[ $line =~ ^(0:|1:name=systemd):.*/([^/]+\.service)(/|$) ]] && unit=${BASH_REMATCH[2]}
  done <"/proc/$REPLY/cgroup" 2>/dev/null
  [ "${unit:-${SERVICE%.service}.service}" = "${SERVICE%.service}.service" ] && return 0
  WHY="the server runs as process $REPLY of $unit, and not of $SERVICE"
  return 1
}

# masked: whether systemd is told not to start the unit.
masked() {
  [ -n "$SERVICE" ] &&
    { [ "/etc/systemd/system/${SERVICE%.service}.service" -ef /dev/null ] || [ "/run/systemd/system/${SERVICE%.service}.service" -ef /dev/null ]; }
}

# fingerprint FILE, names FILE: of a certificate; the alternative names as the inventory's steps write
# them, DNS:pg1.example.net or IP:10.0.0.1.
fingerprint() { openssl x509 -noout -fingerprint -sha256 -in "$1" 2>/dev/null | sed 's/.*=//'; }

names() { openssl x509 -noout -ext subjectAltName -in "$1" 2>/dev/null | tail -n +2 | tr -d ' ' | sed 's/IPAddress:/IP:/g'; }

# A restart for its own sake is done when another process is the server than the one that the operation found: which one
# that was is noted before it is told to stop, and counts also for whoever resumes it.
#
# server_since: which process of which boot the server is, in REPLY: numbers come back, start times do not.
server_since() {
  local boot stat
  server_pid && read -r boot </proc/sys/kernel/random/boot_id && { read -r stat <"/proc/$REPLY/stat"; } 2>/dev/null || return 1
  stat=(${stat##*) })
  REPLY="$boot $REPLY ${stat[19]:-0}"
}

# noted_before: the process that this operation found, in REPLY; 1: it has noted none yet.
noted_before() {
  local by=""
  { read -r by REPLY <"${V[state_directory]}/restarting"; } 2>/dev/null
  [ "$by" = "${V[operation]:-none}" ] && [ -n "$REPLY" ]
}

# is_another: whether the server is another process than that. Else WHY.
is_another() {
  local before
  noted_before || { WHY="it was not restarted yet"; return 1; }
  before=$REPLY
  server_since || { WHY="the server does not run"; return 1; }
  [ "$REPLY" != "$before" ] || { WHY="it is still the server of before"; return 1; }
}

# note_before: 1: WHY says why it can't be noted. One that was noted stays.
note_before() {
  noted_before && return 0
  server_since || { WHY="the server does not run"; return 1; }
  put "${V[state_directory]}/restarting" 600 "${V[operation]:-} $REPLY"$'\n'
}

# A planned hand-over as hands do it at best: every login and session open beforehand, the hosts
# told by one line each. What lab/bench measures replctl against; each engine's file has the lines.
# shellcheck shell=bash

FLOOR_PIDS=()

# A shell as the server's own user on HOST that reads commands from descriptor IN and answers on OUT.
hand() { # HOST IN OUT
  mkfifo "$work/in.$2" "$work/out.$2"
  lab/host operator -- ssh -o BatchMode=yes "$1" sudo -n -u "$SERVER_USER" bash -s < "$work/in.$2" > "$work/out.$2" 2> "$work/err.$2" &
  FLOOR_PIDS+=("$!")
  eval "exec $2> '$work/in.$2' $3< '$work/out.$2'"
  rm "$work/in.$2" "$work/out.$2"
}
stop_floor() {
  local pid
  exec 11>&- 12<&- 13>&- 14<&- 15>&- 16<&- || :
  for pid in "${FLOOR_PIDS[@]}"; do wait "$pid" || kill "$pid" 2> /dev/null || :; done
  FLOOR_PIDS=()
}

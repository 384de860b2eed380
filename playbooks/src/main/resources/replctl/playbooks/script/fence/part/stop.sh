# Of the engines' scripts cooperative-stop: closes a server on its own host, and proves it: first what keeps it from
# being started (the marker `fenced` and its masked unit), then the stop by ever harder means, then the proof that no
# process is left that could commit, and only then that it would come up closed: on a server that runs, what sees to
# that may do more.
#
# promise, operation                what the marker says
# stops                             no: of a server that runs it is refused, and nothing is changed
#
# Facts: block (masked, disabled, none: there is no unit), how (stopped, was-stopped, killed)
#
# The script that uses it defines
#   can_be_closed     refuses where it is seen beforehand that close_start could not be done
#   stop_by_own_means    the server's own stops, by ever harder means; 0: all of it is gone by one of them
#   closed_when_started  0: whoever starts it gets a closed server; 1: WHY
#   close_start       has it come up closed, or fails
#
# Sessions outlive a killed server's first process and go on committing: that this one is gone proves nothing.

MARKER=${V[state_directory]}/fenced
UNIT=${SERVICE%.service}.service

is_done() {
  [ -n "$DATA" ] || { WHY="where the server's data lies is not known"; return 2; }
  blocked || return 1
  ! any_process || { WHY="processes still have $DATA open"; return 1; }
  ! unit_process || { WHY="process $REPLY of $UNIT is still there"; return 1; }
  closed_when_started || return 1
}

blocked() {
  [ -s "$MARKER" ] || { WHY="there is no marker $MARKER"; return 1; }
  if [ -z "$SERVICE" ]; then
    fact block none
  elif [ "$(readlink "/etc/systemd/system/$UNIT")" = /dev/null ]; then
    fact block masked
  elif [[ $(<"$MARKER") == *" disabled" ]]; then
    fact block disabled
  else
    WHY="$UNIT is not masked"
    return 1
  fi
}

# unit_process: a process in the unit's control group, in REPLY. Where no control group names a unit (a
# container without systemd) there is nothing to see.
unit_process() {
  local file pid
  [ -n "$SERVICE" ] || return 1
  while IFS= read -r file; do
    pid=${file#/proc/}
    pid=${pid%/cgroup}
    counts "$pid" && { REPLY=$pid; return 0; }
  done < <(grep -lsE "^(0:|1:name=systemd):.*/${UNIT//[.@]/[.@]}(/|\$)" /proc/[0-9]*/cgroup)
  return 1
}

# A process that has ended and whose parent has not noticed can do nothing any more.
counts() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  stat=${stat##*) }
  [ "${stat%% *}" != Z ] && [ "${stat%% *}" != X ]
}

gone() { ! any_process && ! unit_process; }

perform() {
  local how=stopped
  [ -n "$DATA" ] || refuse "where the server's data lies is not known"
  can_be_closed
  [ "${V[stops]:-yes}" = yes ] || gone || refuse "its server runs"
  block
  if gone; then
    how=was-stopped
  else
    stop_by_all_means
    [ "$REPLY" = killed ] && how=killed
  fi
  fact how "$how"
  close_start
  gone || fail "it was stopped, and was started again at once"
}

# The marker first: what starts the server asks for it. Where the unit's file is the operator's own in
# /etc, systemd can't mask it: then it is taken out of the boot.
block() {
  local words=${V[promise]:-0}\ ${V[operation]:--}
  put "$MARKER" 600 "$words"$'\n' || refuse "$WHY"
  [ -n "$SERVICE" ] || return 0
  as_root mask && return 0
  local masking=$ROOT_WORDS
  if as_root disable; then
    put "$MARKER" 600 "$words disabled"$'\n' || fail "$WHY"
    return 0
  fi
  rm -f "$MARKER"
  KIND=NOT_PERMITTED refuse "systemctl mask $SERVICE: $masking; nothing was stopped"
}

stop_by_all_means() {
  REPLY=stopped
  if stop_by_own_means; then return 0; fi
  [ -z "$SERVICE" ] || ask_root stop
  if soon 3 gone; then REPLY=stopped; return 0; fi
  # As the server's own user: whoever else's process is in that control group, ends with the unit.
  soon 10 killed || fail "processes are still there after KILL: $(left_over)"
  [ -z "$SERVICE" ] || hear_root
  gone || fail "processes are still there after KILL: $(left_over)"
  REPLY=killed
}

killed() {
  local pid here
  here=$(readlink -m "$DATA")
  for pid in /proc/[0-9]*; do
    pid=${pid#/proc/}
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" != "$here" ] || kill -KILL "$pid" 2>/dev/null
  done
  ! unit_process || kill -KILL "$REPLY" 2>/dev/null
  gone
}

left_over() {
  local pid here text=""
  here=$(readlink -m "$DATA")
  for pid in /proc/[0-9]*; do
    [ "$(readlink "$pid/cwd" 2>/dev/null)" != "$here" ] || text+="${pid#/proc/} "
  done
  ! unit_process || text+="$REPLY"
  printf '%s' "$text"
}

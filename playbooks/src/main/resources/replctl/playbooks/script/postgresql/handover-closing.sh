# The leader's side of a hand-over. Resident: prepare, freeze, thaw. Probe: is it open? Performed by
# itself it opens the leader again, which is only right when the candidate has stood down.
#
# checkpoint_seconds, freeze_seconds, start_seconds   limits of a checkpoint, a stop, a start
# lease                           seconds that it stays when it hears nothing

SQL_OPTIONS="-c search_path=pg_catalog -c lock_timeout=5s -c synchronous_commit=local"

prepare() {
  if shut_down; then return; fi
  server_pid || refuse "the server does not run, and did not stop cleanly (pg_control: $REPLY)"
  [ "$(sql 'select pg_is_in_recovery()' 2>/dev/null)" = f ] || refuse "it does not take writes"
  session_open || refuse "no session on the server: $REPLY"
}

shut_down() { control "Database cluster state" && [ "$REPLY" = "shut down" ]; }

# Dirty pages are written while traffic runs: the first checkpoint takes most of them, the second what
# came meanwhile, and the one at the stop finds next to nothing.
command_prepare() {
  shut_down || { session "checkpoint" "${V[checkpoint_seconds]}" && session "checkpoint" "${V[checkpoint_seconds]}" && [ -z "$REPLY" ]; } ||
    { one_line "checkpoint: $REPLY"; say "answer not-done SAID_NO $REPLY"; return; }
  say "answer done"
}

# The writes end here. SIGINT is a fast stop; pg_control says when its checkpoint is written, which is
# before the processes end: the archiver and a frozen follower are not waited for.
command_freeze() {
  local end pid
  if ! shut_down; then
    if ! server_pid; then
      say "answer unknown SAID_NO the server ended by itself"
      return
    fi
    pid=$REPLY
    kill -INT "$pid" || { say "answer not-done SAID_NO the stop signal was not taken"; return; }
    end=$((SECONDS + ${V[freeze_seconds]}))
    until control_closed; do
      if [ "$SECONDS" -ge "$end" ]; then
        say "answer unknown OVERDUE a fast stop did not end in ${V[freeze_seconds]} s"
        return
      fi
      sleep 0.003
    done
  fi
  control_closed
  fact position "$CONTROL_CHECKPOINT"
  fact timeline "$CONTROL_TIMELINE"
  say "answer done"
}

# One process for all that is asked of pg_control, since it stands between freeze and open.
control_closed() {
  local line state=""
  while IFS= read -r line; do
    case $line in
      "Database cluster state:"*) state=${line##*:} ;;
      "Latest checkpoint location:"*) CONTROL_CHECKPOINT=${line##* } ;;
      "Latest checkpoint's TimeLineID:"*) CONTROL_TIMELINE=${line##* } ;;
    esac
  done < <("$BIN/pg_controldata" -D "$DATA" 2>/dev/null)
  [ "${state#"${state%%[![:space:]]*}"}" = "shut down" ]
}

# A fast stop can't be called back: what is left of it is ended, and the server started.
command_thaw() {
  if is_done || { perform_open && is_done; }; then
    say "answer done"
  else
    one_line "$WHY"
    say "answer unknown SAID_NO $REPLY"
  fi
}

# A server that was told to stop lets no new session in: one that is let in says that it was not told.
is_done() {
  local recovery
  if ! any_process; then
    fact open no
    WHY="the server does not run"
    return 1
  fi
  recovery=$(sql 'select pg_is_in_recovery()' 2>&1) || {
    WHY="$recovery"
    shut_down || return 2
    fact open no
    WHY="it has shut down"
    return 1
  }
  if [ "$recovery" = t ]; then
    fact open no
    WHY="it is in recovery"
    return 1
  fi
  fact open yes
}

perform_open() {
  # Whatever runs there is left alone then.
  [ ! -e "$DATA/standby.signal" ] || { fact follows yes; WHY="it was made a follower meanwhile"; return 1; }
  if server_pid || any_process; then
    stop_server immediate "${V[freeze_seconds]}" || return 1
  fi
  start_server "${V[start_seconds]}"
}

perform() { perform_open || fail "$WHY"; }

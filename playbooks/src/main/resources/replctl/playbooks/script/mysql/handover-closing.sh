# The leader's side of a hand-over. Resident: prepare, freeze, thaw. Probe: is it open? Performed by
# itself it opens the leader again, which is only right when the candidate has stood down.
#
# freeze_seconds, start_seconds   limits of the closing, of a start
# lease                           seconds that it stays when it hears nothing
# scheduler                       yes: its events ran, and run again when it opens again

# with part/open
# with part/blockers
# with part/source-side

STATE=${V[state_directory]:-}
ASKS_STATE="select concat(@@global.read_only, @@global.super_read_only)"

prepare() {
  [[ ${V[freeze_seconds]:-} =~ ^[1-9][0-9]{0,3}$ ]] || refuse "not a limit: ${V[freeze_seconds]:-}"
  server_pid || refuse "the server does not run"
  session_open || refuse "no session on the server: $REPLY"
  LOCKS=$LOCK_WAIT
  session "$ASKS_STATE" 5
  case $REPLY in
    00) ;;
    # A hand-over that was cut short after it had closed it goes on.
    11) ! follows || refuse "it does not take writes, and follows" ;;
    *) refuse "it does not take writes as a leader does (read_only, super_read_only: $REPLY)" ;;
  esac
}

follows() {
  session "select count(*) from performance_schema.replication_connection_status where channel_name = '' and service_state <> 'OFF'" 5
  [ "$REPLY" != 0 ]
}

# Before the freeze, while writes go on: whoever will not let it close in time is named, so that nobody waits for
# nothing. And the epoch's table is there, which the candidate would have to make while writes stand still.
command_prepare() {
  local first end still word
  session "$ASKS_STATE" 5
  [ "$REPLY" = 00 ] || { say "answer done"; return; }
  session "select count(*) from information_schema.tables where table_schema = 'replctl' and table_name = 'epoch'" 5
  if [ "$REPLY" = 0 ]; then
    epoch_row_statement
    # It waits for an acknowledgement as every other commit.
    session "${REPLY%%insert into*} do 0" 5
    [ -z "$REPLY" ] || { one_line "cannot make the table of epochs: $REPLY"; say "answer not-done SAID_NO $REPLY"; return; }
  fi
  uptime
  end=$((REPLY + V[freeze_seconds] * 100))
  blocking
  first=$REPLY
  while [ -n "$first" ]; do
    sleep 0.05
    blocking
    still=""
    for word in $first; do [[ " $REPLY " != *" $word "* ]] || still+=" $word"; done
    first=${still# }
    uptime
    [ -n "$first" ] && [ "$REPLY" -ge "$end" ] || continue
    # shellcheck disable=SC2086
    blockers $first
    [ -n "$REPLY" ] || break
    one_line "what changes something there does not end in ${V[freeze_seconds]} s: $REPLY; nothing was closed"
    say "answer not-done SAID_NO $REPLY"
    return
  done
  say "answer done"
}

# The writes end here. It waits for statements and commits under way, and no longer than freeze_seconds: new writes wait
# meanwhile. What is committed is read after it: before, more would come.
command_freeze() {
  local why
  session "set session lock_wait_timeout = ${V[freeze_seconds]}; set global super_read_only = 1; set session lock_wait_timeout = $LOCKS;
    select concat_ws('|', @@global.super_read_only, replace(@@global.gtid_executed, '\n', ''))" $((V[freeze_seconds] + 5)) || {
    one_line "$REPLY"
    say "answer unknown OVERDUE it did not say in $((V[freeze_seconds] + 5)) s whether it is closed: $REPLY"
    return
  }
  if [[ $REPLY =~ ^1\|([0-9a-zA-Z:,_-]+)$ ]]; then
    fact position "${BASH_REMATCH[1]}"
    say "answer done"
    # Its commits are to wait for nobody once it follows. That takes up to 1 s, for which the thread waits that hears
    # acknowledgements (0.88 s seen on 9.7): so it begins now, after the answer. What opens it again sets it again.
    source_side_off
    return
  fi
  why=$REPLY
  error_number "$why"
  if [ "$REPLY" = 1205 ] && [[ $why == *" 0|"* ]]; then
    blockers
    one_line "it can't be closed while others write: ${REPLY:-these have ended meanwhile}; it takes writes as before"
    say "answer not-done SAID_NO $REPLY"
    return
  fi
  one_line "$why"
  say "answer unknown SAID_NO $REPLY"
}

command_thaw() {
  if perform_open && is_done; then
    say "answer done"
  else
    one_line "$WHY"
    say "answer unknown SAID_NO $REPLY"
  fi
}

is_done() {
  if ! any_process; then
    fact open no
    WHY="the server does not run"
    return 1
  fi
  asked "$ASKS_STATE"
  case $REPLY in
    00) fact open yes ;;
    11 | 10)
      fact open no
      WHY="it takes no writes"
      return 1
      ;;
    *) WHY=$REPLY; return 2 ;;
  esac
}

# A server that was restarted meanwhile has forgotten what commits wait for, and its options have its events rest.
perform_open() {
  if ! server_pid; then
    ! any_process || { WHY="the server does not run, and processes still have $DATA open"; return 1; }
    ! masked || { WHY="systemd is told not to start $SERVICE (masked)"; return 1; }
    start_server "${V[start_seconds]}" || return 1
  fi
  asked "select count(*) from performance_schema.replication_connection_status where channel_name = '' and service_state <> 'OFF'"
  [ "$REPLY" = 0 ] || { fact follows yes; WHY="it was made a follower meanwhile"; return 1; }
  semi_sync_read && open_again
}

# Each statement's outcome is looked at before the next one is sent: with what it waits for not set it must not open.
open_again() {
  local statement
  if ! semi_sync_is_set; then
    semi_sync_statement || return 1
    statement=$REPLY
    asked "$statement"
    semi_sync_is_set || return 1
  fi
  asked "set global super_read_only = 0; set global read_only = 0"
  [ -z "$REPLY" ] || { WHY=$REPLY; return 1; }
  [ "${V[scheduler]:-}" = yes ] || return 0
  asked "set global event_scheduler = ON"
  [ -z "$REPLY" ] || { WHY="it is open, and its events do not run: $REPLY"; return 1; }
}

perform() { perform_open || fail "$WHY"; }

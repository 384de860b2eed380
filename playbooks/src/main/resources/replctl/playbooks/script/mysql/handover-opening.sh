# The candidate's side of a hand-over. Resident: prepare, catch-up, open, acknowledged. Probe: has it opened? For
# that it waits for the lock, since a resident that still holds it may be about to. Performed by
# itself it stands down: under the lock, it is certain to be closed, and nothing opens it later. Where the epoch's row is
# in its data there is no way back: it opens then, and says so.
#
# lease             seconds that it stays when it hears nothing
# stalled_seconds   how long an applier that applies nothing is waited for

# with part/open

STATE=${V[state_directory]:-}
ASKS_STATE="select concat(@@global.read_only, @@global.super_read_only)"
CAUGHT_UP=no
OPENED=no

# All that can be asked or put together before is: writes stand still while this opens.
prepare() {
  semi_sync_read || refuse "$WHY"
  session_open || refuse "no session on the server: $REPLY"
  end_openers || refuse "$WHY"
  session "set @replctl_opens = 1; $ASKS_STATE, (select count(*) from performance_schema.replication_connection_configuration where channel_name = '' and host <> '')" 5
  [ "$REPLY" = $'11\t1' ] || refuse "it does not follow, closed to writes (read_only and super_read_only, channels: $REPLY)"
  statements || refuse "$WHY"
}

# statements: of the opening, in WAIT and OPEN; semi_sync_read comes before. 1: WHY.
statements() {
  [ "$NEEDED" = 0 ] || semi_sync_names || return 1
  semi_sync_statement || return 1
  # What commits wait for is set before, and that they do wait last: the epoch's row waits for nobody.
  local switch=${REPLY##*set global} waits=""
  WAIT=${PREFIX:+"set global ${PREFIX}_enabled = 0; "}${REPLY%set global*}
  if [ "$NEEDED" != 0 ]; then
    [ "$switch" = " ${PREFIX}_enabled = 1" ] || { WHY="it can't be told what commits are to wait for: $REPLY"; return 1; }
    waits=" and @@global.${PREFIX}_enabled = 1"
    switch="set global$switch; "
  else
    switch=""
  fi
  epoch_row_statement
  # A statement that fails does not end the session: each of these is looked at by the one that opens.
  OPEN="set @row = -1; set global super_read_only = 0; insert into${REPLY#*insert into}; set @row = row_count();
    ${switch}set global read_only = if(@row >= 0$waits, 0, 1); $ASKS_STATE"
}

# openers: connections of scripts that were to open it, in REPLY. What such a session was sent it does, though its
# script may have ended: nothing is certain before it has ended too.
openers() {
  asked "select coalesce(group_concat(t.processlist_id separator ' '), '') from performance_schema.user_variables_by_thread v
    join performance_schema.threads t using (thread_id) where v.variable_name = 'replctl_opens' and t.processlist_id <> connection_id()"
  WHY="whether a session may open it can't be told: $REPLY"
  [[ $REPLY =~ ^[0-9\ ]*$ ]]
}

no_opener() {
  openers || return
  [ -n "$REPLY" ] || return 0
  WHY="connection $REPLY is to open it, though its script has ended"
  return 1
}

end_openers() {
  local connection
  openers || return
  for connection in $REPLY; do
    asked "kill $connection"
    # It has ended by itself (1094).
    [ -z "$REPLY" ] || [[ $REPLY == *"ERROR 1094 "* ]] || { WHY=$REPLY; return 1; }
  done
  soon 10 no_opener
}

# One whose hand-over was cut short may have stopped to receive. What commits wait for has no effect before they do.
command_prepare() {
  session "start replica for channel ''${WAIT:+; $WAIT do 0}" 10
  if [ -z "$REPLY" ]; then
    say "answer done"
  else
    one_line "$REPLY"
    say "answer not-done SAID_NO $REPLY"
  fi
}

# The server wakes it when the last of the leader's transactions is applied. An applier that stands still (a lock in its
# way, an error, a full disk) is not waited for as long as one that gets on: writes stand still meanwhile.
#   position   the leader's transactions when it had closed
#   seconds    the limit
command_catch_up() {
  local wanted had="" seen moved end now
  [[ ${A[position]:-} =~ ^[0-9a-zA-Z:,_-]+$ ]] || { say "answer not-done SAID_NO not a position: ${A[position]:-}"; return; }
  [[ ${A[seconds]:-} =~ ^[0-9]{1,5}$ ]] || { say "answer not-done SAID_NO not a limit: ${A[seconds]:-}"; return; }
  wanted=${A[position]}
  uptime
  moved=$REPLY end=$((REPLY + A[seconds] * 100))
  while :; do
    session "select wait_for_executed_gtid_set('$wanted', 0.5)" 10 || {
      one_line "the session ended: $REPLY"
      say "answer not-done SAID_NO $REPLY"
      return
    }
    case $REPLY in
      0)
        CAUGHT_UP=yes
        say "answer done"
        return
        ;;
      1) ;;
      *)
        one_line "$REPLY"
        say "answer not-done SAID_NO $REPLY"
        return
        ;;
    esac
    # Rows that were changed within a long transaction are progress too.
    session "select sha2(concat(@@global.gtid_executed, (select group_concat(variable_value order by variable_name)
      from performance_schema.global_status where variable_name in ('Innodb_rows_inserted', 'Innodb_rows_updated', 'Innodb_rows_deleted'))), 256)" 10
    seen=$REPLY
    uptime
    now=$REPLY
    if [ "$had" != "$seen" ] && [[ $seen =~ ^[0-9a-f]+$ ]]; then had=$seen moved=$now; fi
    [ "$now" -lt "$end" ] && [ "$now" -lt $((moved + V[stalled_seconds] * 100)) ] && continue
    left "$wanted"
    if [ "$now" -ge "$end" ]; then
      one_line "after ${A[seconds]} s $REPLY"
    else
      one_line "it has applied nothing for ${V[stalled_seconds]} s: $REPLY"
    fi
    say "answer not-done SAID_NO $REPLY"
    return
  done
}

# left SET: what is not applied of it and what its applier says, for people, in REPLY.
left() {
  session "select concat_ws(', ', concat(replace(gtid_subtract('$1', @@global.gtid_executed), '\n', ''), ' is not applied'),
    (select concat('its receiver is ', service_state, if(last_error_number = 0, '', concat(' (', last_error_number, ': ', last_error_message, ')')))
      from performance_schema.replication_connection_status where channel_name = ''),
    (select concat('its applier is ', service_state) from performance_schema.replication_applier_status where channel_name = ''),
    (select max(concat('error ', last_error_number, ': ', last_error_message)) from performance_schema.replication_applier_status_by_worker
      where channel_name = '' and last_error_number > 0),
    (select max(concat('it waits for a lock that connection ', h.processlist_id, ' of ', coalesce(h.processlist_user, '?'), ' holds'))
      from performance_schema.replication_applier_status_by_worker w
      join performance_schema.metadata_locks p on p.owner_thread_id = w.thread_id and p.lock_status = 'PENDING'
      join performance_schema.metadata_locks g on g.object_type = p.object_type and g.object_schema = p.object_schema
        and g.object_name = p.object_name and g.lock_status = 'GRANTED' and g.owner_thread_id <> p.owner_thread_id
      join performance_schema.threads h on h.thread_id = g.owner_thread_id where w.channel_name = ''))" 10
}

# While the row is written only accounts that may do all can write. Its threads need not end before: the leader whom
# they receive from is closed, and all that it had is applied. Writes would stand still meanwhile, some 10 ms.
command_open() {
  if [ "$CAUGHT_UP" != yes ]; then
    say "answer not-done SAID_NO it was not seen to have everything"
    return
  fi
  session "$OPEN" 10
  [ "$REPLY" = 00 ] || { opening_is_unknown; return; }
  OPENED=yes
  say "answer done"
  session "stop replica for channel ''" 10
}

# Whether it is open can't be told, or it is half-way: it is closed again and receives no more, and what was done shows
# when it is looked at.
opening_is_unknown() {
  one_line "$REPLY"
  WHY=$REPLY
  session "set global super_read_only = 1; stop replica for channel ''" 10
  say "answer unknown SAID_NO while it was opened: $WHY"
}

# Whether commits are acknowledged: as many followers as they wait for receive and count. Facts: acks,
# one of none (commits wait for nobody), seen, awaited. Then the channel by which it followed is forgotten: it was the
# only word of whence it came while it was not open.
#   milliseconds   how long to look
command_acknowledged() {
  local end acks=awaited
  [[ ${A[milliseconds]:-} =~ ^[0-9]{1,5}$ ]] || { say "answer not-done SAID_NO not a limit: ${A[milliseconds]:-}"; return; }
  uptime
  end=$((REPLY + A[milliseconds] / 10))
  if [ "$NEEDED" = 0 ]; then acks=none; fi
  while [ "$acks" = awaited ]; do
    session "do sleep(0.002); select if((select variable_value from performance_schema.global_status
        where variable_name = '${PREFIX}_clients') >= @@global.${PREFIX}_wait_for_${REPLICA}_count, 'seen', 'awaited')" 5 || break
    acks=$REPLY
    uptime
    [ "$REPLY" -lt "$end" ] || break
  done
  case $acks in
    none | seen | awaited) fact acks "$acks"; say "answer done" ;;
    *) one_line "$acks"; say "answer unknown SAID_NO $REPLY" ;;
  esac
  [ "$OPENED" = no ] || session "reset replica all for channel ''" 10
}

is_done() {
  local state
  IS=""
  if [ "$MODE" = probe ]; then take_lock; fi
  asked "$ASKS_STATE"
  state=$REPLY
  case $state in
    [01][01])
      if [ "$MODE" = perform ]; then end_openers || return 2; else no_opener || return 2; fi
      asked "$ASKS_STATE"
      state=$REPLY
      ;;
  esac
  case $state in
    00)
      if [ "$MODE" = perform ]; then WHY="it has opened"; return 2; fi
      fact open yes
      return 0
      ;;
    11) ;;
    10) [ "$MODE" = perform ] || { WHY="it was being opened: it takes writes of accounts that may do all"; return 2; } ;;
    *)
      WHY=$state
      ! any_process || return 2
      fact open no
      WHY="the server does not run"
      return 1
      ;;
  esac
  if [ "$MODE" = perform ]; then
    stood_down "$state"
    return
  fi
  fact open no
  WHY="it follows"
  return 1
}

# stood_down STATE: 0: it is closed and follows again. 1: IS says what it is instead. 2: that can't be told.
stood_down() {
  # What was written while it was being opened would be its alone, should the old leader go on. By the operation: it may
  # have been promised another epoch since.
  literal "${V[operation]}"
  asked "select count(*) from replctl.epoch where operation = $REPLY and server = @@server_uuid"
  case $REPLY in
    0 | *"ERROR 1146 "* | *"ERROR 1049 "*) ;;
    [1-9]*) IS=begun WHY="it was being opened, and the row of its epoch is written there: there is no way back"; return 1 ;;
    *) WHY=$REPLY; return 2 ;;
  esac
  [ "$1" = 11 ] || { IS=half WHY="it was being opened: it takes writes of accounts that may do all"; return 1; }
  asked "select count(*) from performance_schema.replication_connection_status where channel_name = '' and service_state <> 'OFF'"
  [ "$REPLY" = 1 ] || { IS=closed WHY="it is closed, and does not follow"; return 1; }
  fact open no
}

perform() {
  case $IS in
    closed) ;;
    half)
      asked "set global super_read_only = 1"
      [ -z "$REPLY" ] || fail "$REPLY"
      ;;
    begun) go_on ;;
    *) refuse "$WHY" ;;
  esac
  asked "start replica for channel ''"
  [ -z "$REPLY" ] || fail "$REPLY"
}

# It had everything before its row was written, and nobody else may lead now: what was begun is done.
go_on() {
  semi_sync_read && statements || fail "$WHY: $REPLY"
  [ -z "$WAIT" ] || asked "$WAIT do 0"
  asked "$OPEN"
  [ "$REPLY" = 00 ] || fail "it was being opened, and could not be: $REPLY"
  asked "stop replica for channel ''"
  fail "it was being opened, and takes writes now: there is no way back"
}

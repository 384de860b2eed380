# The candidate's side of a hand-over. Resident: prepare, catch-up, open, acknowledged. Probe: has it opened? For
# that it waits for the lock, since a resident that still holds it may be about to. Performed by
# itself it stands down: under the lock, it is certain to be closed, and nothing opens it later.
#
# lease             seconds that it stays when it hears nothing
# stalled_seconds   how long a replay that applies nothing is waited for

SQL_OPTIONS="-c search_path=pg_catalog -c lock_timeout=5s -c synchronous_commit=local"

prepare() {
  session_open || refuse "no session on the server: $REPLY"
  session "select pg_is_in_recovery()" 5
  [ "$REPLY" = t ] || refuse "it does not follow: $REPLY"
}

command_prepare() { say "answer done"; }

# The answer comes when everything up to and with the leader's shutdown checkpoint is applied: replay
# ends strictly past the start of that record. Equality would be one record short. A replay that stands
# still (a query in its way, a pause, a full disk) is not waited for as long as one that gets on: writes
# stand still meanwhile.
#   position   where that record starts
#   seconds    the limit
command_catch_up() {
  local wanted had="" moved end
  [[ ${A[position]:-} =~ ^[0-9A-F]{1,8}/[0-9A-F]{1,8}$ ]] || { say "answer not-done SAID_NO not a position: ${A[position]:-}"; return; }
  [[ ${A[seconds]:-} =~ ^[0-9]{1,5}$ ]] || { say "answer not-done SAID_NO not a limit: ${A[seconds]:-}"; return; }
  wanted=${A[position]}
  session "select pid from pg_stat_activity where backend_type = 'startup'" 5
  STARTUP=$REPLY
  uptime
  moved=$REPLY end=$((REPLY + A[seconds] * 100))
  while :; do
    session "do \$\$ begin
        for i in 1..25 loop
          exit when pg_last_wal_replay_lsn() > '$wanted'::pg_lsn;
          perform pg_sleep(0.001);
        end loop;
      end \$\$;
      select pg_last_wal_replay_lsn() > '$wanted'::pg_lsn, pg_last_wal_replay_lsn()" 10 || {
      one_line "the session ended: $REPLY"
      say "answer not-done SAID_NO $REPLY"
      return
    }
    case $REPLY in
      "t|"*)
        fact replayed "${REPLY#t|}"
        CAUGHT_UP=yes
        say "answer done"
        return
        ;;
      "f|"*) ;;
      *)
        one_line "$REPLY"
        say "answer not-done SAID_NO $REPLY"
        return
        ;;
    esac
    wake_replay
    [ "$had" = "$REPLY" ] || { had=$REPLY; uptime; moved=$REPLY; }
    uptime
    if [ "$REPLY" -ge $((moved + V[stalled_seconds] * 100)) ]; then
      say "answer not-done SAID_NO it has stood at ${had#f|} for ${V[stalled_seconds]} s, and what follows $wanted is not applied"
      return
    elif [ "$REPLY" -ge "$end" ]; then
      say "answer not-done SAID_NO it has applied up to ${had#f|} after ${A[seconds]} s, and not yet what follows $wanted"
      return
    fi
  done
}

# When the leader closes within wal_retrieve_retry_interval (5 s) of an earlier break of the stream, replay
# sleeps for the rest of it, even though all is in pg_wal: 4.0 s were seen. A promotion that is asked for in
# the moment in which it notices the end of the stream is overslept in the same way: 1.0 s of 1 s were seen.
# Its signal to read the configuration ends the sleep (WaitForWALToBecomeAvailable; seen on 15 and 17).
wake_replay() {
  [[ $STARTUP =~ ^[0-9]+$ ]] && [ "$STARTUP" -gt 1 ] && kill -HUP "$STARTUP" 2>/dev/null
}

STARTUP=""
CAUGHT_UP=no

# pg_promote(true) looks every 100 ms whether it is done; the server takes writes well before.
command_open() {
  local end
  if [ "$CAUGHT_UP" != yes ]; then
    say "answer not-done SAID_NO it was not seen to have everything"
    return
  fi
  uptime
  end=$((REPLY + 3000))
  session "select pg_promote(false)" 10
  [ "$REPLY" = t ] || { opening_is_unknown; return; }
  while :; do
    session "do \$\$ begin
        for i in 1..25 loop
          exit when not pg_is_in_recovery();
          perform pg_sleep(0.001);
        end loop;
      end \$\$;
      select pg_is_in_recovery()" 10
    case $REPLY in
      f) say "answer done"; return ;;
      t) ;;
      *) opening_is_unknown; return ;;
    esac
    wake_replay
    uptime
    [ "$REPLY" -lt "$end" ] || { REPLY="it is in recovery after 30 s"; opening_is_unknown; return; }
  done
}

opening_is_unknown() {
  one_line "$REPLY"
  say "answer unknown SAID_NO after the promotion was asked for: $REPLY"
}

# Whether commits are acknowledged: as many followers as they wait for stream and count. Facts: acks,
# one of none (commits wait for nobody), seen, awaited.
#   milliseconds   how long to look
command_acknowledged() {
  local end acks=""
  [[ ${A[milliseconds]:-} =~ ^[0-9]{1,5}$ ]] || { say "answer not-done SAID_NO not a limit: ${A[milliseconds]:-}"; return; }
  uptime
  end=$((REPLY + A[milliseconds] / 10))
  while :; do
    session "select case
        when current_setting('synchronous_standby_names') = '' then 'none'
        when count(*) filter (where state = 'streaming' and sync_state in ('sync', 'quorum')) >=
          coalesce(substring(current_setting('synchronous_standby_names') from '(?i)^ *(?:any|first)? *([0-9]+) *[(]')::int, 1)
        then 'seen' else 'awaited' end
      from pg_stat_replication" 5 || break
    acks=$REPLY
    uptime
    [ "$acks" = awaited ] && [ "$REPLY" -lt "$end" ] || break
    sleep 0.002
  done
  case ${acks:=$REPLY} in
    none | seen | awaited) fact acks "$acks"; say "answer done" ;;
    *) one_line "$acks"; say "answer unknown SAID_NO $REPLY" ;;
  esac
}

is_done() {
  local recovery
  if [ "$MODE" = probe ]; then take_lock; fi
  recovery=$(sql 'select pg_is_in_recovery()' 2>&1) || {
    if ! any_process; then fact open no; WHY="the server does not run"; return 1; fi
    WHY="$recovery"
    return 2
  }
  if [ "$MODE" = perform ]; then
    # Standing down is done when it is in recovery and no promotion waits to be noticed.
    [ "$recovery" = t ] && ! promoting && { fact open no; return 0; }
    WHY="it has opened, or is about to"
    return 2
  fi
  if [ "$recovery" = f ]; then fact open yes; return 0; fi
  if promoting; then WHY="a promotion is under way"; return 2; fi
  fact open no
  WHY="it follows"
  return 1
}

perform() { refuse "$WHY"; }

# Makes this node receive from another: a running follower is re-pointed by reload, a stopped server
# is started as a follower where `start` says yes, told in its files where it says later, and refused
# else. Resident, it waits for the word to follow, and does not look what comes of it: the same script,
# performed after that, does.
#
# conninfo, slot   primary_conninfo and primary_slot_name; they go to postgresql.auto.conf, which
#                  wins over every other file, as pg_basebackup and pg_rewind write them too.
#                  @state@ in conninfo stands for this node's state folder
# upstream_host, upstream_port   where the receiver must be seen to stream from
# start            yes: a cleanly stopped server (an old leader too) becomes a follower; later: a stopped
#                  follower is one when somebody starts it; no: it must run
# patience         seconds to wait until it streams
# fetches          yes: its upstream has no more the log that it needs: its restore_command has, and the patience is
#                  for each time until it has applied more
# delayed          yes: it holds back replay, and begins to receive from elsewhere only when it has applied all
#                  that it has: it is enough that it is told so, and receives from nobody else
# lease            seconds that it stays as a resident when it hears nothing
# settle           seconds that a server which has shut down gets for its archiver and its followers
#
# Fact: stopped (yes: it follows when it is started)

V[conninfo]=${V[conninfo]//@state@/"${V[state_directory]}"}

# state_now: in REPLY, with bars; 1: that is no state, but why it can't be told.
state_now() {
  asked "select pg_is_in_recovery(), current_setting('primary_conninfo'), current_setting('primary_slot_name'),
         coalesce((select status || ' ' || sender_host || ' ' || sender_port from pg_stat_wal_receiver), ''),
         coalesce((select pid::text from pg_stat_wal_receiver), '')"
  [[ $REPLY == [tf]"|"*"|"* ]]
}

# Where its upstream's timeline ends, a receiver stops and waits to be told the next one: that takes up
# to wal_retrieve_retry_interval, which is 5 s unless somebody changed it.
is_done() {
  local code=0
  if [ "${V[start]:-}" = later ] && ! any_process; then
    points || return
    fact stopped yes
    return 0
  fi
  streams || code=$?
  if [ "$code" = 1 ] && [[ $WHY == "its receiver is waiting "* ]] && soon 8 streams; then code=0; fi
  return "$code"
}

streams() {
  local recovery conninfo slot receiver
  server_pid || { WHY="the server does not run"; return 1; }
  state_now || { WHY=$REPLY; return 2; }
  IFS='|' read -r recovery conninfo slot receiver RECEIVER <<<"$REPLY"
  [ "$recovery" = t ] || { WHY="it is open as a leader"; return 1; }
  [ "$conninfo" = "${V[conninfo]}" ] && [ "$slot" = "${V[slot]}" ] ||
    { WHY="it is set to receive from elsewhere"; return 1; }
  [ "${V[delayed]:-}" != yes ] || [ -n "$receiver" ] || return 0
  [ "$receiver" = "streaming ${V[upstream_host]} ${V[upstream_port]}" ] ||
    { WHY="its receiver is ${receiver:-not running}"; return 1; }
}

# A receiver shows as streaming from when it has logged in (walreceiver.c of 13 to 18), and ends at once
# where its slot is still held by the connection of before, say of a host that lost its power; and where its
# own log goes on beyond the place at which its upstream's history left it, it receives up to there, ends, and
# begins again 5 s later, for ever. Who is made a follower here and now is looked at for longer.
stays() {
  local first looks=1
  [ "${V[start]:-}" != no ] || looks=5
  streams || return
  first=$RECEIVER
  while [ "$looks" -gt 0 ]; do
    sleep 0.1
    streams || return
    [ "$RECEIVER" = "$first" ] || { WHY="its receiver was begun anew"; return 1; }
    looks=$((looks - 1))
  done
}

perform() {
  if server_pid && ! closing; then
    point_running
  else
    if [ "${V[start]}" = later ]; then
      tell_stopped
      return 0
    fi
    [ "${V[start]}" = yes ] || refuse "the server does not run"
    point_stopped
  fi
  [ "${V[delayed]:-}" != yes ] || soon 2 stays || end_receiver
  if [ "${V[fetches]:-}" = yes ]; then catches_up; fi
  soon "${V[patience]}" stays || fail "after ${V[patience]} s $WHY"
}

applied() {
  asked "select pg_last_wal_replay_lsn()"
  [[ $REPLY =~ ^[0-9A-F]+/[0-9A-F]+$ ]]
}

further() { streams || { applied && [ "$REPLY" != "$APPLIED" ]; }; }

catches_up() {
  while ! streams; do
    applied
    APPLIED=$REPLY
    soon "${V[patience]}" further ||
      fail "after ${V[patience]} s $WHY, and its restore_command gave nothing beyond $APPLIED in that time"
  done
}

# A leader that has written its shutdown checkpoint and still waits for a follower that takes nothing
# (a frozen host) is as good as stopped: nothing is written any more.
closing() {
  control "Database cluster state" && [[ $REPLY == "shut down"* ]]
}

pointing() {
  local conninfo slot
  literal "${V[conninfo]}"; conninfo=$REPLY
  literal "${V[slot]}"; slot=$REPLY
  REPLY="alter system set primary_conninfo = $conninfo;
    alter system set primary_slot_name = $slot;
    select pg_reload_conf()"
}

point_running() {
  asked "select pg_is_in_recovery()"
  case $REPLY in
    t) ;;
    f) refuse "it is open as a leader" ;;
    *) refuse "its server does not answer: $REPLY" ;;
  esac
  pointing
  asked "$REPLY"
  [ "$REPLY" = t ] || fail "$REPLY"
}

end_receiver() {
  local conninfo slot
  state_now || return 0
  IFS='|' read -r _ conninfo slot _ RECEIVER <<<"$REPLY"
  [ "$conninfo" = "${V[conninfo]}" ] && [ "$slot" = "${V[slot]}" ] || return 0
  [[ ! $RECEIVER =~ ^[1-9][0-9]*$ ]] || kill -TERM "$RECEIVER"
}

prepare() {
  session_open || refuse "no session on the server: $REPLY"
  session "select pg_is_in_recovery()" 5
  [ "$REPLY" = t ] || refuse "it does not follow: $REPLY"
}

command_follow() {
  pointing
  session "$REPLY" 5
  if [ "$REPLY" = t ]; then say "answer done"; else one_line "$REPLY"; say "answer unknown SAID_NO $REPLY"; fi
}

# A follower that was stopped meanwhile: it has nothing that the new leader lacks, as it streamed from the
# old one that handed over, or stood still.
tell_stopped() {
  ! any_process || refuse "the server does not run, and processes still have $DATA open"
  ! cut_off || refuse "a rewind of $DATA was cut off: it must not run"
  [ -f "$DATA/standby.signal" ] || refuse "the server does not run, and would not start as a follower"
  auto_conf_set primary_conninfo "${V[conninfo]}" primary_slot_name "${V[slot]}" || fail "$WHY"
}

point_stopped() {
  ! cut_off || refuse "a rewind of $DATA was cut off: it must not run"
  # It may still archive what it has: a follower does not, so the archive would have a gap.
  soon "${V[settle]:-10}" no_process || stop_server immediate 10 || fail "$WHY"
  any_process && refuse "processes still have $DATA open"
  closing || refuse "it did not stop cleanly (pg_control: ${REPLY:-unreadable}); it must be rewound or cloned"
  auto_conf_set primary_conninfo "${V[conninfo]}" primary_slot_name "${V[slot]}" || fail "$WHY"
  standby_signal "$DATA" || fail "cannot write $DATA/standby.signal"
  start_server "${V[patience]}" || fail "$WHY"
}

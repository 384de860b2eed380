# Of the scripts that wait until a follower has applied what it has received. Needs part/frozen.

# How long an applier that waits for somebody's lock is given, in s: he may be about to end.
LOCKED=10

# Whose applier is meant: the channel's name.
CHANNEL=""

# applier: in APPLIER its state, in ERROR the number and text of what it was stopped by, in DELAY the seconds that
# it holds transactions back. 1: WHY.
applier() {
  asked "select concat_ws(' ', a.service_state, c.desired_delay, e.number, e.text)
    from performance_schema.replication_applier_status a
    join performance_schema.replication_applier_configuration c using (channel_name)
    left join (select last_error_number number, left(last_error_message, 200) text from (
        select * from (select last_error_number, last_error_message from performance_schema.replication_applier_status_by_worker where channel_name = '$CHANNEL') w
        union all select last_error_number, last_error_message from performance_schema.replication_applier_status_by_coordinator where channel_name = '$CHANNEL') x
      where last_error_number > 0 order by number limit 1) e on true
    where a.channel_name = '$CHANNEL'"
  [[ $REPLY =~ ^(ON|OFF)\ ([0-9]+)(\ (.*))?$ ]] || { WHY="its applier does not say what it does: $REPLY"; return 1; }
  APPLIER=${BASH_REMATCH[1]} DELAY=${BASH_REMATCH[2]} ERROR=${BASH_REMATCH[4]}
}

# blocker: who holds a lock that an applier waits for, in REPLY: `ID USER@HOST SECONDS`; empty: nobody.
blocker() {
  asked "select coalesce((select concat(t.processlist_id, ' ', coalesce(t.processlist_user, '?'), '@', coalesce(t.processlist_host, '?'), ' ', t.processlist_time)
    from (
      select g.owner_thread_id blocker from performance_schema.replication_applier_status_by_worker w
      join performance_schema.metadata_locks p on p.owner_thread_id = w.thread_id and p.lock_status = 'PENDING'
      join performance_schema.metadata_locks g on g.object_type = p.object_type and g.object_schema = p.object_schema
        and g.object_name = p.object_name and g.lock_status = 'GRANTED' and g.owner_thread_id <> p.owner_thread_id
      where w.channel_name = '$CHANNEL'
      union
      select l.blocking_thread_id from performance_schema.replication_applier_status_by_worker w
      join performance_schema.data_lock_waits l on l.requesting_thread_id = w.thread_id where w.channel_name = '$CHANNEL') held
    join performance_schema.threads t on t.thread_id = held.blocker
    where t.processlist_id is not null order by t.processlist_time desc limit 1), '')"
}

# relay_left: bytes of the relay log that are not applied yet, in REPLY; 1: not known. The position is written down
# every 300 ms (replica_checkpoint_period).
relay_left() {
  local name at base file size sum=0
  asked "select concat_ws(' ', relay_log_name, relay_log_pos, @@global.relay_log_basename) from mysql.slave_relay_log_info where channel_name = '$CHANNEL'"
  read -r name at base <<<"$REPLY"
  name=${name##*/}
  [[ $name == *.* && $at =~ ^[0-9]{1,18}$ && $base == /* ]] || return 1
  while read -r size file; do
    [[ $size =~ ^[0-9]+$ && ${file##*.} =~ ^[0-9]+$ ]] && [ $((10#${file##*.})) -ge $((10#${name##*.})) ] || continue
    sum=$((sum + size))
  done < <(cd "${base%/*}" && stat -c '%s %n' "${name%.*}".[0-9]* 2>/dev/null)
  REPLY=$((sum > at ? sum - at : 0))
}

# await_applied SET SECONDS: until all of that is applied, with progress. 1: WHY, in words that say what to do.
await_applied() {
  local end asked=0 total="" locked="" started=no holder
  uptime
  end=$((REPLY + $2 * 100))
  while :; do
    asked "select wait_for_executed_gtid_set('$1', 0.25)"
    case $REPLY in
      0) return 0 ;;
      1) ;;
      *) WHY=$REPLY; return 1 ;;
    esac
    applier || return 1
    if [ "$APPLIER" = OFF ]; then
      if [ -n "$ERROR" ]; then
        WHY="its applier was stopped by error $ERROR; mend that, START REPLICA SQL_THREAD there, and type it again"
        return 1
      fi
      [ "$started" = no ] || { WHY="its applier was stopped while it was waited for"; return 1; }
      started=yes
      quietly "start replica sql_thread for channel '$CHANNEL'" || return 1
      continue
    fi
    if [ $((asked % 4)) = 0 ] && relay_left; then
      total=${total:-$REPLY}
      progress $((total > REPLY ? total - REPLY : 0)) "$total"
    fi
    asked=$((asked + 1))
    blocker
    case $REPLY in
      "") locked="" ;;
      *ERROR*) ;;
      *)
        read -r -a holder <<<"$REPLY"
        uptime
        locked=${locked:-$REPLY}
        if [ "$REPLY" -ge $((locked + LOCKED * 100)) ]; then
          WHY="its applier has waited $LOCKED s for a lock that connection ${holder[0]} of ${holder[1]} holds; end it there (KILL ${holder[0]}), and type it again"
          return 1
        fi
        ;;
    esac
    uptime
    [ "$REPLY" -lt "$end" ] && continue
    WHY="it has not applied all that it received after $2 s"
    ! relay_left || WHY+=", $REPLY bytes of its relay log are left"
    [ "$DELAY" = 0 ] || WHY+=": it holds them back for $DELAY s"
    WHY+="; it goes on applying"
    return 1
  done
}

# Makes this node receive from another on its default channel: a running follower is re-pointed, a stopped server is
# started where `start` says yes, and refused else. Its applier goes on meanwhile: with both threads stopped a
# CHANGE throws away what was received and not applied yet, which nobody else may have. Other channels are left
# alone and named. Resident, it waits for the word to follow, and does not look what comes of it: the same script,
# performed after that, does.
#
# source_host, source_port   where it receives from
# source_uuid      the server that must be there; may be absent
# source_has       transactions that the other one has for certain: this node may have no others; may be absent
# password         of account replctl_replication
# renews           yes: that password must be the one that is kept for the next login
# start            yes: a stopped server is started, and is a follower then; later: it is told so in a file of the node's
#                  state, which whoever starts its channel goes by; no: it must run
# delay            seconds by which it holds back what it applies, default 0
# acknowledges     no: what it receives, it does not acknowledge until it is told to (acknowledge.sh); else as it is set
# patience         seconds to wait until it receives and applies
# lease            seconds that it stays as a resident when it hears nothing
#
# Facts: stopped (yes: it follows when it is started), other_channels (names)

# with part/source-side

STATE=${V[state_directory]}
ACCOUNT=replctl_replication
CA=$STATE/tls/ca.crt
# One after another for 136 years: 0 means for ever only since 9.7.2, and before that not at all in one place.
RETRIES=4294967295
DELAY=${V[delay]:-0}

# Where a stopped server is to receive from: what is in its own tables can't be changed before it runs.
UPSTREAM=$STATE/upstream

# state_now: in CLOSED, CONFIGURED, RECEIVER (its state), SOURCE, ERROR (number), APPLIER, APPLIER_ERROR, DELAYED, OTHERS,
# THREAD and WORDS. 1: WHY says why it can't be told.
state_now() {
  asked "select concat_ws('|', if(@@global.super_read_only, 'closed', 'open'),
      coalesce(concat_ws(' ', c.host, c.port, c.user, c.auto_position, c.ssl_allowed, c.ssl_verify_server_certificate,
        c.ssl_ca_file, round(c.heartbeat_interval * 1000), c.connection_retry_interval, c.connection_retry_count), ''),
      coalesce(s.service_state, ''), coalesce(s.source_uuid, ''), coalesce(s.last_error_number, 0), coalesce(t.service_state, ''),
      (select coalesce(max(e.n), 0) from (select last_error_number n from performance_schema.replication_applier_status_by_worker
          where channel_name = '' union all
        select last_error_number from performance_schema.replication_applier_status_by_coordinator where channel_name = '') e),
      coalesce(a.desired_delay, 0),
      (select coalesce(group_concat(o.channel_name separator ' '), '') from performance_schema.replication_connection_configuration o
        where o.channel_name not in ('', 'group_replication_applier', 'group_replication_recovery')),
      coalesce(s.thread_id, 0), replace(coalesce(nullif(s.last_error_message, ''),
        (select max(w.last_error_message) from performance_schema.replication_applier_status_by_worker w
          where w.channel_name = '' and w.last_error_number > 0), ''), '\n', ' '))
    from (select 1) one
    left join performance_schema.replication_connection_configuration c on c.channel_name = ''
    left join performance_schema.replication_connection_status s on s.channel_name = ''
    left join performance_schema.replication_applier_configuration a on a.channel_name = ''
    left join performance_schema.replication_applier_status t on t.channel_name = ''"
  WHY=$REPLY
  [[ $REPLY == @(open|closed)"|"*"|"* ]] || return 1
  IFS='|' read -r CLOSED CONFIGURED RECEIVER SOURCE ERROR APPLIER APPLIER_ERROR DELAYED OTHERS THREAD WORDS <<<"$REPLY"
}

wanted() { REPLY="${V[source_host]} ${V[source_port]} $ACCOUNT 1 YES YES $CA 1000 1 $RETRIES"; }

is_done() {
  if [ "${V[start]:-}" = later ] && ! any_process; then
    says "$UPSTREAM" 600 "${V[source_host]} ${V[source_port]}"$'\n' || { WHY="it is told to receive from elsewhere"; return 1; }
    fact stopped yes
    return 0
  fi
  receives || return
  # Its start guard starts no channel then: see part/frozen.
  [ ! -e "$STATE/frozen" ] || { WHY="it receives, and is noted as one that stands still"; return 1; }
  [ -z "$OTHERS" ] || fact other_channels "$OTHERS"
}

receives() {
  server_pid || { WHY="the server does not run"; return 1; }
  state_now || return 2
  [ "$CLOSED" = closed ] || { WHY="it is open as a leader"; return 1; }
  wanted
  [ "$CONFIGURED" = "$REPLY" ] || { WHY="it is set to receive from elsewhere, or otherwise"; return 1; }
  [ "$DELAYED" = "$DELAY" ] || { WHY="it holds back what it applies by $DELAYED s and not by $DELAY s"; return 1; }
  if [ "$RECEIVER" != ON ]; then
    WHY="its receiver is ${RECEIVER:-not there}"
    [ "$ERROR" = 0 ] || { meaning "$ERROR"; WHY+=": $REPLY ($ERROR: $WORDS)"; }
    return 1
  fi
  if [ "$APPLIER" != ON ]; then
    WHY="its applier is ${APPLIER:-not there}"
    [ "$APPLIER_ERROR" = 0 ] || WHY+=": it could not apply a transaction ($APPLIER_ERROR: $WORDS)"
    return 1
  fi
  [ -z "${V[source_uuid]:-}" ] || [ "$SOURCE" = "${V[source_uuid]}" ] ||
    { WHY="it receives from server ${SOURCE:-unknown}, not from ${V[source_uuid]}"; return 1; }
  [ "${V[renews]:-}" != yes ] || keeps_password
}

# keeps_password: what a channel logs in with next stands in a table of the server's own.
keeps_password() {
  asked "select coalesce(max(user_password), '') from mysql.slave_master_info where channel_name = ''"
  [ "$REPLY" = "${V[password]}" ] && return 0
  WHY="it would log in with another password"
  return 1
}

# meaning NUMBER: of a receiver's error, for people, in REPLY. Texts differ from version to version.
meaning() {
  case $1 in
    1044 | 1045 | 1698 | 3118) REPLY="${V[source_host]} does not let $ACCOUNT in" ;;
    2026) REPLY="no TLS connection whose certificate $CA vouches for" ;;
    2061) REPLY="${V[source_host]} does not take this login without TLS" ;;
    2002 | 2003 | 2005 | 2013) REPLY="${V[source_host]}:${V[source_port]} can't be reached, or broke off" ;;
    1236 | 13114) REPLY="${V[source_host]} has no more, or never had, what this node needs of its log" ;;
    13117) REPLY="both have the same server_uuid" ;;
    1593) REPLY="both have the same server_id, or do not fit together" ;;
    *) REPLY="its receiver failed" ;;
  esac
}

# A receiver shows as connected from when it has logged in, and ends where what it asks for is not there.
stays() {
  local first
  receives || return
  first=$THREAD
  sleep 0.1
  receives && { [ "$THREAD" = "$first" ] || { WHY="its receiver was begun anew"; return 1; }; }
}

# What has failed for good is not waited for: a thread that was started and has ended with an error ends the wait, and
# a login that is refused does after some tries.
stays_or_lost() {
  LOST=no
  stays && return 0
  if { [ "$RECEIVER" = OFF ] && [ "$ERROR" != 0 ]; } || { [ "$APPLIER" = OFF ] && [ "$APPLIER_ERROR" != 0 ]; }; then
    LOST=yes
  elif [[ $ERROR == @(1044|1045|1698|3118|2026|2061) ]]; then
    REFUSED=$((REFUSED + 1))
    # The receiver tries once a second, and is asked ten times in that: see soon.
    [ "$REFUSED" -lt 60 ] || LOST=yes
  fi
  [ "$LOST" = yes ]
}

perform() {
  checked
  if ! server_pid; then
    ! any_process || refuse "the server does not run, and processes still have $DATA open"
    if [ "${V[start]}" = later ]; then
      note_upstream
      return
    fi
    [ "${V[start]}" = yes ] || refuse "the server does not run"
    ! masked || refuse "systemd is told not to start $SERVICE (masked)"
    start_server "${V[patience]}" || fail "$WHY"
  fi
  state_now || refuse "its server does not answer: $WHY"
  [ "$CLOSED" = closed ] || refuse "it is open as a leader"
  has_nothing_else
  source_side_off || refuse "$WHY"
  note_upstream
  point
  REFUSED=0
  soon "${V[patience]}" stays_or_lost || fail "after ${V[patience]} s $WHY"
  [ "$LOST" = no ] || fail "$WHY"
  # What stood still while a leader was replaced receives from the next one.
  away "$STATE/frozen" || fail "cannot remove $STATE/frozen"
}

checked() {
  [[ ${V[source_port]} =~ ^[0-9]{1,5}$ ]] || refuse "not a port: ${V[source_port]}"
  [[ $DELAY =~ ^[0-9]{1,10}$ ]] || refuse "not a delay: $DELAY"
  [[ ${V[source_uuid]:-} =~ ^([0-9a-f-]{36})?$ ]] || refuse "not a server's UUID: ${V[source_uuid]}"
  [ -r "$CA" ] || refuse "there is no $CA to know others by"
}

note_upstream() { put "$UPSTREAM" 600 "${V[source_host]} ${V[source_port]}"$'\n' || fail "$WHY"; }

# A follower with transactions that its leader lacks would show other data, and could never lead it.
has_nothing_else() {
  [ -n "${V[source_has]:-}" ] || return 0
  literal "${V[source_has]}"
  asked "select replace(gtid_subtract(@@global.gtid_executed, $REPLY), '\n', '')"
  [ -z "$REPLY" ] || refuse "it has transactions that ${V[source_host]} lacks: $REPLY"
}

# pointing: what sets the receiver, in REPLY.
pointing() {
  local host ca password
  literal "${V[source_host]}"; host=$REPLY
  literal "$CA"; ca=$REPLY
  literal "${V[password]}"; password=$REPLY
  REPLY="change replication source to source_host = $host, source_port = ${V[source_port]}, source_user = '$ACCOUNT',
    source_password = $password, source_ssl = 1, source_ssl_ca = $ca, source_ssl_verify_server_cert = 1,
    source_heartbeat_period = 1, source_connect_retry = 1, source_retry_count = $RETRIES"
}

# told STATEMENT: one that gives nothing when it succeeds.
told() {
  asked "$1 for channel ''"
  [ -z "$REPLY" ] || { hidden; fail "$REPLY"; }
}

# What goes wrong may be told with the words of the statement, and these have the password.
hidden() { [ -z "${V[password]}" ] || REPLY=${REPLY//"${V[password]}"/***}; }

point() {
  wanted
  # One whose applier has stopped at a transaction has received more since, which a CHANGE would throw away.
  [ "$CONFIGURED $RECEIVER" = "$REPLY ON" ] && [ "$APPLIER" != ON ] || set_receiver
  [ "${V[acknowledges]:-}" != no ] || acknowledge_nothing
  if [ "$DELAYED" != "$DELAY" ]; then
    told "start replica io_thread"
    told "stop replica sql_thread"
    told "change replication source to source_delay = $DELAY"
  fi
  told "start replica"
}

set_receiver() {
  # Only a receiver that asks by GTID can be pointed elsewhere while the applier goes on.
  if [[ $CONFIGURED =~ ^[^\ ]+\ [0-9]+\ [^\ ]+\ 1\  ]]; then
    told "stop replica io_thread"
    pointing
    told "$REPLY"
  else
    told "stop replica"
    pointing
    told "$REPLY, source_auto_position = 1"
  fi
}

# Whoever may acknowledge is written down before: see acknowledge.sh.
acknowledge_nothing() {
  asked "select coalesce(max(variable_name), '') from performance_schema.global_variables where variable_value in ('ON', '1')
    and variable_name in ('rpl_semi_sync_replica_enabled', 'rpl_semi_sync_slave_enabled')"
  case $REPLY in
    "") return 0 ;;
    rpl_semi_sync_*_enabled) asked "set global $REPLY = 0" ;;
  esac
  [ -z "$REPLY" ] || fail "$REPLY"
}

prepare() {
  checked
  session_open || refuse "no session on the server: $REPLY"
  session "select @@global.super_read_only" 5
  [ "$REPLY" = 1 ] || refuse "it does not follow: $REPLY"
  note_upstream
}

command_follow() {
  pointing
  session "stop replica io_thread for channel ''; $REPLY for channel ''; start replica for channel ''" 5
  if [ -z "$REPLY" ]; then
    say "answer done"
  else
    hidden
    one_line "$REPLY"
    say "answer unknown SAID_NO $REPLY"
  fi
}

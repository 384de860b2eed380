# Of the scripts that close a server to writes: who stands in the way. SET GLOBAL super_read_only = ON waits for each
# session that holds the server's global lock or its commit lock for a change: a statement that changes something,
# LOCK TABLES ... WRITE, a commit that waits for a follower's acknowledgement. An idle transaction holds neither.

# What is always there: replication's threads are no client's, and this session is its own.
BLOCKING="performance_schema.metadata_locks m join performance_schema.threads t on t.thread_id = m.owner_thread_id
  where m.object_type in ('GLOBAL', 'COMMIT') and m.lock_type = 'INTENTION_EXCLUSIVE' and m.lock_status = 'GRANTED'
  and t.processlist_id is not null and t.processlist_id <> connection_id()"

# blocking: which locks these are, in REPLY, a word each; a later one of the same session is another word.
blocking() {
  asked "select coalesce(group_concat(distinct concat(m.owner_thread_id, ':', m.owner_event_id) separator ' '), '') from $BLOCKING"
}

# blockers [LOCK...]: the sessions that hold them, for people, in REPLY; empty: nobody any more. Without LOCK: all.
blockers() {
  local only=""
  [ $# = 0 ] || printf -v only ",'%s'" "$@"
  asked "select coalesce(group_concat(distinct concat('connection ', t.processlist_id, ' of ', coalesce(t.processlist_user, '?'), '@',
      coalesce(t.processlist_host, '?'), ' (', case
        when t.processlist_state like 'Waiting for semi-sync ACK from %' then
          concat('its commit has waited for a follower''s acknowledgement for ', t.processlist_time, ' s')
        when t.processlist_command = 'Sleep' then concat('idle for ', t.processlist_time, ' s, and holds LOCK TABLES')
        else concat('for ', t.processlist_time, ' s: ', coalesce(left(replace(t.processlist_info, '\n', ' '), 60), t.processlist_command)) end, ')')
      order by t.processlist_time desc separator '; '), '') from $BLOCKING
      ${only:+and concat(m.owner_thread_id, ':', m.owner_event_id) in (${only#,})}"
}

# Makes this node's data a copy of another server's by CLONE, which replaces all that is here. The copy starts
# closed, receives from nobody and runs no event, by this node's own configuration.
#
# donor_host, donor_port, user, password   how it is reached
# copies      the identity that the copy must have
# replace     yes: data that is here may go: a step before has saved what it alone had
# patience    seconds for the start of the copy
#
# A donor sends to one at a time (error 3634): others wait for their turn.
# with part/pristine

is_done() {
  answers || { WHY="the server does not answer: $ANSWER"; return 1; }
  asked "select coalesce((select value from replctl.identity where name = 'cluster'), '')"
  [ "$REPLY" = "${V[copies]}" ] || { WHY="its data is no copy"; return 1; }
  asked "select count(*) from performance_schema.clone_status where state in ('In Progress', 'Not Started')"
  [ "$REPLY" = 0 ] || { WHY="a copy is being made"; return 1; }
  [ "${V[replace]:-no}" != yes ] || says "$STATE/cloned" 600 "${V[operation]:-}"$'\n' || { WHY="it was not copied anew"; return 1; }
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || { WHY="it is open"; return 1; }
  note_identity "${V[copies]}"
}

STATE=${V[state_directory]}

perform() {
  local words
  answers || refuse "the server does not answer: $ANSWER"
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || refuse "its configuration does not close it: a copy would be open"
  if [ "${V[replace]:-no}" != yes ]; then
    pristine || refuse "$WHY"
  fi
  [[ ${V[donor_host]} =~ ^[A-Za-z0-9.:-]+$ && ${V[donor_port]} =~ ^[0-9]+$ ]] || refuse "not an address: ${V[donor_host]}:${V[donor_port]}"
  rm -f "$STATE/cloned"
  knows_donors
  literal "${V[donor_host]}:${V[donor_port]}"
  asked "set global clone_valid_donor_list = $REPLY"
  [ -z "$REPLY" ] || refuse "$REPLY"
  while :; do
    make_way
    transfer
    error_number "$CLONE_WORDS"
    [ "$REPLY" = 3634 ] || [ "$REPLY" = 3862 ] && [[ $CLONE_WORDS == *3634* ]] || break
    progress 0 0
    sleep 1
  done
  # 3707: nobody would start it again, and it ends. 2013, 2006: it restarts itself.
  case $REPLY in
    3707) soon 30 no_process ;;
    "" | 2013 | 2006) soon 30 restarted ;;
    *)
      asked "set global super_read_only = 1"
      fail "CLONE: $CLONE_WORDS"
      ;;
  esac
  LONE=yes
  # Where nobody has started it again within that time, it is started.
  answers || start_server "${V[patience]}" || fail "$WHY"
  soon "${V[patience]}" answers || fail "the copy does not answer: $ANSWER"
  asked "select concat_ws(' ', state, error_no, error_message) from performance_schema.clone_status"
  [[ $REPLY == "Completed 0"* ]] || fail "CLONE: ${REPLY:-it is not known how it ended}"
  asked "select @@global.super_read_only"
  [ "$REPLY" = 1 ] || fail "the copy is open"
  asked "stop replica; reset replica all"
  [[ $REPLY != *"ERROR"* ]] || fail "$REPLY"
  put "$STATE/cloned" 600 "${V[operation]:-}"$'\n' || fail "$WHY"
}

# The copy runs once the server that made it is gone and another answers.
restarted() {
  server_pid && [ "$REPLY" != "$OLD_PID" ] && answers
}

# knows_donors: who is not of the cluster's authority is no donor. The authority counts only with a certificate and a
# key beside it (tried on 9.7.4: alone, any donor was taken).
knows_donors() {
  local tls=$STATE/tls ca cert key
  [ -r "$tls/ca.crt" ] && [ -r "$tls/current/server.key" ] || refuse "there is no certificate in $tls to know a donor by"
  literal "$tls/ca.crt"; ca=$REPLY
  literal "$tls/current/server.crt"; cert=$REPLY
  literal "$tls/current/server.key"; key=$REPLY
  asked "set global clone_ssl_ca = $ca; set global clone_ssl_cert = $cert; set global clone_ssl_key = $key"
  [ -z "$REPLY" ] || refuse "$REPLY"
}

# make_way: schemas that are here are dropped by CLONE itself, which super_read_only does not let it (error 1290, tried on
# 9.7.4). Ordinary accounts can't write meanwhile either; and what is here goes.
make_way() {
  [ "${V[replace]:-no}" = yes ] || return 0
  asked "set global read_only = 1; set global super_read_only = 0"
  [ -z "$REPLY" ] || refuse "$REPLY"
}

# transfer: the statement in a client of its own, while another tells how far it is; CLONE_WORDS.
transfer() {
  local file=$STATE/clone.$$ user host line done_bytes
  literal "${V[user]}"; user=$REPLY
  literal "${V[donor_host]}"; host=$REPLY
  server_pid; OLD_PID=$REPLY
  literal "${V[password]}"
  client 3>&- 4<&- 9>&- >"$file" 2>&1 <<<"clone instance from $user@$host:${V[donor_port]} identified by $REPLY require ssl" &
  while kill -0 $! 2>/dev/null; do
    line=$(sql "select coalesce(sum(data), 0), coalesce(sum(estimate), 0) from performance_schema.clone_progress where stage <> 'DROP DATA'" 2>/dev/null)
    done_bytes=${line%%$'\t'*}
    [[ ! $line =~ ^[0-9]+$'\t'[0-9]+$ ]] || progress "$done_bytes" "${line##*$'\t'}"
    sleep 0.3
  done
  CLONE_WORDS=$(<"$file")
  CLONE_WORDS=${CLONE_WORDS//"${V[password]}"/***}
  rm -f "$file"
}

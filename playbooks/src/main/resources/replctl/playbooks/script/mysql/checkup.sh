# What a checkup wants to know of a node beyond the survey: what does no harm today and will later. Changes nothing.
#
# with look/facts
# with look/certificate
# with look/checkup
# text QUESTION checkup/server.sql
#
# Values: those of every script, and
#   engine        its name: the start guard's file is another for each
#   certificate   what the server shows, where the survey found one; relative to its data folder or not
#   ca_file       the authority that it trusts, likewise
#
# Facts, those of look/checkup, and unit.lacks, guard.lacks, options.lacks: the rules that sudo lacks
#   certificate.file, .end_ms
#   setting.NAME      those that ought to be alike, and that the survey does not ask for
#   plugins           those that are active and were not built in, and components: NAME, a line each
#   accounts          DIGEST NAME, a line each: of all that an account is and may, but for those of the host's own
#   keyless.count     tables without a primary key      keyless.names   the first of them
#   foreign.count, .names   tables of another storage engine than InnoDB, likewise
#   orphan.count, .names    events, routines, triggers and views whose definer is no account here
#   held.count, .names      events that are disabled as on a replica

is_done() {
  ME='\u' ME=${ME@P}
  shopt -u failglob
  shopt -s nullglob
  host_checkup
  [ -z "$SERVICE" ] || { may unit may-control; may guard may-install-guard; }
  rights_on_options
  ends certificate "${V[certificate]:-}"
  ends authority "${V[ca_file]:-}"
  if [ -z "$CLIENT" ] || ! server_pid; then fact unasked.server "its server does not run"; else server; fi
  send_facts
}

rights_on_options() {
  [ -n "${V[config_file]:-}" ] && [ ! -w "${V[config_file]%/*}" ] || return 0
  may options may-install-options
}

# A statement that this version, or this account, does not have says so, and the others go on.
server() {
  local key value lacks=""
  while IFS=$'\t' read -r key value; do
    case $key in
      "ERROR "*) lacks=${lacks:-$key}; continue ;;
      *[!a-z0-9_.]* | "") continue ;;
    esac
    [ "$value" != NULL ] || continue
    [[ $value != *\\* ]] || printf -v value %b "$value"
    known "$key" "$value"
  done < <(client --force 3>&- 4<&- 2>&1 <<<"$QUESTION")
  known unasked.server "$lacks"
}

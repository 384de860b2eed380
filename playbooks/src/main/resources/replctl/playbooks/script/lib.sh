# The part that all of replctl's scripts share. The operator's side sends one text: three
# assignments (NONCE, MODE, the array V of values), this file, the engine's lib.sh, the script, and a
# call of replctl_main. It is read with `head -c`, so that what follows on standard input are replies
# and commands, not script.
#
# What a script says goes out on descriptor 3, one line each, behind a word (NONCE) that no profile
# and no banner can know:
#   fact KEY TEXT                 TEXT has \\, \n and \r for backslash, line end, carriage return
#   progress DONE TOTAL           bytes; TOTAL 0: not known
#   root ACTION                   asks for `systemctl ACTION` on this node's unit; the reply on
#                                 descriptor 4 is `root CODE WORDS`
#   ready                         a resident has all it needs
#   answer done
#   answer not-done KIND WHY      proven to have had no effect
#   answer unknown KIND WHY       may have had an effect
#
# A script defines
#   is_done     0: done; 1: not done, WHY says so; else unknown. Changes nothing.
#   perform     does it; ends with refuse (no effect yet) or fail (there may be) when it can't
# or, to stay and take commands,
#   command_NAME   for each command; the command's values are in the array A
# and may define
#   prepare     for residents: what must be had before `ready`

set -u
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 077
unset BASH_ENV ENV CDPATH GLOBIGNORE
cd / || exit 1
exec 3>&1 4<&0 </dev/null 1>&2

WHY=""
ROOT_WORDS=""
declare -A A=()

say() { printf '%s %s\n' "$NONCE" "$1" >&3; }

fact() {
  local text=${2//\\/\\\\}
  text=${text//$'\n'/\\n}
  printf '%s fact %s %s\n' "$NONCE" "$1" "${text//$'\r'/\\r}" >&3
}

progress() { say "progress $1 $2"; }

# one_line TEXT: without line ends, at most 400 characters, in REPLY.
one_line() {
  REPLY=${1//[$'\n\r\t']/ }
  REPLY=${REPLY:0:400}
}

refuse() {
  one_line "$*"
  say "answer not-done ${KIND:-SAID_NO} $REPLY"
  exit 0
}

fail() {
  one_line "$*"
  say "answer unknown ${KIND:-SAID_NO} $REPLY"
  exit 0
}

# as_root ACTION: the operator's side runs it, from its own closed list, and only on this node's
# unit. The operator may be gone: then the read ends and so does the script.
as_root() {
  local line
  say "root $1"
  while IFS= read -r line <&4; do
    case $line in
      "root "*)
        line=${line#root }
        ROOT_WORDS=${line#* }
        return "${line%% *}"
        ;;
    esac
  done
  fail "the operator's connection ended while $1 was asked for"
}

# The lock of one node: whoever changes the node holds it. It must not be inherited by a server that
# is started here, or it would be held for as long as the server runs: see without_lock.
take_lock() {
  local state=${V[state_directory]}
  mkdir -p "$state" || refuse "cannot make the state folder $state"
  exec 9>>"$state/lock" || refuse "cannot open $state/lock"
  if ! flock -w "${V[lock_wait]:-2}" 9; then
    KIND=BUSY refuse "another operation holds this node: $(head -c 200 "$state/holder" 2>/dev/null)"
  fi
  printf '%s\n' "${V[operation]:-}" >"$state/holder" || refuse "cannot write in $state"
}

# Runs a command that outlives the script, without the script's descriptors.
without_lock() { "$@" 3>&- 4<&- 9>&-; }

# The engine's lib.sh defines identity: what makes this node's data this cluster's, in REPLY.
check_identity() {
  [ -n "${V[identity]:-}" ] || return 0
  identity || KIND=WRONG_IDENTITY refuse "cannot tell which cluster this node's data belongs to"
  [ "$REPLY" = "${V[identity]}" ] ||
    KIND=WRONG_IDENTITY refuse "this node's data belongs to cluster $REPLY, not to ${V[identity]}"
}

answer_probe() {
  is_done
  case $? in
    0) say "answer done" ;;
    1) one_line "$WHY"; say "answer not-done SAID_NO $REPLY" ;;
    *) one_line "$WHY"; say "answer unknown SAID_NO $REPLY" ;;
  esac
}

# A resident reads commands until the operator leaves or is silent for the lease. `beat` only says
# that the operator is there. A command's answer is one line, like a script's.
reside() {
  local line word key text
  say ready
  while IFS= read -r -t "${V[lease]}" line <&4; do
    IFS=$'\t' read -r -a words <<<"$line"
    word=${words[0]:-}
    case $word in
      beat | "") continue ;;
      leave) exit 0 ;;
    esac
    A=()
    for text in "${words[@]:1}"; do
      key=${text%%=*}
      A[$key]=${text#*=}
    done
    if declare -F "command_${word//-/_}" >/dev/null; then
      "command_${word//-/_}"
    else
      say "answer not-done SAID_NO no such command: $word"
    fi
  done
  exit 0
}

replctl_main() {
  case $MODE in
    probe) answer_probe ;;
    perform)
      take_lock
      check_identity
      if is_done; then
        fact changed no
        say "answer done"
        exit 0
      fi
      perform
      fact changed yes
      is_done && { say "answer done"; exit 0; }
      fail "it was done, and does not show: $WHY"
      ;;
    resident)
      take_lock
      check_identity
      declare -F prepare >/dev/null && prepare
      reside
      ;;
  esac
  exit 0
}

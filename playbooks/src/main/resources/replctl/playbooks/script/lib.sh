# The part that all of replctl's scripts share. The operator's side sends one text: assignments
# (NONCE, MODE, LIMIT, the array V of values), this file, the engine's lib.sh, the script, and a call
# of replctl_main. A first line before it, `LC_ALL=C; exec 4<&0; IFS= read -rN N REPLY && eval "$REPLY"`,
# reads exactly that text, so that what follows on standard input are replies and commands, not script.
#
# What a script says goes out on descriptor 3, one line each, behind a word (NONCE) that no profile
# and no banner can know:
#   begin PID GROUP START UPTIME  the first line: whom to end, should it be overdue. One that performs
#                                 then waits for `go UPTIME` on descriptor 4
#   fact KEY TEXT                 TEXT has \\, \n and \r for backslash, line end, carriage return
#   progress DONE TOTAL           bytes; TOTAL 0: not known
#   root ACTION                   asks for `systemctl ACTION` on this node's unit; the reply on
#                                 descriptor 4 is `root CODE WORDS`, and comes when it is through
#   ready UPTIME                  a resident has all it needs
#   left SERIAL                   a resident leaves; the last command that it read
#   answer done
#   answer not-done KIND WHY      proven to have had no effect
#   answer unknown KIND WHY       may have had an effect
# UPTIME is this host's own, in hundredths of a second since it booted. What the operator asks for says
# until when, on the same clock, it may be begun: so that what stood in a queue while this host, the
# network or the operator stood still is not done after it was given up.
#
# While a resident does a command, the word ends in .SERIAL of that command: an answer that comes too
# late is not taken for the next one's.
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
# Whatever the login's or the caller's home was: this user's own.
unset HOME
HOME=~
export HOME
cd / || exit 1
# Descriptor 4 is made by the very first line, outside of eval: bash 5.2 crashes when eval duplicates
# the stream that bash itself reads.
exec 3>&1 </dev/null 1>&2

# uptime: in REPLY. It goes on while this process stands still.
uptime() {
  read -r REPLY _ </proc/uptime
  REPLY=$((10#${REPLY/./}))
}

# A profile may have printed something without a line end. The start time (field 22 of stat, in ticks
# since the host booted) tells this process from a later one of the same number.
read -r STAT <"/proc/$$/stat" 2>/dev/null || STAT=""
STAT=(${STAT##*) })
GROUP=${STAT[2]:-0}
uptime
printf '\n%s begin %s %s %s %s\n' "$NONCE" $$ "$GROUP" "${STAT[19]:-0}" "$REPLY" >&3

# A script that performs never outlasts its deadline, not even when the operator and the network are
# gone: what it has not done by then, it does not do late. Nor does what it has started outlast the
# script, should that be killed, or end at a word that nobody hears any more: it would go on holding
# the lock. Servers are started in sessions of their own. LIMIT is in seconds. A script that traps EXIT
# itself must end EXPIRE there.
expire() {
  local end left _
  trap exit TERM
  exec 5<> <(:) # a pipe that nobody writes to: waiting for it takes no process
  uptime
  end=$((REPLY + LIMIT * 100))
  while [ "$REPLY" -lt "$end" ] && [ -d "/proc/$$" ]; do
    left=$(((end - REPLY + 99) / 100))
    # Where that can't be waited for, a process is.
    read -r -t $((left < 5 ? left : 5)) _ <&5 || [ $? -gt 128 ] || sleep 1
    beat
    uptime
  done
  kill -KILL -- "-$GROUP"
}
# beat [first]: whoever looks at this host sees that the operation which it is promised to is at work.
beat() {
  local file=${V[state_directory]:-}/heartbeat by=""
  { IFS= read -r by <"$file"; } 2>/dev/null
  [ "${1:-}" != first ] && [ "$by" != "${V[operation]:-none}" ] || printf '%s\n' "${V[operation]:-}" >"$file"
}
# Where nothing else is declared or was found, as the survey has it.
if [ -z "${V[state_directory]:-}" ] && [ -n "${V[cluster_name]:-}" ]; then
  V[state_directory]=$HOME/.replctl/${V[cluster_name]}/${V[node_name]}
fi
if [ "$MODE" = perform ] && [ "$GROUP" -gt 1 ]; then
  expire >/dev/null 2>&1 3>&- 4<&- &
  EXPIRE=$!
  trap 'kill "$EXPIRE" 2>/dev/null' EXIT
fi

WHY=""
ROOT_CODE=""
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

# ask_root ACTION: the operator's side runs it, from its own closed list, and only on this node's
# unit. The script goes on meanwhile, and may end without the reply: the service manager does then
# what it was told all the same.
ask_root() {
  ROOT_CODE=""
  ROOT_WORDS=""
  say "root $1"
}

# hear_root [now]: the reply to ask_root, in ROOT_CODE and ROOT_WORDS; with `now`, not 0 when there is
# none yet. The operator may be gone: then the read ends and so does the script.
hear_root() {
  local line
  while [ -z "$ROOT_CODE" ]; do
    [ "${1:-}" != now ] || read -r -t 0 <&4 || return 1
    IFS= read -r line <&4 || fail "the operator's connection ended while systemctl was asked for"
    case $line in
      "root "*)
        line=${line#root }
        ROOT_WORDS=${line#* }
        ROOT_CODE=${line%% *}
        ;;
    esac
  done
}

# as_root ACTION: waits for the reply, and returns systemctl's exit code.
as_root() {
  ask_root "$1"
  hear_root
  return "$ROOT_CODE"
}

# The lock of one node: whoever changes the node holds it. It must not be inherited by a server that
# is started here, or it would be held for as long as the server runs: see without_lock.
take_lock() {
  local state=${V[state_directory]}
  [ -d "$state" ] || mkdir -p "$state" || refuse "cannot make the state folder $state"
  exec 9>>"$state/lock" || refuse "cannot open $state/lock"
  if ! flock -w "${V[lock_wait]:-2}" 9; then
    KIND=BUSY refuse "another operation holds this node: $(head -c 200 "$state/holder" 2>/dev/null)"
  fi
  printf '%s\n' "${V[operation]:-}" >"$state/holder" || { unwritten "$state/holder"; refuse "$WHY"; }
}

# unwritten FILE: WHY, with what the system says when it is tried once more: a full disk, or one that can't be
# written at all, is not known by the name of the file.
unwritten() {
  local said
  said=$({ printf '%4096s' '' >"$1.try"; } 2>&1)
  rm -f "$1.try"
  WHY="cannot write $1${said:+: ${said##*: }}"
}

# A whole text becomes a file: written beside it, synced, renamed; a file that says the same already is
# left alone. A foreign file that is a link keeps being one, and keeps its owner's rights on it.

# Each process that a script starts costs its host more than all that bash does itself: what follows starts
# none that it need not.

# says FILE MODE TEXT: whether the file holds just that, with those rights.
says() {
  local text=""
  [ -f "$1" ] || return 1
  { IFS= read -r -d '' -N $((${#3} + 1)) text <"$1"; } 2>/dev/null
  [ "$text" = "$3" ] && [ "$(stat -L -c %a "$1")" = "$2" ]
}

# put FILE MODE TEXT
put() {
  local file=$1 new
  says "$@" && return 0
  [ ! -L "$file" ] || file=$(readlink -f "$file")
  new=$file.replctl-new
  away "$new" && printf '%s' "$3" >"$new" && { [ "$2" = 600 ] || chmod "$2" "$new"; } && sync "$new" &&
    mv -T "$new" "$file" && sync "${file%/*}" && return 0
  unwritten "$file"
  return 1
}

# away FILE: it is not there, or not any more.
away() { { [ ! -e "$1" ] && [ ! -L "$1" ]; } || rm -f "$1"; }

# contents FILE: the whole text, in REPLY, its last line ends included.
contents() {
  REPLY=$(cat "$1" 2>/dev/null && printf x) || return 1
  REPLY=${REPLY%x}
}

# The start guard asks the peers before it lets a server start. A script that starts one has checked the
# operation's promise under the lock and holds it still: it says so to the guard, for no longer than
# it takes to be heard. See guard/start/main.sh.
permit_start() {
  local id folder=${V[state_directory]}/guard
  [ -d "$folder" ] && [ -n "${V[promise]:-}" ] && read -r id </proc/sys/kernel/random/boot_id || return 0
  uptime
  # It need not outlive a power cut: another boot is another word.
  { printf '%s\n' "${V[promise]} ${V[operation]} $id $((REPLY + 3000))" >"$folder/permit.new" && mv "$folder/permit.new" "$folder/permit"; } 2>/dev/null && return 0
  WHY="cannot write $folder/permit"
  return 1
}

permit_end() { rm -f "${V[state_directory]}/guard/permit"; }

# guard_words: why the start guard keeps the server closed, in REPLY; 1: it does not.
guard_words() {
  { read -r _ _ REPLY <"${V[state_directory]}/guard/waiting"; } 2>/dev/null && REPLY="; its start guard keeps it closed: $REPLY" && return 0
  REPLY=""
  return 1
}

# Runs a command that outlives the script, without the script's descriptors.
without_lock() { "$@" 3>&- 4<&- 9>&-; }

# The engine's lib.sh defines identity: what makes this node's data this cluster's, in REPLY; not 0 when it can't be
# told, with WHY where that is known.
check_identity() {
  [ -n "${V[identity]:-}" ] || return 0
  WHY=""
  identity || KIND=WRONG_IDENTITY refuse "cannot tell which cluster this node's data belongs to${WHY:+: $WHY}"
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

# Waits for the operator's word that a script may begin.
await_go() {
  local line
  IFS= read -r -t "$LIMIT" line <&4 && [[ $line =~ ^go\ ([0-9]{1,18})$ ]] || exit 1
  uptime
  [ "$REPLY" -le "${BASH_REMATCH[1]}" ] || refuse "it was to begin before now, and did not"
}

# A resident reads commands until the operator leaves or is silent for the lease. `beat` only says
# that the operator is there. A command is NAME, tab, SERIAL, tab, UPTIME until which it may begin, and
# for each value tab, KEY=TEXT with \\, \n, \r and \t for backslash, line end, carriage return, tab.
# Its answer is one line, like a script's.
reside() {
  local line word words key text serial=0 nonce=$NONCE
  uptime
  say "ready $REPLY"
  while IFS= read -r -t "${V[lease]}" line <&4; do
    IFS=$'\t' read -r -a words <<<"$line"
    word=${words[0]:-}
    case $word in
      # The reply to what a command asked of root and did not wait for may come between.
      beat)
        beat
        continue
        ;;
      "root "* | "") continue ;;
      leave) break ;;
    esac
    serial=${words[1]:-0}
    A=()
    for text in "${words[@]:3}"; do
      key=${text%%=*}
      printf -v "A[$key]" %b "${text#*=}"
    done
    NONCE=$nonce.$serial
    uptime
    if [ "$REPLY" -gt "${words[2]:-0}" ]; then
      say "answer not-done SAID_NO $word was to begin before now, and did not"
    elif declare -F "command_${word//-/_}" >/dev/null; then
      "command_${word//-/_}"
    else
      say "answer not-done SAID_NO no such command: $word"
    fi
    NONCE=$nonce
  done
  say "left $serial"
  exit 0
}

replctl_main() {
  case $MODE in
    probe) answer_probe ;;
    perform)
      await_go
      take_lock
      check_promise
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
      check_promise
      check_identity
      declare -F prepare >/dev/null && prepare
      reside
      ;;
  esac
  exit 0
}

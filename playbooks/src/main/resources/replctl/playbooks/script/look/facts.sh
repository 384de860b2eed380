# Of an engine's survey: texts, and facts that are sent many at a time.

# trim TEXT: without blanks at either end, in REPLY.
trim() {
  REPLY=${1#"${1%%[![:space:]]*}"}
  REPLY=${REPLY%"${REPLY##*[![:space:]]}"}
}

# known KEY TEXT: a fact, where there is something to say.
known() { [ -z "$2" ] || fact "$1" "$2"; }

# yes_or_no KEY CONDITION...
yes_or_no() {
  local key=$1
  shift
  if "$@"; then fact "$key" yes; else fact "$key" no; fi
}

# text_of FILE: its first 16 KiB, in REPLY. No process is made for it.
text_of() {
  REPLY=""
  [ -f "$1" ] && [ -r "$1" ] || return 1
  IFS= read -r -N 16384 REPLY <"$1"
  return 0
}

# Facts are gathered and sent some at a time: a host sends each write as a packet of its own.
SAID=""
fact() {
  local text=$2
  if [[ $text == *[\\$'\n\r']* ]]; then
    text=${text//\\/\\\\}
    text=${text//$'\n'/\\n}
    text=${text//$'\r'/\\r}
  fi
  SAID+="$NONCE fact $1 $text"$'\n'
}

send_facts() {
  printf '%s' "$SAID" >&3
  SAID=""
}

# present WORD WHY
present() {
  fact presence "$1"
  known presence_why "${2:-}"
}

# How long it takes until what is typed answers: replctl on each Java that is found, beside psql, ssh, repmgr and
# patronictl, all on the same hosts, one tool after the other. Sourced by lab/bench, for its launch.
# shellcheck shell=bash

# shellcheck source=local.sh
source lab/lib/local.sh

NODES=(pg1 pg2 pg3)
PSQL=(/usr/lib/postgresql/17/bin/psql -X -h /var/run/postgresql) # past Debian's wrapper, which costs more than it

# Run where the program runs, so that the way there is not timed: N CMD..., after one run that is not counted.
# Prints microseconds.
# shellcheck disable=SC2016
TIMER='n=$1 said=$(mktemp)
shift
for ((i = 0; i <= n; i++)); do
  from=${EPOCHREALTIME/[.,]/}
  "$@" > "$said" 2>&1 < /dev/null || { cat "$said" >&2; exit 1; }
  to=${EPOCHREALTIME/[.,]/}
  ((i == 0)) || echo $((to - from))
done
rm "$said"'
# The same until a program on a terminal has printed a text; then it is left by Ctrl-D: N TEXT CMD.
# shellcheck disable=SC2016
TERMINAL_TIMER='n=$1 text=$2 asks=$(printf "\033[c")
for ((i = 0; i <= n; i++)); do
  from=${EPOCHREALTIME/[.,]/} said=
  coproc TTY { exec script -qfec "stty cols 120 rows 40; exec $3" /dev/null; }
  in=${TTY[0]} out=${TTY[1]} pid=$TTY_PID
  until [[ $said == *$text* ]]; do
    IFS= read -r -d "" -n 1 -t 30 -u "$in" char || { echo "no $text in: $said" >&2; exit 1; }
    said+=$char
    # A terminal answers at once who asks what it is.
    [[ $said != *"$asks" ]] || printf "\e[?62c" >&"$out"
  done
  to=${EPOCHREALTIME/[.,]/}
  printf "\004" >&"$out"
  cat <&"$in" > /dev/null
  wait "$pid"
  ((i == 0)) || echo $((to - from))
done'

sample() { # FILE WAY CMD...: runs it where WAY, a function, leads
  local file=$1 way=$2 us
  shift 2
  "$way" bash -c "$TIMER" timer "$RUNS" "$@" > "$work/us"
  while read -r us; do found "$file" "$(seconds "$us")"; done < "$work/us"
}
sample_terminal() { # FILE WAY TEXT CMD
  local us
  "$2" bash -c "$TERMINAL_TIMER" timer "$RUNS" "$3" "$4" > "$work/us"
  while read -r us; do found "$1" "$(seconds "$us")"; done < "$work/us"
}
seconds() { awk -v us="$1" 'BEGIN { printf "%.3f", us / 1e6 }'; }

# Where programs run.
at_operator() {
  lab/host operator -- env -u COLUMNS TERM=xterm NO_COLOR=1 XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" \
    REPLCTL_INVENTORY="$inventory" REPLCTL_JAVA="$java" "$@"
}
at_pg1() { lab/host run pg1 -- runuser -u postgres -- env HOME=/var/lib/postgresql "$@"; }
at_monitor() { lab/host run monitor -- "$@"; }
here() { env XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" REPLCTL_INVENTORY="$work/local/replctl.yaml" REPLCTL_JAVA="$java" "$@"; }

until_is() { # WHAT TEXT COUNT CMD...: until it prints that so often
  local what=$1 text=$2 count=$3 tries
  shift 3
  for ((tries = 0; tries < 600; tries++)); do
    "$@" > "$work/out" 2>&1 || :
    [[ $(grep -o "$text" "$work/out" | wc -l) != "$count" ]] || return 0
    sleep 0.2
  done
  cat "$work/out" >&2
  echo "bench: $what did not come about" >&2
  return 1
}
setup() { # TOOL HOST ARGUMENT...
  lab/host run "$2" -- bash -s "${@:2}" < "lab/peers/$1.sh"
}

try_repmgr() {
  local node key
  key=$(setup repmgr monitor)
  for node in "${NODES[@]}"; do setup repmgr "$node" "$key" > "$work/out" 2>&1; done
  until_is "repmgr's cluster" '| *running' 3 at_pg1 repmgr -f /etc/repmgr.conf cluster show
  sample repmgr at_pg1 repmgr -f /etc/repmgr.conf cluster show
  sample psql-repmgr at_pg1 "${PSQL[@]}" -c 'select 1'
}
try_patroni() {
  local node
  for node in monitor "${NODES[@]}"; do setup patroni "$node"; done
  until_is "Patroni's cluster" 'Quorum Standby' 2 at_monitor patronictl -c /etc/patroni/ctl.yml list
  sample patronictl at_monitor patronictl -c /etc/patroni/ctl.yml list
  sample psql-patroni at_pg1 "${PSQL[@]}" -c 'select 1'
}

find_java() { # MAJOR
  local named=JAVA_HOME$1 home
  for home in "${!named-}" /usr/lib/jvm/*; do
    if [[ -x $home/bin/java && $("$home/bin/java" -version 2>&1) == *version\ \"$1[.\"]* ]]; then
      echo "$home/bin/java"
      return
    fi
  done
}
find_javas() { # a tree for each, with an archive that its own Java has made
  local major
  javas=()
  for major in 17 25; do
    java=$(find_java "$major")
    if [[ ! $java ]]; then
      echo "bench: no Java $major was found" >&2
      continue
    fi
    javas+=("$major=$java")
    mkdir -p "$work/java$major/lib"
    cp -rp "$tree/bin" "$work/java$major/"
    cp -p "$tree/lib/replctl.jar" "$work/java$major/lib/"
    REPLCTL_JAVA=$java "$work/java$major/bin/replctl" __archive
  done
  ((${#javas[@]}))
}

make_local() { # three servers of this machine's own PostgreSQL, below $work/local
  local owner=postgres bin i free
  bin=$(newest_postgresql)
  [[ -x $bin/initdb ]] || return 1
  read -r -a free < <(free_ports 3)
  chmod 711 "$work" # the servers run as their package's user
  mkdir -m 755 "$work/local"
  {
    printf 'version: 1\nclusters:\n  shop:\n    engine: postgresql\n    connection: local\n'
    printf '    replication: {mode: semi-sync}\n    fencing: {accept: [stopped]}\n    nodes:\n'
    for i in 0 1 2; do
      install -d -m 700 -o "$owner" -g "$owner" "$work/local/$i"
      printf '      pg%s: {host: 127.0.0.1, database: {port: %s, user: replctl, os_user: %s}, data_directory: %s,\n' \
        $((i + 1)) "${free[i]}" "$owner" "$work/local/$i/data"
      printf '            state_directory: %s, bin_directory: %s}\n' "$work/local/$i/state" "$bin"
    done
  } > "$work/local/replctl.yaml"
  chmod 600 "$work/local/replctl.yaml"
}

try_replctl() {
  local each major program
  inventory=$work/replctl.yaml
  sed 's|^    database:|    replication: {mode: semi-sync}\n&|' "/run/$REPLCTL_LAB_NAME/operator/inventory.yaml" > "$inventory"
  chmod 600 "$inventory"
  java=${javas[0]#*=} program=$work/java${javas[0]%%=*}/bin/replctl
  at_operator "$program" init --yes > "$work/out" 2>&1 || { cat "$work/out" >&2; return 1; }
  until_is 'a healthy cluster' healthy 1 at_operator "$program" status
  sample psql-replctl at_pg1 "${PSQL[@]}" -c 'select 1'
  sample psql-version at_pg1 "${PSQL[0]}" --version
  sample ssh at_operator ssh pg1 true
  sample version at_operator "$program" --version
  local_nodes=
  if make_local && here "$program" init --yes > "$work/out" 2>&1; then
    local_nodes=yes
    until_is 'a healthy local cluster' healthy 1 here "$program" status
  else
    cat "$work/out" >&2
    echo "bench: no local nodes: this machine has no PostgreSQL of its own, or init failed" >&2
  fi
  for each in "${javas[@]}"; do
    major=${each%%=*} java=${each#*=} program=$work/java$major/bin/replctl
    sample "validate-$major" at_operator "$program" inventory validate
    sample "tab-$major" at_operator "$program" __complete node -- rejoin
    sample "status-$major" at_operator "$program" status
    [[ ! $local_nodes ]] || sample "local-$major" here "$program" status
    sample_terminal "shell-$major" at_operator 'epoch ' "$program shell"
    sample_terminal "shell-known-$major" at_operator 'shop pg1 lag' "$program shell"
  done
}

launch() {
  local node each major
  find_javas
  lab/host up "${NODES[@]}" monitor --root peers
  try_repmgr
  for node in "${NODES[@]}"; do lab/host clean "$node" 2> "$work/out"; done
  try_patroni
  for node in "${NODES[@]}"; do lab/host clean "$node" 2> "$work/out"; done
  lab/host down monitor
  try_replctl

  figures() { row "$1" "$(median "$2")" "$(range "$2")" "${3-}"; }
  echo "$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d ' ' -f 1 /proc/loadavg) at the end, PostgreSQL 17, $(date +%F), medians of $RUNS, seconds"
  echo
  row what median 'least to most' aim
  row --- --- --- ---
  figures '`psql --version`' psql-version
  figures "\`psql -c 'select 1'\`, on the server's host; beside repmgr $(median psql-repmgr), beside Patroni $(median psql-patroni)" psql-replctl
  figures '`ssh pg1 true`: one login' ssh
  figures '`repmgr cluster show`, three nodes' repmgr
  figures '`patronictl list`, three nodes' patronictl
  figures '`replctl --version`' version 0.02
  for each in "${javas[@]}"; do
    major=${each%%=*}
    figures "\`inventory validate\`, Java $major" "validate-$major" 0.17
    figures "a Tab that offers nodes, Java $major" "tab-$major" 0.15
    figures "\`status\` of three nodes through SSH, Java $major" "status-$major" "0.65 of patronictl; is $(ratio "status-$major" patronictl)"
    [[ ! $local_nodes ]] || figures "the same with \`connection: local\`, Java $major" "local-$major"
    figures "\`shell\`, to its first prompt, Java $major" "shell-$major"
    figures "\`shell\`, until its prompt says who leads, Java $major" "shell-known-$major"
  done
}

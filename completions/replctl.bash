# Made by the build from the commands; not edited by hand.
# shellcheck shell=bash
_replctl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path='' i verbs options value='' operand name
  COMPREPLY=()
  # --output=json is three words to bash.
  if [[ $word == '=' ]]; then
    word=''
  elif [[ $before == '=' ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --accept-loss | --acks | --bundle | --by | --check | --cluster | --color | --confirm-fenced | --count | --critical | --database-port | --engine | --every | --for | --from | --identity | --interval | --inventory | --jump | --known-hosts | --leader | --leader-is-broken | --limit | --node | --only | --out | --output | --reason | --stop-writes | --textfile | --timeout | --to | --warning | --weaken | --without | -c | -i | -o)
        [[ ${COMP_WORDS[i+1]} != '=' ]] || ((i++))
        ((i++))
        continue
        ;;
    esac
    case "$path ${COMP_WORDS[i]}" in
      ' status') path=' status' ;;
      ' topology') path=' topology' ;;
      ' lag') path=' lag' ;;
      ' candidates') path=' candidates' ;;
      ' rehearse') path=' rehearse' ;;
      ' check') path=' check' ;;
      ' metrics') path=' metrics' ;;
      ' why') path=' why' ;;
      ' doctor') path=' doctor' ;;
      ' init') path=' init' ;;
      ' switchover') path=' switchover' ;;
      ' switchback') path=' switchback' ;;
      ' failover') path=' failover' ;;
      ' open') path=' open' ;;
      ' fence') path=' fence' ;;
      ' fence verify') path=' fence verify' ;;
      ' fence drill') path=' fence drill' ;;
      ' unfence') path=' unfence' ;;
      ' sync') path=' sync' ;;
      ' maintenance') path=' maintenance' ;;
      ' maintenance on') path=' maintenance on' ;;
      ' maintenance off') path=' maintenance off' ;;
      ' rejoin') path=' rejoin' ;;
      ' restart') path=' restart' ;;
      ' rotate') path=' rotate' ;;
      ' rotate password') path=' rotate password' ;;
      ' rotate certificate') path=' rotate certificate' ;;
      ' parameter') path=' parameter' ;;
      ' stop') path=' stop' ;;
      ' start') path=' start' ;;
      ' add') path=' add' ;;
      ' remove') path=' remove' ;;
      ' plan') path=' plan' ;;
      ' plan init') path=' plan init' ;;
      ' plan switchover') path=' plan switchover' ;;
      ' plan switchback') path=' plan switchback' ;;
      ' plan failover') path=' plan failover' ;;
      ' plan rejoin') path=' plan rejoin' ;;
      ' plan add') path=' plan add' ;;
      ' plan remove') path=' plan remove' ;;
      ' plan sync') path=' plan sync' ;;
      ' plan open') path=' plan open' ;;
      ' plan restart') path=' plan restart' ;;
      ' plan parameter') path=' plan parameter' ;;
      ' plan stop') path=' plan stop' ;;
      ' plan start') path=' plan start' ;;
      ' apply') path=' apply' ;;
      ' op') path=' op' ;;
      ' op list') path=' op list' ;;
      ' op show') path=' op show' ;;
      ' op resume') path=' op resume' ;;
      ' op abort') path=' op abort' ;;
      ' history') path=' history' ;;
      ' inventory') path=' inventory' ;;
      ' inventory validate') path=' inventory validate' ;;
      ' inventory show') path=' inventory show' ;;
      ' inventory schema') path=' inventory schema' ;;
      ' inventory import') path=' inventory import' ;;
      ' completion') path=' completion' ;;
      ' shell') path=' shell' ;;
      ' version') path=' version' ;;
      ' help') path=' help' ;;
    esac
  done
  case $path in
    '')
      verbs='add apply candidates check completion doctor failover fence help history init inventory lag maintenance metrics op open parameter plan rehearse rejoin remove restart rotate shell start status stop switchback switchover sync topology unfence version why'
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help --version'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' status')
      verbs=''
      options='--watch --every --count --notify-changes --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --every | --count | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' topology')
      verbs=''
      options='--watch --every --count --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --every | --count | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' lag')
      verbs=''
      options='--watch --every --count --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --every | --count | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' candidates')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' rehearse')
      verbs=''
      options='--to --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --to) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' check')
      verbs=''
      options='--only --warning --critical --interval --notify-changes --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --warning | --critical | --interval | --timeout) value='none' ;;
        --check | --only) value='role lag apply sync epoch fence drift disk ready' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' metrics')
      verbs=''
      options='--textfile --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --textfile | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' why')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' doctor')
      verbs=''
      options='--privileges --bundle --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --bundle | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' init')
      verbs=''
      options='--dry-run --out --in-maintenance --without --restart --renew-certificates --replace-certificates --without-guard --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --without) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' switchover')
      verbs=''
      options='--dry-run --out --in-maintenance --to --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --to) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' switchback')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' failover')
      verbs=''
      options='--dry-run --out --in-maintenance --to --leader-is-broken --confirm-fenced --accept-loss --acks --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --to | --confirm-fenced) value='node' ;;
        --leader-is-broken | --accept-loss | --acks | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' open')
      verbs=''
      options='--dry-run --out --in-maintenance --re-record --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' fence')
      verbs='drill verify'
      options='--dry-run --out --in-maintenance --power --stop-writes --confirm-fenced --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --stop-writes | --confirm-fenced) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' fence verify')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' fence drill')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' unfence')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' sync')
      verbs=''
      options='--dry-run --out --in-maintenance --apply --acks --let-writes-wait --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --acks | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' maintenance')
      verbs='off on'
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' maintenance on')
      verbs=''
      options='--dry-run --out --in-maintenance --for --reason --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --for | --reason | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' maintenance off')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' rejoin')
      verbs=''
      options='--dry-run --out --in-maintenance --to --by --replace --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --by) value='follow rewind inject clone' ;;
        --to) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' restart')
      verbs=''
      options='--dry-run --out --in-maintenance --rolling --without --leader --to --back --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --without | --to) value='node' ;;
        --timeout) value='none' ;;
        --leader) value='switchover in-place leave' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' rotate')
      verbs='certificate password'
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' rotate password')
      verbs=''
      options='--dry-run --out --in-maintenance --without --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --without) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' rotate certificate')
      verbs=''
      options='--authority --dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' parameter')
      verbs=''
      options='--reset --node --without --weaken --restart --leader --to --dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='none'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --node | --without | --to) value='node' ;;
        --weaken | --timeout) value='none' ;;
        --leader) value='switchover in-place leave' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' stop')
      verbs=''
      options='--dry-run --out --in-maintenance --let-writes-wait --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' start')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' add')
      verbs=''
      options='--dry-run --out --in-maintenance --by --replace --without-guard --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --by) value='follow rewind inject clone' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' remove')
      verbs=''
      options='--dry-run --out --in-maintenance --confirm-fenced --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --confirm-fenced) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan')
      verbs='add failover init open parameter rejoin remove restart start stop switchback switchover sync'
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan init')
      verbs=''
      options='--dry-run --out --in-maintenance --without --restart --renew-certificates --replace-certificates --without-guard --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --without) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan switchover')
      verbs=''
      options='--dry-run --out --in-maintenance --to --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --to) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan switchback')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan failover')
      verbs=''
      options='--dry-run --out --in-maintenance --to --leader-is-broken --confirm-fenced --accept-loss --acks --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --to | --confirm-fenced) value='node' ;;
        --leader-is-broken | --accept-loss | --acks | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan rejoin')
      verbs=''
      options='--dry-run --out --in-maintenance --to --by --replace --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --by) value='follow rewind inject clone' ;;
        --to) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan add')
      verbs=''
      options='--dry-run --out --in-maintenance --by --replace --without-guard --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --by) value='follow rewind inject clone' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan remove')
      verbs=''
      options='--dry-run --out --in-maintenance --confirm-fenced --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --confirm-fenced) value='node' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan sync')
      verbs=''
      options='--dry-run --out --in-maintenance --apply --acks --let-writes-wait --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --acks | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan open')
      verbs=''
      options='--dry-run --out --in-maintenance --re-record --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan restart')
      verbs=''
      options='--dry-run --out --in-maintenance --rolling --without --leader --to --back --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --without | --to) value='node' ;;
        --timeout) value='none' ;;
        --leader) value='switchover in-place leave' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan parameter')
      verbs=''
      options='--reset --node --without --weaken --restart --leader --to --dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='none'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --node | --without | --to) value='node' ;;
        --weaken | --timeout) value='none' ;;
        --leader) value='switchover in-place leave' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan stop')
      verbs=''
      options='--dry-run --out --in-maintenance --let-writes-wait --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' plan start')
      verbs=''
      options='--dry-run --out --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='node'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --out | -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' apply')
      verbs=''
      options='--dry-run --in-maintenance --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='file'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' op')
      verbs='abort list resume show'
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' op list')
      verbs=''
      options='--limit --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --limit | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' op show')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='operation'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' op resume')
      verbs=''
      options='--take-over --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='operation'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' op abort')
      verbs=''
      options='--take-over --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='operation'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' history')
      verbs=''
      options='--limit --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --limit | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' inventory')
      verbs='import schema show validate'
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' inventory validate')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='file'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' inventory show')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' inventory schema')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' inventory import')
      verbs=''
      options='--from --engine --database-port --jump --identity --known-hosts --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='file'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        --identity | --known-hosts | -i | --inventory) value='file' ;;
        --from | --engine | --database-port | --jump | --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' completion')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='bash zsh fish'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' shell')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' version')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand=''
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
    ' help')
      verbs=''
      options='--inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='add apply candidates check completion doctor failover fence help history init inventory lag maintenance metrics op open parameter plan rehearse rejoin remove restart rotate shell start status stop switchback switchover sync topology unfence version why'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
        --timeout) value='none' ;;
        -o | --output) value='table wide json yaml name' ;;
      esac
      ;;
  esac
  if [[ -z $value ]]; then
    if [[ $word == -* ]]; then
      value=$options
    else
      value=$operand
      [[ -z $verbs ]] || mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$word")
    fi
  fi
  case $value in
    '' | none) ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
      ;;
    cluster | node | operation)
      while IFS=$'\t' read -r name _; do
        [[ $name != "$word"* ]] || COMPREPLY+=("$name")
      done < <(replctl __complete "$value" -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
      ;;
    *) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$value" -- "$word") ;;
  esac
}
complete -F _replctl replctl

# Made by the build from the commands; not edited by hand.
# shellcheck shell=bash disable=SC2207
_replctl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path='' i verbs options value='' operand
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path ${COMP_WORDS[i]}" in
      ' status') path=' status' ;;
      ' topology') path=' topology' ;;
      ' lag') path=' lag' ;;
      ' candidates') path=' candidates' ;;
      ' doctor') path=' doctor' ;;
      ' init') path=' init' ;;
      ' switchover') path=' switchover' ;;
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
      ' add') path=' add' ;;
      ' remove') path=' remove' ;;
      ' plan') path=' plan' ;;
      ' plan init') path=' plan init' ;;
      ' plan switchover') path=' plan switchover' ;;
      ' plan failover') path=' plan failover' ;;
      ' plan rejoin') path=' plan rejoin' ;;
      ' plan add') path=' plan add' ;;
      ' plan remove') path=' plan remove' ;;
      ' plan sync') path=' plan sync' ;;
      ' plan open') path=' plan open' ;;
      ' apply') path=' apply' ;;
      ' op') path=' op' ;;
      ' op list') path=' op list' ;;
      ' op show') path=' op show' ;;
      ' op resume') path=' op resume' ;;
      ' op abort') path=' op abort' ;;
      ' inventory') path=' inventory' ;;
      ' inventory validate') path=' inventory validate' ;;
      ' inventory show') path=' inventory show' ;;
      ' version') path=' version' ;;
      ' help') path=' help' ;;
    esac
  done
  case $path in
    '')
      verbs='add apply candidates doctor failover fence help init inventory lag maintenance op open plan rejoin remove status switchover sync topology unfence version'
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
    ' doctor')
      verbs=''
      options='--privileges --inventory --cluster --output --color --yes --quiet --timeout --debug --help'
      operand='cluster'
      case $before in
        --color) value='auto always never' ;;
        -c | --cluster) value='cluster' ;;
        -i | --inventory) value='file' ;;
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
      verbs='add failover init open rejoin remove switchover sync'
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
    ' inventory')
      verbs='show validate'
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
      operand='none'
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
      COMPREPLY=($(compgen -W "$options" -- "$word"))
      return
    fi
    if [[ -n $verbs ]]; then
      COMPREPLY=($(compgen -W "$verbs" -- "$word"))
      return
    fi
    value=$operand
  fi
  case $value in
    '' | none) ;;
    file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$word")) ;;
    cluster | node | operation)
      COMPREPLY=($(compgen -W "$(replctl __complete "$value" -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null | cut -f1)" -- "$word"))
      ;;
    *) COMPREPLY=($(compgen -W "$value" -- "$word")) ;;
  esac
}
complete -F _replctl replctl

# Ends in the way that the value `way` names.
is_done() { [ "$MODE" = perform ] && WHY="not yet" && return 1; way; }
perform() { way; }
way() {
  echo "a word on standard output"
  echo "a complaint" >&2
  case ${V[way]} in
    silent) exit 7 ;;
    signal) kill -KILL $$ ;;
    refuse) KIND=BUSY refuse "somebody else"$'\n'"is here" ;;
    fail) fact half yes; fail "half done" ;;
    odd) say "answer perhaps" ; exit 0 ;;
    sleep)
      [ -z "${V[children]:-}" ] || { sleep 3600 & sleep 3601 & }
      fact started yes
      sleep "${V[seconds]:-3602}"
      ;;
    orphan) sleep "${V[seconds]}" & kill -KILL $$ ;;
    flood) head -c 1G /dev/zero >&3; exit 0 ;;
    complain) head -c 1G /dev/zero | tr '\0' 'x' >&2; exit 0 ;;
    line) printf '%s fact big ' "$NONCE" >&3; head -c 1G /dev/zero | tr '\0' 'x' >&3; exit 0 ;;
    many) while :; do fact "f$((RANDOM))" "$(printf '%100000s' x)"; done ;;
    daemon) setsid sleep 5 & fact started yes; return 0 ;;
  esac
  return 0
}

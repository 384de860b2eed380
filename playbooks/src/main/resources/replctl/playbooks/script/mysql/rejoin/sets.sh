# Arithmetic with sets of GTIDs where no server runs that could do it. Numbers have 63 bits, as bash's own.

# runs_of SET NAME: the runs of each source, divided by blanks, in the associative array NAME: `1-5 7-7`. A source is a
# UUID, or UUID:tag (8.3 and later). 1: that is no such set.
runs_of() {
  local -n runs=$2
  local part word source
  local -a parts words
  runs=()
  IFS=, read -r -a parts <<<"${1//[$' \n']/}"
  for part in "${parts[@]}"; do
    [ -n "$part" ] || continue
    IFS=: read -r -a words <<<"${part,,}"
    [[ ${words[0]:-} =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] || return 1
    source=${words[0]}
    for word in "${words[@]:1}"; do
      if [[ $word =~ ^([1-9][0-9]{0,18})(-([1-9][0-9]{0,18}))?$ ]]; then
        runs[$source]+=" ${BASH_REMATCH[1]}-${BASH_REMATCH[3]:-${BASH_REMATCH[1]}}"
      elif [[ $word =~ ^[a-z_][a-z0-9_]{0,31}$ ]]; then
        source=${words[0]}:$word
      else
        return 1
      fi
    done
  done
}

# set_without A B: what is in A and not in B, as a set, in REPLY. 1: one of them is no set.
set_without() {
  local -A of_a of_b
  local source run gone first last text="" numbers
  local -a left next
  runs_of "$1" of_a && runs_of "$2" of_b || return 1
  for source in "${!of_a[@]}"; do
    read -r -a left <<<"${of_a[$source]}"
    for gone in ${of_b[$source]:-}; do
      next=()
      for run in "${left[@]}"; do
        first=${run%-*} last=${run#*-}
        if [ "${gone#*-}" -lt "$first" ] || [ "${gone%-*}" -gt "$last" ]; then
          next+=("$run")
          continue
        fi
        [ "$first" -ge "${gone%-*}" ] || next+=("$first-$((${gone%-*} - 1))")
        [ "$last" -le "${gone#*-}" ] || next+=("$((${gone#*-} + 1))-$last")
      done
      left=("${next[@]}")
    done
    numbers=""
    for run in "${left[@]}"; do
      [ "${run%-*}" != "${run#*-}" ] || run=${run%-*}
      numbers+=:$run
    done
    [ -z "$numbers" ] || text+=${text:+,}$source$numbers
  done
  REPLY=$text
}

# set_members SET MOST: each GTID of it on a line, in REPLY; 1: they are more than that, or it is no set.
set_members() {
  local -A of
  local source run at
  REPLY=""
  runs_of "$1" of || return 1
  for source in "${!of[@]}"; do
    for run in ${of[$source]}; do
      [ $((${run#*-} - ${run%-*})) -lt "$2" ] || return 1
      for ((at = ${run%-*}; at <= ${run#*-}; at++)); do REPLY+=$source:$at$'\n'; done
    done
  done
  [ "$(grep -c . <<<"$REPLY")" -le "$2" ]
}

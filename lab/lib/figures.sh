# Figures: each has a file of values, one a line, in seconds, in the folder $work. Sourced by lab/bench.
# shellcheck shell=bash

now() { echo "${EPOCHREALTIME/[.,]/}"; } # microseconds
found() { # FILE SECONDS: a row's next value, shown at once: the table comes when all have been had
  echo "$2" >> "$work/$1"
  echo "$1 $2" >&2
}
timed() { # FILE CMD...: appends its seconds
  local file=$1 from
  shift
  from=$(now)
  "$@" > "$work/out" 2>&1 || { cat "$work/out" >&2; return 1; }
  found "$file" "$(awk -v us=$(($(now) - from)) 'BEGIN { printf "%.3f", us / 1e6 }')"
}
median() { sort -n "$work/$1" | awk '{ v[NR] = $1 } END { printf "%.3f", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
range() { sort -n "$work/$1" | sed -n '1p;$p' | paste -sd' ' | sed 's/ / to /'; }
row() { printf '| %s | %s | %s | %s |\n' "$@"; }
ratio() { awk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { printf "%.2f", a / b }'; }

# PostgreSQL servers on this machine, below a folder of ours. Sourced by lab/test, lab/demo, lab/bench.
# shellcheck shell=bash

# Ends every server whose data folder is below FOLDER, and nobody else's: a postmaster's working
# folder is its data folder, so a recycled pid can't mislead.
end_servers() { # FOLDER
  local folder pid cwd ended=()
  folder=$(readlink -m "$1")
  [[ -d $folder ]] || return 0
  while read -r file; do
    read -r pid < "$file" || continue
    cwd=$(readlink "/proc/$pid/cwd" 2> /dev/null) || continue
    [[ $cwd == "$folder"/* && $cwd == "$(readlink -f "$(dirname "$file")")" ]] || continue
    kill -CONT "$pid" 2> /dev/null
    kill -QUIT "$pid" 2> /dev/null && ended+=("$pid")
  done < <(find "$folder" -name postmaster.pid 2> /dev/null)
  for pid in "${ended[@]}"; do
    timeout 10 tail --pid="$pid" -f /dev/null || kill -KILL "$pid" 2> /dev/null
  done
  return 0
}

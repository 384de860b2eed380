# Servers on this machine, below a folder of ours. Sourced by lab/test, lab/demo, lab/bench.
# shellcheck shell=bash

# Ends every server whose data folder is below FOLDER, and nobody else's: a server's working
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
  for cwd in /proc/[0-9]*/cwd; do
    [[ $(readlink "$cwd") == "$folder"/* && $(< "${cwd%/cwd}/comm") == mysqld ]] 2> /dev/null || continue
    pid=${cwd//[!0-9]/}
    kill -KILL "$pid" 2> /dev/null && ended+=("$pid")
  done
  for pid in "${ended[@]}"; do
    timeout 10 tail --pid="$pid" -f /dev/null || kill -KILL "$pid" 2> /dev/null
  done
  return 0
}

free_ports() { # N: on one line, between 20000 and where clients' own ports begin
  local port found=() used first
  used=$(ss -Htan 2> /dev/null | awk '{ sub(/.*:/, "", $4); print $4 }')
  first=$((20000 + RANDOM % 10000))
  for ((port = first; ${#found[@]} < $1; port++)); do
    grep -qx "$port" <<< "$used" || (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || found+=("$port")
  done
  echo "${found[@]}"
}
newest_postgresql() { # its folder of programs
  printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1
}
random_word() { head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

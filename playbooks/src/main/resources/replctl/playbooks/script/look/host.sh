# Of an engine's survey: the host itself, and its disks.

host_facts() {
  local key value
  known hostname "${HOSTNAME:-}"
  { read -r value </etc/machine-id && known machine_id "$value"; } 2>/dev/null
  { read -r value </proc/sys/kernel/osrelease && known kernel "$value"; } 2>/dev/null
  { read -r value </proc/sys/kernel/random/boot_id && known boot_id "$value"; } 2>/dev/null
  while read -r key value; do
    [ "$key" = btime ] && { fact boot_ms "${value}000"; break; }
  done </proc/stat
  if [ -r /etc/os-release ]; then
    while IFS='=' read -r key value; do
      value=${value#[\"\']}
      case $key in
        PRETTY_NAME) known os "${value%[\"\']}" ;;
        ID) known os_id "${value%[\"\']}" ;;
      esac
    done </etc/os-release
  fi
  value=${EPOCHREALTIME:-}
  value=${value//[!0-9]/}
  [ -n "$value" ] || value=$(date +%s%6N)
  fact clock_ms "${value%???}"
  yes_or_no systemd [ -d /run/systemd/system ]
  trim "$(exec hostname -I 2>/dev/null)"
  known addresses "$REPLY"
  fact script_user "$ME"
}

# disk_facts USE PATH...: the file system of each, as disk.N.*; data_mount says of the first, the data folder, whether
# it is itself a mount point.
disk_facts() {
  local paths=() uses=() n line lines
  while [ $# -gt 1 ]; do
    uses+=("$1") paths+=("$2")
    shift 2
  done
  # Where one path fails, df leaves its line out, and it is not known which line is whose.
  file_systems "${paths[@]}"
  [ "${#lines[@]}" = "${#paths[@]}" ] || file_systems "${paths[0]}"
  for ((n = 1; n <= ${#lines[@]}; n++)); do
    line=${lines[n - 1]}
    fact "disk.$n.use" "${uses[n - 1]}"
    fact "disk.$n.path" "${paths[n - 1]%/}"
    fact "disk.$n.total" "$((${line%% *} * 1024))"
    line=${line#* }
    fact "disk.$n.used" "$((${line%% *} * 1024))"
    line=${line#* }
    fact "disk.$n.free" "$((${line%% *} * 1024))"
    fact "disk.$n.mount" "${line#* }"
  done
  fact disk.count "${#lines[@]}"
  [ "${#lines[@]}" = 0 ] || yes_or_no data_mount [ "${lines[0]#* * * }" = "$DATA" ]
}

# Where the data would lie: what is free there.
disk_of_nothing() {
  local above=$DATA
  while [ -n "$above" ] && [ ! -d "$above" ]; do above=${above%/*}; done
  disk_facts data "${above:-/}"
}

# file_systems PATH...: total, used and free KiB and mount point of each, in the array lines; what df
# has not said within 2 s is not waited for.
file_systems() {
  local line
  lines=()
  while IFS= read -r -t 2 line; do
    [[ $line =~ \ ([0-9]+)\ +([0-9]+)\ +([0-9]+)\ +[0-9-]+%?\ +(/.*)$ ]] &&
      lines+=("${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]} ${BASH_REMATCH[4]}")
  done < <(exec df -Pk -- "$@" 2>/dev/null 3>&- 4<&- 5<&-)
}

# Of survey.sh: the host itself, the packages on it, its disks.

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

# Server binaries, by major version. INSTALLED maps a version to its folder.
package_facts() {
  local folder major n=0 newest=0
  declare -gA INSTALLED=()
  for folder in "$BIN" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /usr/bin; do
    [ -n "$folder" ] && [ -x "$folder/postgres" ] && [ -x "$folder/psql" ] || continue
    case $folder in
      /usr/lib/postgresql/*) major=${folder#/usr/lib/postgresql/} major=${major%/bin} ;;
      /usr/pgsql-*) major=${folder#/usr/pgsql-} major=${major%/bin} ;;
      *) [[ "$("$folder/postgres" -V 2>/dev/null)" =~ \ ([0-9]+) ]] && major=${BASH_REMATCH[1]} ;;
    esac
    [[ $major =~ ^[0-9]+$ ]] && [ -z "${INSTALLED[$major]:-}" ] || continue
    INSTALLED[$major]=$folder
    n=$((n + 1))
    fact "installed.$n.major" "$major"
    fact "installed.$n.bin_directory" "$folder"
    [ "$major" -gt "$newest" ] && newest=$major
  done
  fact installed.count "$n"
  [ "$newest" -eq 0 ] && return
  fact newest_major "$newest"
  fact newest_bin_directory "${INSTALLED[$newest]}"
}

disk_facts() {
  local paths=("${1:-$DATA}") uses=(data) link n line lines
  if [ -e "$DATA/pg_wal" ]; then paths+=("$DATA/pg_wal/") uses+=(wal); fi
  for link in "$DATA"/pg_tblspc/*; do
    [ -L "$link" ] || continue
    paths+=("$link/") uses+=("tablespace ${link##*/}")
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
  disk_facts "${above:-/}"
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

# certificate_facts FILE, relative to the data folder: when it ends, read from its bytes. openssl
# would take longer to start than all the rest takes, and so would base64 and od.
certificate_facts() {
  local file=$1 text bytes="" i code pair='( 17 0d| 18 0f)(( 3[0-9])+) 5a' digits year month days
  [ "${file#/}" != "$file" ] || file=$DATA/$file
  text_of "$file" || return 0
  fact certificate.file "$file"
  text=${REPLY#*-----BEGIN CERTIFICATE-----}
  text=${text%%-----END*}
  text=${text//[!A-Za-z0-9+\/]/}
  base64_digits
  for ((i = 0; i < ${#text}; i += 4)); do
    code=$((${DIGIT[${text:i:1}]} << 18 | ${DIGIT[${text:i + 1:1}]:-0} << 12 | ${DIGIT[${text:i + 2:1}]:-0} << 6 | ${DIGIT[${text:i + 3:1}]:-0}))
    printf -v code ' %02x %02x %02x' $((code >> 16)) $((code >> 8 & 255)) $((code & 255))
    bytes+=$code
    # Both times stand before the key and the signature, which are most of it.
    ((i % 256)) || [[ ! $bytes =~ $pair$pair ]] || break
  done
  [[ $bytes =~ $pair$pair ]] || return 0
  digits=${BASH_REMATCH[5]// 3/}
  # Two digits of the year: RFC 5280, 4.1.2.5.1.
  if [ "${#digits}" = 12 ]; then
    if [ "${digits:0:2}" -lt 50 ]; then digits=20$digits; else digits=19$digits; fi
  fi
  [ "${#digits}" = 14 ] || return 0
  year=$((10#${digits:0:4})) month=$((10#${digits:4:2}))
  [ "$month" -gt 2 ] || { month=$((month + 12)) year=$((year - 1)); }
  days=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + 10#${digits:6:2} - 719469))
  fact certificate.end_ms "$((days * 86400 + 10#${digits:8:2} * 3600 + 10#${digits:10:2} * 60 + 10#${digits:12:2}))000"
}

# base64_digits: what each stands for, in DIGIT. "=", which fills the end, is none.
base64_digits() {
  local digit n=0
  declare -gA DIGIT=()
  for digit in {A..Z} {a..z} {0..9} + /; do DIGIT[$digit]=$((n++)); done
}

# Of survey.sh: the packages on the host, and where a server's data lies on its disks.

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

data_disks() {
  local places=(data "$DATA") link
  if [ -e "$DATA/pg_wal" ]; then places+=(wal "$DATA/pg_wal/"); fi
  for link in "$DATA"/pg_tblspc/*; do
    [ -L "$link" ] || continue
    places+=("tablespace ${link##*/}" "$link/")
  done
  disk_facts "${places[@]}"
}

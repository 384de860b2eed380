# Of an engine's checkup: what a host does by itself, and what of replctl's own there comes to an end. Needs
# look/facts and look/certificate; SERVICE.
#
#   checkup                  yes: it was asked
#   unasked.WHAT             why that could not be found out: then it is not known, and not well
#   unit.restart             when systemd starts the server again by itself (Restart=)
#   clock.synchronised       yes or no, by the host's own word
#   keepers                  programs seen on the host that keep files as somebody else has them, divided by blanks
#   upgrades                 the program that upgrades its packages by itself, and its server with them
#   authority.file .end_ms   the authority that this node trusts: when its certificate ends
#   client.file .end_ms      likewise what it shows to the server that it receives from

host_checkup() {
  fact checkup yes
  unit_habits
  clock_is_set
  keepers
  upgrades
}

unit_habits() {
  [ -n "$SERVICE" ] || return 0
  REPLY=$(systemctl show -p Restart --value "$SERVICE" 2>/dev/null)
  if [ -n "$REPLY" ]; then fact unit.restart "$REPLY"; else fact unasked.restart "systemctl does not tell of $SERVICE"; fi
}

# chrony's own word counts where it runs: the service manager only knows its own client's, and the kernel's.
clock_is_set() {
  local said=""
  if command -v chronyc >/dev/null && said=$(timeout 1 chronyc -n tracking 2>/dev/null); then
    if [[ $said == *"Leap status"*": Not synchronised"* ]]; then said=no; else said=yes; fi
  elif command -v timedatectl >/dev/null; then
    said=$(timeout 1 timedatectl show -p NTPSynchronized --value 2>/dev/null)
  fi
  case $said in
    yes | no) fact clock.synchronised "$said" ;;
    *) fact unasked.clock "neither chronyc nor timedatectl tells whether its clock is synchronised" ;;
  esac
}

# By the names of processes (the kernel keeps 15 characters) and of what starts them: a hint, and no proof.
keepers() {
  local file name seen=" "
  for file in /proc/[0-9]*/comm; do
    { read -r name <"$file"; } 2>/dev/null || continue
    case $name in
      puppet*) name=puppet ;;
      chef-client* | cinc-client*) name=${name%%-*} ;;
      salt-minion*) name=salt ;;
      cf-execd* | cf-agent*) name=cfengine ;;
      ansible-pull*) name=ansible-pull ;;
      *) continue ;;
    esac
    [[ $seen == *" $name "* ]] || seen+="$name "
  done
  for file in /etc/systemd/system/*.wants/*.{timer,service} /etc/cron.d/*; do
    name=${file##*/}
    case $name in
      puppet*) name=puppet ;;
      chef-* | cinc-*) name=${name%%-*} ;;
      salt-minion*) name=salt ;;
      ansible-pull*) name=ansible-pull ;;
      *) continue ;;
    esac
    [[ $seen == *" $name "* ]] || seen+="$name "
  done
  trim "$seen"
  known keepers "$REPLY"
}

upgrades() {
  local folder=/etc/systemd/system/timers.target.wants line
  if [ -x /usr/bin/unattended-upgrade ] && [ -e "$folder/apt-daily-upgrade.timer" ]; then
    while IFS= read -r line; do
      [[ $line =~ ^[[:space:]]*APT::Periodic::Unattended-Upgrade[[:space:]]+\"?[1-9] ]] && { fact upgrades unattended-upgrade; return; }
    done < <(cat /etc/apt/apt.conf.d/* 2>/dev/null)
  elif [ -e "$folder/dnf-automatic-install.timer" ] || [ -e "$folder/dnf-automatic.timer" ]; then
    fact upgrades dnf-automatic
  fi
}

# ends PREFIX FILE, relative to the data folder or not: when that certificate ends.
ends() {
  local file=$2
  [ -n "$file" ] || return 0
  case $file in /*) ;; *) file=$DATA/$file ;; esac
  if [ -r "$file" ]; then certificate_facts "$file" "$1"; else fact "unasked.$1" "$file can't be read"; fi
}

# may WHAT ACTION: what sudo lacks for it, as WHAT.lacks.
may() {
  as_root "$2"
  case $ROOT_CODE in
    0) ;;
    1) fact "$1.lacks" "$ROOT_WORDS" ;;
    *) fact "unasked.$1" "what sudo grants: $ROOT_WORDS" ;;
  esac
}

# Of an engine's survey: the start guard. SERVICE: as found.
#
#   guard.placed   yes: root's two files are there (only where there is a unit)
#   guard.rule     while the guard keeps the server closed: one word for why
#   guard.waits    and in words

guard_survey() {
  local pid rule words folder=${V[state_directory]:-}
  if [ -n "$SERVICE" ]; then
    yes_or_no guard.placed guard_placed
  fi
  { read -r pid rule words <"$folder/guard/waiting" && [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == *"guard start $folder"* ]]; } 2>/dev/null || return 0
  fact guard.rule "$rule"
  fact guard.waits "$words"
}

guard_placed() {
  [ -f /usr/local/lib/replctl/guard ] && [ ! -w /usr/local/lib/replctl/guard ] &&
    grep -qs '^ExecStartP[a-z]*=' "/etc/systemd/system/$SERVICE.service.d/replctl-guard.conf"
}

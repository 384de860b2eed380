# A resident: says its values back, is slow, leaves marks.
prepare() { [ -z "${V[prepare_refuses]:-}" ] || KIND=BUSY refuse "busy"; }
command_say() {
  fact pid $$
  local key
  for key in "${!A[@]}"; do fact "$key" "${A[$key]}"; done
  say "answer done"
}
command_slow() { sleep "${A[seconds]}"; fact slow yes; say "answer done"; }
command_no() { say "answer not-done SAID_NO not now"; }
command_mark() { : >"${A[mark]}"; say "answer done"; }
command_root() { as_root is-active; fact code $?; say "answer done"; }
command_die() { kill -KILL $$; }
command_quit() { fail "gave up"; }

# Asks for the verb `action` and says what came back.
is_done() {
  as_root "${V[action]}"
  fact code $?
  fact words "$ROOT_WORDS"
  return 0
}
perform() { :; }

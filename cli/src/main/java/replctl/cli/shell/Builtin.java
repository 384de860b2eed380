package replctl.cli.shell;

import java.util.List;

/**
 * A word that only the shell knows.
 *
 * @param summary one line, no full stop
 */
record Builtin(String word, String summary) {
  static final Builtin USE = new Builtin("use", "the cluster that verbs are about from now on");
  static final Builtin SET = new Builtin("set", "options for every verb from now on");
  static final Builtin EXIT = new Builtin("exit", "leave the shell; so does Ctrl-D");

  static final List<Builtin> ALL = List.of(USE, SET, EXIT);
}

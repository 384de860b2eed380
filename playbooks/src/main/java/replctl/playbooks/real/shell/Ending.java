package replctl.playbooks.real.shell;

/** How a command ended. Only an exit status says that all it printed was read. */
public sealed interface Ending {
  /** It ended by itself. */
  record Exited(int status) implements Ending {}

  /** A signal ended it. */
  record Killed(String signal) implements Ending {}

  /** The connection ended; the command may go on. */
  record Cut(String why) implements Ending {}

  /** It had not ended at the deadline. */
  record Runs() implements Ending {}
}

package replctl.playbooks.real.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts programs as leaders of sessions of their own: a Ctrl-C in the operator's terminal is for
 * replctl alone.
 *
 * <p>Between the fork and setsid(2) a process still belongs to the terminal, some milliseconds on a
 * quiet machine. A Ctrl-C in that time ends it before the program has begun; it is then started
 * again. An empty line says that the session is its own: it is taken off the output here.
 */
public final class OwnSession {
  static final List<String> FIRST =
      List.of("/usr/bin/setsid", "/bin/sh", "-c", "echo && exec \"$@\"", "sh");

  /** 128 and SIGINT: what Java gives for a process that a Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private OwnSession() {}

  /**
   * Starts a program.
   *
   * @param builder with the program's words, and its output not redirected
   * @throws IOException where it can't be started
   */
  public static Process start(ProcessBuilder builder) throws IOException {
    return start(builder, FIRST);
  }

  /**
   * @param first makes the session, says so with an empty line, and becomes the program
   */
  static Process start(ProcessBuilder builder, List<String> first) throws IOException {
    List<String> words = new ArrayList<>(first);
    words.addAll(builder.command());
    builder.command(words);
    while (true) {
      Process process = builder.start();
      if (process.getInputStream().read() >= 0 || !interrupted(process)) {
        return process;
      }
    }
  }

  private static boolean interrupted(Process process) {
    try {
      return process.waitFor() == INTERRUPTED;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

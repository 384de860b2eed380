package replctl.it.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.it.Replctl;

/**
 * A lab of hosts, beside others.
 *
 * @param name REPLCTL_LAB_NAME
 */
record Lab(String name) {
  private static final int CANNOT = 77;
  private static final String HOST = Replctl.root().resolve("lab/host").toAbsolutePath().toString();

  /** Of the processes that run tests side by side: each after the first has hosts of its own. */
  private static final String FORK = System.getProperty("replctl.fork").replace("fork-", "");

  /** Of this process. */
  static Lab ofFork(String more) {
    return ofAll(more + (FORK.equals("1") ? "" : "-" + FORK));
  }

  /** Of all processes that run tests. */
  static Lab ofAll(String more) {
    String base = Optional.ofNullable(System.getenv("REPLCTL_LAB_NAME")).orElse("replctl-lab");
    return new Lab(base + more);
  }

  /**
   * Boots three hosts where they are not up.
   *
   * @param required whether it is a failure that they can't be had; else the test is skipped with
   *     that reason: a mirror that lacks a package is no defect
   */
  Lab up(String root, boolean required) {
    Shell.Ended up = Shell.end(verb("up", "3", "--root", root));
    if (up.code() == CANNOT && !required) {
      // Reported as skipped, with this reason; lab/test says so once more at its end.
      throw Skip.because(up.out());
    }
    if (up.code() != 0) {
      throw new AssertionError(up.out());
    }
    return this;
  }

  /** The command of one of the lab's verbs. */
  List<String> verb(String... words) {
    List<String> command = new ArrayList<>(List.of("env", "REPLCTL_LAB_NAME=" + name, HOST));
    command.addAll(List.of(words));
    return command;
  }
}

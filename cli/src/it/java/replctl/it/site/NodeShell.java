package replctl.it.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A shell where a node is, that stays: a question then costs one process there and not a row of
 * them, which tests that wait for something would take from what they wait for.
 */
final class NodeShell implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final String mark = "end-" + UUID.randomUUID();

  private NodeShell(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one. */
  static NodeShell start(List<String> bash) {
    try {
      return new NodeShell(
          new ProcessBuilder(bash)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Whether it can be told something: it ends with its host. */
  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed on both its outputs; with the shell's own exit code where the shell
   *     ended first
   */
  synchronized Shell.Ended end(List<String> command) {
    String words = command.stream().map(NodeShell::quoted).collect(Collectors.joining(" "));
    StringBuilder all = new StringBuilder();
    try {
      try {
        process
            .getOutputStream()
            .write(
                (words + " < /dev/null; printf '\\n" + mark + " %s\\n' $?\n")
                    .getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
      } catch (IOException gone) {
        // What it said before it ended is still to be read.
      }
      String line;
      while ((line = said.readLine()) != null) {
        if (line.startsWith(mark)) {
          return new Shell.Ended(
              Integer.parseInt(line.substring(mark.length() + 1)), all.toString().strip());
        }
        all.append(line).append('\n');
      }
      return new Shell.Ended(process.waitFor(), all.toString().strip());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

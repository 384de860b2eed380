package replctl.it.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of the machine, run to their end. */
public final class Shell {
  private Shell() {}

  /** What it printed, its exit code being 0; anything else fails. */
  public static String run(List<String> command) {
    return out(command, end(command));
  }

  /** What a command printed that ended so; fails unless its exit code is 0. */
  static String out(List<String> command, Ended ended) {
    if (ended.code() != 0) {
      throw new AssertionError("exit " + ended.code() + " of " + command + "\n" + ended.out());
    }
    return ended.out();
  }

  /** What a program printed on both its outputs, and its exit code. */
  public record Ended(int code, String out) {}

  /** Runs it, whatever it ends with. */
  public static Ended end(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), out.strip());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}

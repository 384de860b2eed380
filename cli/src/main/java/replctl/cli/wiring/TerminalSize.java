package replctl.cli.wiring;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.cli.Extent;

/** The size of the terminal that this process has, as {@code stty} says it. */
final class TerminalSize {
  /** It asks the kernel; nothing else is waited for. */
  private static final long PATIENCE_MS = 1000;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})");

  private TerminalSize() {}

  /** What it is; empty where there is no terminal any more. */
  static Optional<Extent.Size> now() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      return of(
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Of what {@code stty size} prints: rows and columns. */
  static Optional<Extent.Size> of(String printed) {
    Matcher size = SIZE.matcher(printed);
    return size.matches()
        ? Optional.of(
            new Extent.Size(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1))))
        : Optional.empty();
  }
}

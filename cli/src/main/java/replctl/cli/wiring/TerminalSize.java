package replctl.cli.wiring;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size of the terminal that this process has, as {@code stty} says it. */
final class TerminalSize {
  /** It asks the kernel; nothing else is waited for. */
  private static final long PATIENCE_MS = 1000;

  private static final Pattern SIZE = Pattern.compile("[0-9]+ ([0-9]{1,5})");

  private TerminalSize() {}

  /** Its columns; empty where there is no terminal any more. */
  static OptionalInt columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return OptionalInt.empty();
      }
      return columns(
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException none) {
      return OptionalInt.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Of what {@code stty size} prints: rows and columns. */
  static OptionalInt columns(String printed) {
    Matcher size = SIZE.matcher(printed);
    return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
  }
}

package replctl.cli.render;

import java.time.Duration;
import java.util.Locale;
import replctl.inventory.Size;

/** Numbers with their units, short enough for a column. */
public final class Units {
  private Units() {}

  /** {@code 3.2 MiB}; negative numbers keep their sign. */
  public static String bytes(long bytes) {
    return bytes < 0 ? "-" + new Size(-bytes) : new Size(bytes).toString();
  }

  /**
   * {@code 0 s}, {@code 0.12 s}, {@code 1.4 s}, {@code 41 s}, {@code 3 min 20 s}, {@code 5 h 2
   * min}.
   */
  public static String time(Duration time) {
    long millis = time.toMillis();
    if (millis == 0) {
      return "0 s";
    }
    if (millis < 1000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = time.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    long hours = seconds / 3600;
    return hours < 48
        ? hours + " h" + (seconds % 3600 < 60 ? "" : " " + seconds % 3600 / 60 + " min")
        : hours / 24 + " d";
  }
}

package replctl.inventory;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes. KB, MB, GB, TB are powers of 1000; KiB, MiB, GiB, TiB of 1024. */
public record Size(long bytes) implements Comparable<Size> {
  /** What {@link #parse} takes. No leading zero: YAML would have read {@code 010} as 8. */
  public static final String FORM = "(0|[1-9][0-9]{0,18})(?: ?([KMGT]i?B|B))?";

  private static final Pattern PATTERN = Pattern.compile(FORM);
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative: " + bytes);
    }
  }

  /** That many MiB. */
  public static Size mebibytes(long count) {
    return new Size(Math.multiplyExact(count, 1L << 20));
  }

  /** Reads {@code 100MiB}, {@code 5 GB}, {@code 4096}; empty when the text is no size. */
  public static Optional<Size> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    try {
      return Optional.of(
          new Size(Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.get(unit))));
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** As an inventory would say it, losing nothing: {@code 100MiB}, {@code 1500B}. */
  public String exact() {
    long count = bytes;
    int unit = 0;
    while (count != 0 && count % 1024 == 0 && unit < BINARY.length - 1) {
      count /= 1024;
      unit++;
    }
    return count + BINARY[unit];
  }

  @Override
  public int compareTo(Size other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest binary unit that leaves at least 1: {@code 3.2 MiB}, {@code 512 B}. */
  @Override
  public String toString() {
    double value = bytes;
    int unit = 0;
    // From 1023.5 the rounded number would print as 1024.
    while (value >= 1023.5 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, BINARY[unit]);
  }
}

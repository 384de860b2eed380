package replctl.inventory;

import java.util.Locale;
import java.util.Optional;

/** A number of bytes. KB, MB, GB, TB are powers of 1000; KiB, MiB, GiB, TiB of 1024. */
public record Size(long bytes) implements Comparable<Size> {
  /**
   * What {@link #parse} takes, as a pattern for a schema. No leading zero: YAML would have read
   * {@code 010} as 8.
   */
  public static final String FORM = "(0|[1-9][0-9]{0,18})(?: ?([KMGT]i?B|B))?";

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] DECIMAL = {"B", "KB", "MB", "GB", "TB"};

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
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (end == 0 || (end > 1 && text.charAt(0) == '0')) {
      return Optional.empty();
    }
    String unit = text.substring(end);
    // A space only in front of a unit.
    long factor = factor(unit.length() > 1 && unit.startsWith(" ") ? unit.substring(1) : unit);
    try {
      return factor == 0
          ? Optional.empty()
          : Optional.of(
              new Size(Math.multiplyExact(Long.parseLong(text.substring(0, end)), factor)));
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** Bytes of the unit; 0: no unit. */
  private static long factor(String unit) {
    if (unit.isEmpty()) {
      return 1;
    }
    long decimal = 1;
    long binary = 1;
    for (int i = 0; i < BINARY.length; i++) {
      if (unit.equals(DECIMAL[i])) {
        return decimal;
      }
      if (unit.equals(BINARY[i])) {
        return binary;
      }
      decimal *= 1000;
      binary *= 1024;
    }
    return 0;
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

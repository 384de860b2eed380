package replctl.playbooks.engine.postgresql;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A byte's address in the write-ahead log: 64 bits without a sign.
 *
 * @param value never 0, which PostgreSQL uses for no address
 */
record Lsn(long value) implements Comparable<Lsn> {
  private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}");

  Lsn {
    if (value == 0) {
      throw new IllegalArgumentException("0/0 is no address");
    }
  }

  /** Reads {@code 4/3000148}; empty when the text is no address, or is 0/0. */
  static Optional<Lsn> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    long high = Long.parseLong(text, 0, slash, 16);
    long low = Long.parseLong(text, slash + 1, text.length(), 16);
    long value = high << 32 | low;
    return value == 0 ? Optional.empty() : Optional.of(new Lsn(value));
  }

  /** Bytes from that address to this one; negative when this is lower; empty when beyond a long. */
  OptionalLong minus(Lsn other) {
    long bytes = value - other.value;
    return bytes >= 0 == compareTo(other) >= 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  /** The higher of the two. */
  Lsn max(Lsn other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** By hand: a record's own is put together at run time, and costs each start milliseconds. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Lsn that && that.value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    String text = Long.toHexString(value >>> 32) + "/" + Long.toHexString(value & 0xFFFFFFFFL);
    return text.toUpperCase(Locale.ROOT);
  }
}

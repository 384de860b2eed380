package replctl.inventory.yaml;

import java.util.Arrays;
import java.util.Optional;

/**
 * An address as text, read by hand: the platform's reader asks DNS, and takes {@code 127.1}, {@code
 * 0x7f.1} and {@code 010.0.0.1} for addresses that nobody meant.
 */
final class IpAddress {
  private IpAddress() {}

  /** Four bytes of four decimal numbers without leading zeros. */
  static Optional<byte[]> v4(String text) {
    byte[] bytes = new byte[4];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      int end = i < 3 ? text.indexOf('.', at) : text.length();
      if (end < 0) {
        return Optional.empty();
      }
      Optional<Integer> number = WholeType.digits(text.substring(at, end));
      if (number.isEmpty() || number.get() > 255) {
        return Optional.empty();
      }
      bytes[i] = number.get().byteValue();
      at = end + 1;
    }
    return Optional.of(bytes);
  }

  /** Sixteen bytes; the text without brackets and zone. */
  static Optional<byte[]> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(bytes -> bytes.length == 16);
    }
    Optional<byte[]> head = groups(text.substring(0, gap));
    Optional<byte[]> tail = groups(text.substring(gap + 2));
    // The gap stands for at least one group of two bytes.
    if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > 14) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(head.get(), 16);
    System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
    return Optional.of(bytes);
  }

  /** Groups of hexadecimal digits between single colons; the last may be an IPv4 address. */
  private static Optional<byte[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    byte[] bytes = new byte[16];
    int count = 0;
    int at = 0;
    while (at <= text.length()) {
      int colon = text.indexOf(':', at);
      String group = text.substring(at, colon < 0 ? text.length() : colon);
      if (colon < 0 && group.indexOf('.') >= 0) {
        Optional<byte[]> last = v4(group);
        if (last.isEmpty() || count > 12) {
          return Optional.empty();
        }
        System.arraycopy(last.get(), 0, bytes, count, 4);
        return Optional.of(Arrays.copyOf(bytes, count + 4));
      }
      int value = hexadecimal(group);
      if (value < 0 || count > 14) {
        return Optional.empty();
      }
      bytes[count++] = (byte) (value >> 8);
      bytes[count++] = (byte) value;
      if (colon < 0) {
        return Optional.of(Arrays.copyOf(bytes, count));
      }
      at = colon + 1;
    }
    return Optional.empty();
  }

  private static int hexadecimal(String group) {
    if (group.isEmpty() || group.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < group.length(); i++) {
      int digit = group.charAt(i) < 128 ? Character.digit(group.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}

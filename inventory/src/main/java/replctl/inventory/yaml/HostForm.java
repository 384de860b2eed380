package replctl.inventory.yaml;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A host's name or address. It becomes an operand of ssh, a part of URLs and of configuration
 * files, so only what can be a host passes. An IPv6 address may stand in brackets, and have a zone.
 */
record HostForm() implements Form<String> {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  @Override
  public String what() {
    return "a host name or IP address";
  }

  @Override
  public String pattern() {
    return "^[A-Za-z0-9_:\\[][A-Za-z0-9_.:%\\[\\]-]*$";
  }

  @Override
  public Parsed<String> parse(String text) {
    if (text.isEmpty()) {
      return Parsed.bad("it is empty");
    }
    if (text.charAt(0) == '-') {
      return Parsed.bad("it would be read as an option");
    }
    if (text.length() > LONGEST_NAME) {
      return Parsed.bad("it is longer than " + LONGEST_NAME + " characters");
    }
    if (text.charAt(0) == '[') {
      return text.endsWith("]") && text.indexOf(':') > 0
          ? address6(text.substring(1, text.length() - 1))
          : Parsed.bad("brackets are for one IPv6 address; a port has a key of its own");
    }
    Optional<String> stranger = stranger(text);
    if (stranger.isPresent()) {
      return Parsed.bad(stranger.get());
    }
    return text.indexOf(':') >= 0 ? address6(text) : nameOrAddress4(text);
  }

  /** The same for every way to write one host: for finding one that stands twice. */
  static String identity(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.equals("localhost") || lower.endsWith(".localhost")) {
      return "localhost";
    }
    int percent = lower.indexOf('%');
    String zone = percent < 0 ? "" : lower.substring(percent);
    String address = percent < 0 ? lower : lower.substring(0, percent);
    Optional<byte[]> bytes =
        address.indexOf(':') < 0 ? IpAddress.v4(address) : IpAddress.v6(address);
    if (bytes.isEmpty()) {
      return lower;
    }
    byte[] short4 = mapped(bytes.get());
    boolean loopback =
        short4.length == 4
            ? Arrays.equals(short4, new byte[] {127, 0, 0, 1})
            : Arrays.equals(short4, loopback6());
    return loopback ? "localhost" : Arrays.toString(short4) + zone;
  }

  private static byte[] loopback6() {
    byte[] bytes = new byte[16];
    bytes[15] = 1;
    return bytes;
  }

  /** The IPv4 address that {@code ::ffff:10.0.0.1} stands for; any other stays. */
  private static byte[] mapped(byte[] bytes) {
    if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, 12, 16);
  }

  private static Optional<String> stranger(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':';
      // A zone's sign; address6 judges what stands around it.
      if (!letter && !other && c != '%') {
        String cure = c > 0x7f ? "; an international name is written in its xn-- form" : "";
        return Optional.of(Shown.character(c) + " can't stand in a host" + cure);
      }
      i += Character.charCount(c);
    }
    return Optional.empty();
  }

  private static Parsed<String> address6(String text) {
    int percent = text.indexOf('%');
    String address = percent < 0 ? text : text.substring(0, percent);
    Optional<byte[]> bytes = IpAddress.v6(address);
    if (bytes.isEmpty()) {
      return Parsed.bad(
          address.indexOf(':') == address.lastIndexOf(':')
              ? "a port has a key of its own: database.port or ssh.port"
              : "not an IPv6 address");
    }
    if (percent >= 0 && !isZone(text.substring(percent + 1))) {
      return Parsed.bad("a zone is the name or number of a network interface");
    }
    return unusable(bytes.get()) ? Parsed.bad("no host has that address") : Parsed.good(text);
  }

  private static boolean isZone(String zone) {
    // Linux's own limit of an interface's name.
    if (zone.isEmpty() || zone.length() > 15 || zone.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < zone.length(); i++) {
      char c = zone.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private static Parsed<String> nameOrAddress4(String text) {
    if (text.indexOf('%') >= 0) {
      return Parsed.bad("\"%\" can't stand in a host");
    }
    String last = text.substring(text.lastIndexOf('.') + 1);
    // A resolver takes any name whose last part is a number for an address.
    if (!last.isEmpty() && last.charAt(0) >= '0' && last.charAt(0) <= '9' && isNumber(last)) {
      Optional<byte[]> bytes = IpAddress.v4(text);
      if (bytes.isEmpty()) {
        return Parsed.bad("an IPv4 address is four numbers from 0 to 255, without leading zeros");
      }
      return unusable(bytes.get()) ? Parsed.bad("no host has that address") : Parsed.good(text);
    }
    int start = 0;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      String label = text.substring(start, dot < 0 ? text.length() : dot);
      if (label.isEmpty()) {
        return Parsed.bad("there is nothing before or after a dot");
      }
      if (label.length() > LONGEST_LABEL) {
        return Parsed.bad("a part is longer than " + LONGEST_LABEL + " characters");
      }
      if (label.charAt(0) == '-' || label.endsWith("-")) {
        return Parsed.bad("a part begins or ends with \"-\"");
      }
      if (dot < 0) {
        return Parsed.good(text);
      }
      start = dot + 1;
    }
    return Parsed.bad("there is nothing before or after a dot");
  }

  private static boolean isNumber(String label) {
    boolean hexadecimal = label.startsWith("0x") || label.startsWith("0X");
    for (int i = hexadecimal ? 2 : 0; i < label.length(); i++) {
      if (Character.digit(label.charAt(i), hexadecimal ? 16 : 10) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The unspecified address, which reaches this machine by accident, and groups of hosts. */
  static boolean unusable(byte[] address) {
    byte[] bytes = mapped(address);
    if (bytes.length == 4) {
      return bytes[0] == 0 || (bytes[0] & 0xff) >= 224;
    }
    return (bytes[0] & 0xff) == 0xff || Arrays.equals(bytes, new byte[16]);
  }
}

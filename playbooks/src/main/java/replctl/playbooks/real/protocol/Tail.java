package replctl.playbooks.real.protocol;

import java.nio.charset.StandardCharsets;

/** The last bytes of something long; for the words of a message. */
final class Tail {
  private static final int KEPT = 2048;

  /** What a message shows of it. */
  private static final int SHOWN = 300;

  private final byte[] ring = new byte[KEPT];
  private long count;

  synchronized void add(byte[] bytes, int from, int length) {
    int skipped = Math.max(0, length - KEPT);
    count += skipped;
    for (int i = skipped; i < length; i++) {
      ring[(int) (count++ % KEPT)] = bytes[from + i];
    }
  }

  /** In one line, without control characters. */
  synchronized String words() {
    int length = (int) Math.min(count, KEPT);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((count - length + i) % KEPT)];
    }
    String line = oneLine(new String(bytes, StandardCharsets.UTF_8));
    return line.length() <= SHOWN ? line : "..." + line.substring(line.length() - SHOWN);
  }

  /** The text without control characters, line ends and odd spaces, on one line. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || (c >= 0x7f && c <= 0xa0)) {
        space = !line.isEmpty();
      } else {
        if (space) {
          line.append(' ');
        }
        space = false;
        line.append(Character.getType(c) == Character.FORMAT ? '?' : c);
      }
    }
    return line.toString();
  }
}

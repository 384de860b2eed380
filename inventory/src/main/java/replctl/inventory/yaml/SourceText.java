package replctl.inventory.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** Turns the file's bytes into text, and names the first byte or character that can't stand. */
final class SourceText {
  private static final int BYTE_ORDER_MARK = 0xfeff;

  private SourceText() {}

  /** The text; empty when a problem was told. */
  static Optional<String> of(byte[] bytes, Problems problems) {
    if (isUtf16(bytes)) {
      problems.error(new Place(1, 1), "", "it is UTF-16: save it as UTF-8");
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult decoded =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (decoded.isError()) {
      problems.error(end(out.flip().toString()), "", "not UTF-8 from here on");
      return Optional.empty();
    }
    String text = out.flip().toString();
    return isClean(text, problems) ? Optional.of(text) : Optional.empty();
  }

  /** With its mark, or without: in UTF-8 a NUL never stands among the first four bytes. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return first == 0xfeff || first == 0xfffe || (bytes[0] == 0) != (bytes[1] == 0);
  }

  private static boolean isClean(String text, Problems problems) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == BYTE_ORDER_MARK) {
        problems.error(
            new Place(line, column), "", "a byte order mark: save it as UTF-8 without one");
        return false;
      }
      if (!StreamReader.isPrintable(c) || hides(c)) {
        problems.error(
            new Place(line, column),
            "",
            "the character " + Shown.character(c) + " can't stand here");
        return false;
      }
      i += Character.charCount(c);
      // A line ends as editors and the parser see it: LF, CR LF, or CR.
      boolean ends = c == '\n' || (c == '\r' && !(i < text.length() && text.charAt(i) == '\n'));
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return true;
  }

  /** Characters that make a line look like another one, or end it where no editor shows it. */
  private static boolean hides(int c) {
    return c == 0x85
        || c == 0x2028
        || c == 0x2029
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f);
  }

  private static Place end(String text) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Place(line, text.codePointCount(start, text.length()) + 1);
  }
}

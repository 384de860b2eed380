package replctl.inventory.yaml;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on the operator's host: absolute, under {@code ~/}, or from the inventory's folder on.
 *
 * @param what with an article: {@code a file}
 */
record LocalPathType(String what) implements Type<Path> {
  @Override
  public Optional<Path> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected(what);
      return Optional.empty();
    }
    Optional<Path> path = resolve(spot.context(), text.value());
    if (path.isEmpty()) {
      // Not repeated: where a key's file is expected, some write the key.
      spot.error("expected " + what + ": absolute, or under ~/, or from the inventory's folder on");
    }
    return path;
  }

  @Override
  public Shape shape() {
    return new Shape.Text("^.+$", false);
  }

  /** The path meant; empty when the text can't be one. */
  static Optional<Path> resolve(Context context, String text) {
    if (text.isEmpty() || hasControls(text)) {
      return Optional.empty();
    }
    try {
      if (text.equals("~") || text.startsWith("~/")) {
        return Optional.of(context.home().resolve(text.substring(Math.min(2, text.length()))));
      }
      // ~other is another user's home, which only a shell knows.
      return text.startsWith("~")
          ? Optional.empty()
          : Optional.of(context.folder().resolve(text).normalize());
    } catch (InvalidPathException unusable) {
      return Optional.empty();
    }
  }

  /** Whether the text holds characters that a terminal would act on instead of showing them. */
  static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int type = Character.getType(c);
      if (type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.SURROGATE
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }
}

package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something wrong, or worth a second look, at one place of an inventory. Never holds a secret.
 *
 * @param line from 1; 0: the file as a whole
 * @param column from 1, in characters; 0: the file as a whole
 * @param path the key, as in {@code clusters.shop.nodes.pg1.fence}; empty: the file as a whole
 * @param message what was expected and what was found
 * @param suggestion what was probably meant
 */
public record Problem(
    Severity severity,
    Path file,
    int line,
    int column,
    String path,
    String message,
    Optional<String> suggestion) {
  /** Whether the inventory can be used in spite of it. */
  public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    /** The word in front of the message. */
    public String word() {
      return word;
    }
  }

  /** {@code file:line:column: error: path: message; did you mean "x"?} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(Shown.whole(file.toString()));
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ").append(severity.word()).append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    suggestion.ifPresent(meant -> text.append("; did you mean \"").append(meant).append("\"?"));
    return text.toString();
  }
}

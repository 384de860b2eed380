package replctl.inventory;

import java.util.regex.Pattern;

/** The name of a node or witness: {@code [a-z0-9][a-z0-9-]*}, at most 40 characters. */
public record NodeName(String value) implements Comparable<NodeName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /**
   * @throws IllegalArgumentException when the text is not of that form
   */
  public NodeName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a node's name: " + value);
    }
  }

  /** Whether the text can be a node's name. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

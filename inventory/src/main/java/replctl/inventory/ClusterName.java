package replctl.inventory;

import java.util.regex.Pattern;

/** The name of a cluster: {@code [a-z0-9][a-z0-9-]*}, at most 40 characters. */
public record ClusterName(String value) implements Comparable<ClusterName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /**
   * @throws IllegalArgumentException when the text is not of that form
   */
  public ClusterName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a cluster's name: " + value);
    }
  }

  /** Whether the text can be a cluster's name. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(ClusterName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

package replctl.inventory;

/** The name of a cluster: {@code [a-z0-9][a-z0-9-]*}, at most 40 characters. */
public record ClusterName(String value) implements Comparable<ClusterName> {
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
    return Name.isValid(text);
  }

  /** By hand: a record's own is put together at run time, and costs each start milliseconds. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterName name && name.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
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

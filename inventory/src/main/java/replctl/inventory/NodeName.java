package replctl.inventory;

/** The name of a node or witness: {@code [a-z0-9][a-z0-9-]*}, at most 40 characters. */
public record NodeName(String value) implements Comparable<NodeName> {
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
    return Name.isValid(text);
  }

  /** By hand: a record's own is put together at run time, and costs each start milliseconds. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NodeName name && name.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
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

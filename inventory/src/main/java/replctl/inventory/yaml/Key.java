package replctl.inventory.yaml;

import java.util.Optional;

/**
 * One key that the inventory knows.
 *
 * @param description one line, for editors and for the message when it is missing
 * @param fallback what holds when it is absent, in words
 */
record Key<T>(
    String name, Type<T> type, boolean required, String description, Optional<String> fallback) {
  static <T> Key<T> required(String name, Type<T> type, String description) {
    return new Key<>(name, type, true, description, Optional.empty());
  }

  static <T> Key<T> optional(String name, Type<T> type, String description) {
    return new Key<>(name, type, false, description, Optional.empty());
  }

  /** The same, with the value that holds when it is absent. */
  Key<T> otherwise(String value) {
    return new Key<>(name, type, required, description, Optional.of(value));
  }

  /** Keys are few and each made once: one is equal only to itself. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}

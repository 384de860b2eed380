package replctl.inventory.yaml;

import java.util.Optional;

/** A text made into a value, or why it can't be. */
sealed interface Parsed<T> {
  /** The value. */
  record Good<T>(T value) implements Parsed<T> {}

  /**
   * No value.
   *
   * @param why what is wrong with the text, without repeating it whole; may be empty
   * @param meant what was probably meant
   */
  record Bad<T>(String why, Optional<String> meant) implements Parsed<T> {}

  static <T> Parsed<T> good(T value) {
    return new Good<>(value);
  }

  static <T> Parsed<T> bad(String why) {
    return new Bad<>(why, Optional.empty());
  }

  static <T> Parsed<T> bad(String why, String meant) {
    return new Bad<>(why, Optional.of(meant));
  }
}

package replctl.inventory.yaml;

import java.util.List;
import java.util.Optional;

/** A type as the schema needs it. */
sealed interface Shape {
  /** Text of a pattern; also a bare number where {@code orNumber}, such as {@code 4096}. */
  record Text(String pattern, boolean orNumber) implements Shape {}

  /** Any scalar, taken literally. */
  record Scalar() implements Shape {}

  /** A whole number. */
  record Whole(int least, int most) implements Shape {}

  /** true or false. */
  record Flag() implements Shape {}

  /** One of some words. */
  record Words(List<String> words) implements Shape {}

  /** A list. */
  record ListOf(Shape item, int least) implements Shape {}

  /** A map whose keys are names that the operator chooses. */
  record MapOf(String keyPattern, Shape value, int least) implements Shape {}

  /**
   * A map of known keys.
   *
   * @param name what the schema calls it
   * @param others what other keys hold; empty: there are no others
   * @param onlyOne whether exactly one of the keys must stand
   */
  record Known(String name, List<Key<?>> keys, Optional<Shape> others, boolean onlyOne)
      implements Shape {}

  /** Any of these. */
  record AnyOf(List<Shape> choices) implements Shape {}
}

package replctl.inventory.yaml;

import java.util.Optional;

/**
 * A whole number in plain decimal digits. YAML would also take {@code 0x16}, {@code 08}, {@code
 * 1_000}, {@code 1e3} and {@code 1:30}, each as something that was not typed.
 *
 * @param what with an article: {@code a port}
 */
record WholeType(String what, int least, int most) implements Type<Integer> {
  @Override
  public Optional<Integer> read(Spot spot) {
    String expected = least == most ? what + " " + least : what + " from " + least + " to " + most;
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected(expected);
      return Optional.empty();
    }
    Optional<Integer> number = text.bare() ? digits(text.value()) : Optional.empty();
    if (number.isPresent() && number.get() >= least && number.get() <= most) {
      return number;
    }
    String why = "";
    if (number.isEmpty()) {
      why =
          text.bare()
              ? ": only decimal digits are taken, without a leading zero"
              : ": write it without quotes";
    }
    spot.error("expected " + expected + ", found " + Shown.quoted(text.value()) + why);
    return Optional.empty();
  }

  @Override
  public Shape shape() {
    return new Shape.Whole(least, most);
  }

  /** Up to nine digits, which an int always holds, without a leading zero. */
  static Optional<Integer> digits(String text) {
    if (text.isEmpty() || text.length() > 9 || (text.length() > 1 && text.charAt(0) == '0')) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    return Optional.of(Integer.parseInt(text));
  }
}

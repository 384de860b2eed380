package replctl.inventory.yaml;

import java.util.Optional;

/** A scalar whose literal text has a form. */
record TextType<T>(Form<T> form) implements Type<T> {
  @Override
  public Optional<T> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected(form.what());
      return Optional.empty();
    }
    Parsed<T> parsed = form.parse(text.value());
    if (parsed instanceof Parsed.Good<T> good) {
      return Optional.of(good.value());
    }
    if (parsed instanceof Parsed.Bad<T> bad) {
      String found = "expected " + form.what() + ", found " + Shown.quoted(text.value());
      spot.error(bad.why().isEmpty() ? found : found + ": " + bad.why(), bad.meant());
    }
    return Optional.empty();
  }

  @Override
  public Shape shape() {
    return new Shape.Text(form.pattern(), form.orNumber());
  }
}

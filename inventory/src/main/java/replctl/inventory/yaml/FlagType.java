package replctl.inventory.yaml;

import java.util.Locale;
import java.util.Optional;

/** {@code true} or {@code false}, and nothing that only some YAML parsers take for them. */
record FlagType() implements Type<Boolean> {
  @Override
  public Optional<Boolean> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected("true or false");
      return Optional.empty();
    }
    if (text.bare() && text.value().equals("true")) {
      return Optional.of(true);
    }
    if (text.bare() && text.value().equals("false")) {
      return Optional.of(false);
    }
    spot.error("expected true or false, found " + Shown.quoted(text.value()), meant(text.value()));
    return Optional.empty();
  }

  @Override
  public Shape shape() {
    return new Shape.Flag();
  }

  private static Optional<String> meant(String typed) {
    String word = typed.toLowerCase(Locale.ROOT);
    if (word.equals("yes") || word.equals("on") || word.equals("true") || word.equals("y")) {
      return Optional.of("true");
    }
    if (word.equals("no") || word.equals("off") || word.equals("false") || word.equals("n")) {
      return Optional.of("false");
    }
    return Optional.empty();
  }
}

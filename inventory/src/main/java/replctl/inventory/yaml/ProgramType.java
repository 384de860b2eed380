package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program and its arguments, as a list: no shell reads them. A program with a slash in it starts
 * at the inventory's folder, never at wherever the operator happens to stand.
 */
record ProgramType() implements Type<List<String>> {
  private static final String WHAT = "a program and its arguments as a list: [pass, db/shop]";

  @Override
  public Optional<List<String>> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Items list) || list.items().isEmpty()) {
      spot.error("expected " + WHAT + "; no shell reads it");
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Optional<String> word = word(spot.item(i, list.items().get(i)), i == 0);
      word.ifPresent(words::add);
    }
    return words.size() == list.items().size() ? Optional.of(List.copyOf(words)) : Optional.empty();
  }

  @Override
  public Shape shape() {
    return new Shape.ListOf(new Shape.Scalar(), 1);
  }

  private static Optional<String> word(Spot spot, boolean program) {
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected("a word of a command");
      return Optional.empty();
    }
    if (LocalPathType.hasControls(text.value())) {
      spot.error("a control character can't stand in a command");
      return Optional.empty();
    }
    if (!program) {
      return Optional.of(text.value());
    }
    if (text.value().isEmpty() || text.value().startsWith("-")) {
      spot.error("expected a program");
      return Optional.empty();
    }
    if (text.value().indexOf('/') < 0) {
      return Optional.of(text.value());
    }
    Optional<String> path = LocalPathType.resolve(spot.context(), text.value()).map(Path::toString);
    if (path.isEmpty()) {
      spot.error("expected a program");
    }
    return path;
  }
}

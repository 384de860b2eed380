package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Worded;

/** One of some words. */
record WordType<T extends Worded>(List<T> choices) implements Type<T> {
  WordType {
    choices = List.copyOf(choices);
  }

  static <T extends Worded> WordType<T> of(T one, T other) {
    return new WordType<>(List.of(one, other));
  }

  @Override
  public Optional<T> read(Spot spot) {
    String expected = String.join(" or ", words());
    if (!(spot.node() instanceof YamlNode.Text text) || text.isNothing()) {
      spot.expected(expected);
      return Optional.empty();
    }
    Nearest nearest = new Nearest(text.value());
    for (T choice : choices) {
      if (choice.word().equals(text.value())) {
        return Optional.of(choice);
      }
      nearest.offer(choice.word());
    }
    spot.error("expected " + expected + ", found " + Shown.quoted(text.value()), nearest.found());
    return Optional.empty();
  }

  @Override
  public Shape shape() {
    return new Shape.Words(words());
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    for (T choice : choices) {
      words.add(choice.word());
    }
    return words;
  }
}

package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list.
 *
 * @param what the plural: {@code words}
 * @param least how many there must be
 */
record ListType<T>(String what, Type<T> item, int least) implements Type<List<T>> {
  @Override
  public Optional<List<T>> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Items list)) {
      spot.expected("a list of " + what);
      return Optional.empty();
    }
    if (list.items().size() < least) {
      spot.error("expected a list of at least " + least + " of " + what + ", found fewer");
      return Optional.empty();
    }
    List<T> items = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < list.items().size(); i++) {
      Optional<T> read = item.read(spot.item(i, list.items().get(i)));
      read.ifPresent(items::add);
      whole &= read.isPresent();
    }
    return whole ? Optional.of(List.copyOf(items)) : Optional.empty();
  }

  @Override
  public Shape shape() {
    return new Shape.ListOf(item.shape(), least);
  }
}

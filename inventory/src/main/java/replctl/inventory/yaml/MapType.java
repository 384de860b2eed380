package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map whose keys are names that the operator chooses.
 *
 * @param what the plural: {@code nodes}
 * @param least how many there must be
 */
record MapType<K, V>(String what, Form<K> name, Type<V> value, int least)
    implements Type<MapType.Named<K, V>> {
  /** A name and what it names. */
  record Item<K, V>(K name, V value) {}

  /**
   * What the map holds.
   *
   * @param items in the order of the file
   * @param whole whether all of them could be read
   */
  record Named<K, V>(List<Item<K, V>> items, boolean whole) {
    Named {
      items = List.copyOf(items);
    }
  }

  @Override
  public Optional<Named<K, V>> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Entries map)) {
      spot.expected(what + " as a map of names");
      return Optional.empty();
    }
    if (map.entries().size() < least) {
      spot.error("expected " + what + ", found none");
      return Optional.empty();
    }
    List<Item<K, V>> items = new ArrayList<>();
    boolean whole = true;
    for (YamlNode.Entry entry : map.entries()) {
      Optional<K> named = name(spot, entry);
      Optional<V> read = value.read(spot.key(entry));
      if (named.isPresent() && read.isPresent()) {
        items.add(new Item<>(named.get(), read.get()));
      } else {
        whole = false;
      }
    }
    return Optional.of(new Named<>(items, whole));
  }

  @Override
  public Shape shape() {
    return new Shape.MapOf(name.pattern(), value.shape(), least);
  }

  private Optional<K> name(Spot spot, YamlNode.Entry entry) {
    Parsed<K> parsed = name.parse(entry.key());
    if (parsed instanceof Parsed.Good<K> good) {
      return Optional.of(good.value());
    }
    if (parsed instanceof Parsed.Bad<K> bad) {
      spot.context()
          .problems()
          .error(
              entry.at(),
              spot.key(entry).path(),
              "expected " + name.what() + ", found " + Shown.quoted(entry.key()),
              bad.meant());
    }
    return Optional.empty();
  }
}

package replctl.inventory.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of one section, by key. */
final class Fields {
  /** A key that the table does not hold, as it was typed, and its value. */
  record Other(String name, Spot spot) {}

  private record Field(Spot spot, Optional<?> value) {}

  private final Optional<Spot> spot;
  private final Map<Key<?>, Field> known = new HashMap<>();
  private final List<Other> others = new ArrayList<>();

  private Fields(Optional<Spot> spot) {
    this.spot = spot;
  }

  /** Of a section that stands at that spot. */
  static Fields at(Spot spot) {
    return new Fields(Optional.of(spot));
  }

  /** Of a section that is not there. */
  static Fields none() {
    return new Fields(Optional.empty());
  }

  /** Reads the key's value and keeps it, with where it stands. */
  <T> void read(Key<T> key, Spot at) {
    known.put(key, new Field(at, key.type().read(at)));
  }

  /** Keeps a key that the section's table does not hold. */
  void other(String name, Spot at) {
    others.add(new Other(name, at));
  }

  /** Where the section stands. */
  Optional<Spot> spot() {
    return spot;
  }

  /** The value; empty when the key is absent or a problem was told. */
  @SuppressWarnings("unchecked") // read() put it there with the key's own type
  <T> Optional<T> get(Key<T> key) {
    Field field = known.get(key);
    return field == null ? Optional.empty() : (Optional<T>) field.value();
  }

  /** Where the value stands, be it good or bad; empty when the key is absent. */
  Optional<Spot> spot(Key<?> key) {
    Field field = known.get(key);
    return field == null ? Optional.empty() : Optional.of(field.spot());
  }

  /** Whether the key stands in the file, be its value good or bad. */
  boolean has(Key<?> key) {
    return known.containsKey(key);
  }

  /** The section of that key; one without fields when it is absent. */
  Fields section(Key<Fields> key) {
    return get(key).orElseGet(Fields::none);
  }

  /** The keys that the table does not hold, in the order of the file. */
  List<Other> others() {
    return List.copyOf(others);
  }

  /** These over those: what is absent here is taken from there, key by key. */
  Fields over(Fields base) {
    Fields merged = new Fields(spot.isPresent() ? spot : base.spot);
    merged.known.putAll(base.known);
    for (Map.Entry<Key<?>, Field> entry : known.entrySet()) {
      merged.known.merge(entry.getKey(), entry.getValue(), Fields::overridden);
    }
    return merged;
  }

  private static Field overridden(Field base, Field mine) {
    if (mine.value().orElse(null) instanceof Fields upper
        && base.value().orElse(null) instanceof Fields lower) {
      return new Field(mine.spot(), Optional.of(upper.over(lower)));
    }
    return mine;
  }
}

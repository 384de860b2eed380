package replctl.inventory.yaml;

import java.util.List;
import java.util.Optional;

/**
 * A map of known keys. A key that is not known is an error: a typo in {@code fencing} must not turn
 * it off.
 *
 * @param what with an article: {@code a node}
 * @param others what other keys hold; empty: there are no others
 */
record Section(String what, List<Key<?>> keys, Optional<Type<?>> others) implements Type<Fields> {
  Section {
    keys = List.copyOf(keys);
  }

  static Section of(String what, Key<?>... keys) {
    return new Section(what, List.of(keys), Optional.empty());
  }

  @Override
  public Optional<Fields> read(Spot spot) {
    if (!(spot.node() instanceof YamlNode.Entries map)) {
      spot.expected(what + " as a map of keys");
      return Optional.empty();
    }
    Fields fields = Fields.at(spot);
    for (YamlNode.Entry entry : map.entries()) {
      Optional<Key<?>> key = find(entry.key());
      if (key.isPresent()) {
        fields.read(key.get(), spot.key(entry));
      } else if (others.isPresent()) {
        fields.other(entry.key(), spot.key(entry));
      } else {
        unknown(spot, entry, fields);
      }
    }
    for (Key<?> key : keys) {
      if (key.required() && !fields.has(key)) {
        spot.error("\"" + key.name() + "\" is missing: " + clause(key.description()));
      }
    }
    return Optional.of(fields);
  }

  @Override
  public Shape shape() {
    return new Shape.Known(name(), keys, others.map(Type::shape), false);
  }

  /** A sentence as a part of another. */
  private static String clause(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1, sentence.length() - 1);
  }

  /** Without the article, as one word. */
  private String name() {
    return what.substring(what.lastIndexOf(' ') + 1);
  }

  /** Whether the section knows a key of that name. */
  boolean knows(String name) {
    return find(name).isPresent();
  }

  private Optional<Key<?>> find(String name) {
    for (Key<?> key : keys) {
      if (key.name().equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  private void unknown(Spot spot, YamlNode.Entry entry, Fields fields) {
    spot.context()
        .problems()
        .error(
            entry.at(),
            spot.key(entry).path(),
            "unknown key in " + what,
            meant(entry.key(), fields).or(() -> deeper(entry.key())));
  }

  private Optional<String> meant(String name, Fields fields) {
    Nearest nearest = new Nearest(name);
    for (Key<?> key : keys) {
      if (!fields.has(key)) {
        nearest.offer(key.name());
      }
    }
    return nearest.found();
  }

  /** A key that belongs one level down, such as {@code acks}: replication.acks. */
  private Optional<String> deeper(String name) {
    Optional<String> only = Optional.empty();
    for (Key<?> key : keys) {
      if (key.type() instanceof Section section && section.knows(name)) {
        if (only.isPresent()) {
          return Optional.empty();
        }
        only = Optional.of(key.name() + '.' + name);
      }
    }
    return only;
  }
}

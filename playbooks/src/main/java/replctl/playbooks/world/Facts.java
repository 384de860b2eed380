package replctl.playbooks.world;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a script found, by name. Untrusted: each reader states the form that it expects. */
public record Facts(SortedMap<String, String> byName) {
  /** Nothing was found. */
  public static final Facts NONE = new Facts(new TreeMap<>());

  public Facts {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** Facts of these names and texts. */
  public static Facts of(Map<String, String> byName) {
    return new Facts(new TreeMap<>(byName));
  }

  /** The text of a fact; empty when it was not found or is the empty text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(byName.get(name)).filter(t -> !t.isEmpty());
  }

  /** The number of a fact; empty when it was not found or is no whole number. */
  public OptionalLong number(String name) {
    try {
      return text(name).map(t -> OptionalLong.of(Long.parseLong(t))).orElse(OptionalLong.empty());
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  /**
   * How many entries of a list are to be read: what {@code LIST.count} says, but never more than
   * there are facts, since whoever answers may say any number.
   */
  public int count(String list) {
    return (int) Math.max(0, Math.min(byName.size(), number(list + ".count").orElse(0)));
  }

  /** Whether a fact says {@code yes} or {@code no}; empty when it says neither. */
  public Optional<Boolean> truth(String name) {
    return text(name).filter(t -> t.equals("yes") || t.equals("no")).map(t -> t.equals("yes"));
  }

  /** These facts and those; where both know a name, those hold. */
  public Facts and(Facts others) {
    SortedMap<String, String> all = new TreeMap<>(byName);
    all.putAll(others.byName);
    return new Facts(all);
  }
}

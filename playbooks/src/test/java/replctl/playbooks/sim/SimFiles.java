package replctl.playbooks.sim;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The files of a host, by path. It knows how often they were changed, so that whoever looks after
 * every event need not read them again; for that they are changed by its own methods only, and
 * never by its views.
 */
public final class SimFiles extends AbstractMap<String, String> {
  private final SortedMap<String, String> byPath = new TreeMap<>();
  private long changes;

  /** How often anything was written or removed. */
  long changes() {
    return changes;
  }

  @Override
  public String get(Object path) {
    return byPath.get(path);
  }

  @Override
  public boolean containsKey(Object path) {
    return byPath.containsKey(path);
  }

  @Override
  public String put(String path, String text) {
    changes++;
    return byPath.put(path, text);
  }

  @Override
  public String remove(Object path) {
    changes++;
    return byPath.remove(path);
  }

  @Override
  public void clear() {
    changes++;
    byPath.clear();
  }

  @Override
  public void replaceAll(BiFunction<? super String, ? super String, ? extends String> other) {
    changes++;
    byPath.replaceAll(other);
  }

  /** Removes those with such a path. */
  void removeIf(Predicate<String> path) {
    changes++;
    byPath.keySet().removeIf(path);
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(byPath.keySet());
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return Collections.unmodifiableMap(byPath).entrySet();
  }

  /** Those whose paths come from there on, in the order of their paths. */
  SortedMap<String, String> from(String path) {
    return Collections.unmodifiableSortedMap(byPath.tailMap(path));
  }
}

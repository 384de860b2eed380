package replctl.playbooks.world;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The only way to do things at the same time. */
public interface Fanout {
  /**
   * Does the work for every key in parallel and waits for all, at most until the deadline. Work
   * that is late is interrupted and its key maps to nothing. An exception thrown by the work is
   * thrown here.
   *
   * @return in the order of the keys
   */
  <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by);

  /**
   * The same for questions: none waits until others have been answered, however many they are, and
   * it need not be waited for all. What is still under way when there is enough is late.
   *
   * @param enough whether these results, of those that are there, are enough
   */
  default <K, V> Map<K, Optional<V>> until(
      Predicate<Map<K, V>> enough, Collection<K> keys, Function<K, V> work, Deadline by) {
    return each(keys, work, by);
  }
}

package replctl.playbooks.real;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Predicate;
import replctl.playbooks.real.shell.Threads;
import replctl.playbooks.world.Clock;
import replctl.playbooks.world.Deadline;
import replctl.playbooks.world.Fanout;

/** Work at the same time on real threads. */
public final class ThreadFanout implements Fanout {
  /** More would only wait for the network's and this machine's own limits. */
  private static final int MOST_AT_ONCE = 64;

  /**
   * More than hosts that one operator has: a question waits for a host, and one that is dead must
   * not keep another one's from beginning. What is heavy on this machine has its own turns.
   */
  private static final int MOST_QUESTIONS = 512;

  private final Threads threads;
  private final Clock clock;

  public ThreadFanout(Threads threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public <K, V> Map<K, Optional<V>> each(Collection<K> keys, Function<K, V> work, Deadline by) {
    return until(MOST_AT_ONCE, there -> false, keys, work, by);
  }

  @Override
  public <K, V> Map<K, Optional<V>> until(
      Predicate<Map<K, V>> enough, Collection<K> keys, Function<K, V> work, Deadline by) {
    return until(MOST_QUESTIONS, enough, keys, work, by);
  }

  private <K, V> Map<K, Optional<V>> until(
      int most, Predicate<Map<K, V>> enough, Collection<K> keys, Function<K, V> work, Deadline by) {
    List<K> all = List.copyOf(keys);
    AtomicReferenceArray<Result<V>> results = new AtomicReferenceArray<>(all.size());
    AtomicInteger next = new AtomicInteger();
    AtomicInteger left = new AtomicInteger(all.size());
    CountDownLatch over = new CountDownLatch(all.isEmpty() ? 0 : 1);
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(all.size(), most); i++) {
      workers.add(
          threads.submit(
              () -> {
                for (int at = next.getAndIncrement();
                    at < all.size();
                    at = next.getAndIncrement()) {
                  results.set(at, result(work, all.get(at)));
                  if (left.decrementAndGet() == 0 || enough.test(values(all, results))) {
                    over.countDown();
                  }
                }
              }));
    }
    boolean interrupted = false;
    try {
      // Not whether it was in time, but what there is then, is what counts.
      boolean unused = over.await(clock.left(by).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      interrupted = true;
    }
    List<Optional<Result<V>>> there = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      there.add(Optional.ofNullable(results.get(i)));
    }
    // Only now: work that ends because it is interrupted is late all the same.
    next.set(all.size());
    workers.forEach(worker -> worker.cancel(true));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Map<K, Optional<V>> found = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      found.put(all.get(i), there.get(i).flatMap(Result::get));
    }
    return found;
  }

  private static <K, V> Map<K, V> values(List<K> all, AtomicReferenceArray<Result<V>> results) {
    Map<K, V> values = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      K key = all.get(i);
      Optional.ofNullable(results.get(i)).flatMap(Result::value).ifPresent(v -> values.put(key, v));
    }
    return values;
  }

  private static <K, V> Result<V> result(Function<K, V> work, K key) {
    try {
      return new Result<>(Optional.of(work.apply(key)), Optional.empty());
    } catch (RuntimeException thrown) {
      return new Result<>(Optional.empty(), Optional.of(thrown));
    }
  }

  /** What came of one key: a value, or what was thrown. */
  private record Result<V>(Optional<V> value, Optional<RuntimeException> thrown) {
    Optional<V> get() {
      if (thrown.isPresent()) {
        throw thrown.get();
      }
      return value;
    }
  }
}

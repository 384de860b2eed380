package replctl.playbooks.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import replctl.playbooks.real.shell.Threads;

class ThreadFanoutTest {
  private final SystemClock clock = new SystemClock();
  private final ThreadFanout fanout = new ThreadFanout(new Threads(), clock);

  @Test
  void doesAllAtTheSameTimeInTheOrderOfTheKeys() {
    CyclicBarrier all = new CyclicBarrier(8);
    List<Integer> keys = IntStream.range(0, 8).boxed().toList();
    Map<Integer, Optional<String>> found =
        fanout.each(keys, key -> met(all) + key, clock.in(Duration.ofSeconds(20)));
    assertThat(found.keySet()).containsExactlyElementsOf(keys);
    assertThat(found).containsEntry(3, Optional.of("met3"));
  }

  private static String met(CyclicBarrier barrier) {
    try {
      barrier.await(15, TimeUnit.SECONDS);
      return "met";
    } catch (Exception alone) {
      return alone.toString();
    }
  }

  @Test
  void doesMoreThanItHasThreadsFor() {
    List<Integer> keys = IntStream.range(0, 500).boxed().toList();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Map<Integer, Optional<Integer>> found =
        fanout.each(
            keys,
            key -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              now.decrementAndGet();
              return key * 2;
            },
            clock.in(Duration.ofSeconds(20)));
    assertThat(found).hasSize(500).containsEntry(499, Optional.of(998));
    assertThat(most.get()).isLessThanOrEqualTo(64);
  }

  /** Each waits until all have begun. */
  @Test
  void noQuestionWaitsForAnother() {
    CyclicBarrier all = new CyclicBarrier(200);
    List<Integer> keys = IntStream.range(0, 200).boxed().toList();
    Map<Integer, Optional<String>> found =
        fanout.until(there -> false, keys, key -> met(all), clock.in(Duration.ofSeconds(20)));
    assertThat(found.values()).containsOnly(Optional.of("met"));
  }

  @Test
  void whatIsLateIsInterruptedAndMapsToNothing() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    long from = System.nanoTime();
    Map<String, Optional<String>> found =
        fanout.each(
            List.of("slow", "fast"),
            key -> {
              if (key.equals("slow")) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException stop) {
                  interrupted.countDown();
                }
              }
              return key;
            },
            clock.in(Duration.ofMillis(300)));
    assertThat(found).containsEntry("slow", Optional.empty());
    assertThat(found).containsEntry("fast", Optional.of("fast"));
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waitsNoLongerThanUntilThereIsEnough() {
    Map<String, Optional<String>> found =
        fanout.until(
            there -> there.containsKey("fast"),
            List.of("slow", "fast"),
            key -> {
              if (key.equals("slow")) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException stop) {
                  return "stopped";
                }
              }
              return key;
            },
            clock.in(Duration.ofMinutes(5)));

    assertThat(found).containsEntry("fast", Optional.of("fast"));
    assertThat(found).containsEntry("slow", Optional.empty());
  }

  @Test
  void throwsWhatTheWorkThrows() {
    assertThatThrownBy(
            () ->
                fanout.each(
                    List.of(1, 2),
                    key -> {
                      throw new IllegalStateException("no " + key);
                    },
                    clock.in(Duration.ofSeconds(5))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no 1");
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(fanout.each(List.of(), key -> key, clock.in(Duration.ZERO))).isEmpty();
  }

  @Test
  void oneWhoIsInterruptedDoesNotWait() {
    Thread.currentThread().interrupt();
    Map<String, Optional<String>> found =
        fanout.each(
            List.of("a"),
            key -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException stop) {
                // As wanted.
              }
              return key;
            },
            clock.in(Duration.ofSeconds(20)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(found).containsEntry("a", Optional.empty());
  }
}

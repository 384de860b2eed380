package replctl.playbooks.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.epoch.Promise;
import replctl.playbooks.epoch.Promises;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.world.Clock;

/**
 * The copies of an operation's journal on the cluster's hosts, so that another operator can finish
 * it. What the last lines say is found out again by asking the hosts, should they be lost.
 */
final class Copies {
  /**
   * Each copy is a script on every host with a vote: more often than that they would cost a short
   * operation more than its steps do.
   */
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private final Clock clock;
  private final Journal journal;
  private final String op;
  private final Promises promises;
  private final Optional<Promise> promise;
  private int copied;
  private long since;

  /**
   * @param copied how many lines are there already
   */
  Copies(
      Clock clock,
      Journal journal,
      String op,
      Promises promises,
      Optional<Promise> promise,
      int copied) {
    this.clock = clock;
    this.since = clock.nanos();
    this.journal = journal;
    this.op = op;
    this.promises = promises;
    this.promise = promise;
    this.copied = copied;
  }

  /** What the journal has by now; read while nobody writes to it. */
  List<String> written() {
    return promise.isPresent() ? journal.lines(op) : List.of();
  }

  /** Whether it is time to copy, where nothing else asks for it. */
  boolean due() {
    return clock.nanos() - since >= BETWEEN.toNanos();
  }

  /** Copies what of that is not there yet. A host that can't take it gets it at the end. */
  void bringUpTo(List<String> lines) {
    if (promise.isPresent()) {
      if (lines.size() > copied) {
        promises.copy(promise.get(), lines.subList(copied, lines.size()), copied + 1);
        copied = lines.size();
        since = clock.nanos();
      }
    }
  }

  /** All of it, and the promise is given back. */
  void end() {
    promise.ifPresent(p -> promises.settle(p, journal.lines(op), 1));
  }

  /** All of it; the promise is kept, for whoever resumes it. */
  void leave() {
    copied = 0;
    bringUpTo(written());
  }
}

package replctl.playbooks.run;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.epoch.Promise;
import replctl.playbooks.epoch.Promises;
import replctl.playbooks.journal.Journal;

/**
 * The copies of an operation's journal on the cluster's hosts, so that another operator can finish
 * it. What the last lines say is found out again by asking the hosts, should they be lost.
 */
final class Copies {
  private final Journal journal;
  private final String op;
  private final Promises promises;
  private final Optional<Promise> promise;
  private int copied;

  /**
   * @param copied how many lines are there already
   */
  Copies(Journal journal, String op, Promises promises, Optional<Promise> promise, int copied) {
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

  /** Copies what of that is not there yet. A host that can't take it gets it at the end. */
  void bringUpTo(List<String> lines) {
    if (promise.isPresent()) {
      if (lines.size() > copied) {
        promises.copy(promise.get(), lines.subList(copied, lines.size()), copied + 1);
        copied = lines.size();
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

package replctl.playbooks.sim.mysql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import replctl.playbooks.sim.SimTime;

/**
 * The source's side of semi-synchronous replication, AFTER_SYNC: a commit that is in the log waits
 * until as many followers have it as it is told, and is neither seen nor acknowledged before.
 */
final class Commits {
  /** A commit on its way. */
  private record Waiting(int end, Runnable done, long since, Set<String> heard) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final LongSupplier now;
  private boolean enabled;
  private boolean fellBack;
  private int needed = 1;
  private long timeoutMs = 10_000;

  Commits(LongSupplier now) {
    this.now = now;
  }

  /** A server that starts has forgotten all of it. */
  void reset() {
    waiting.clear();
    enabled = false;
    fellBack = false;
    needed = 1;
    timeoutMs = 10_000;
  }

  /** How many must have a commit, and how long it waits for them. */
  void set(int count, long patienceMs) {
    needed = count;
    timeoutMs = patienceMs;
  }

  /** Switches it on, or off: then what waits is committed, and clients are told that it is done. */
  void enable(boolean wanted, Data data) {
    fellBack &= enabled == wanted;
    enabled = wanted;
    if (!wanted) {
      releaseAll(data);
    }
  }

  private void releaseAll(Data data) {
    while (!waiting.isEmpty()) {
      release(data);
    }
  }

  private void release(Data data) {
    Waiting first = waiting.remove();
    data.commit(first.end);
    first.done.run();
  }

  /** A commit, which has just been written to the end of the log. */
  void begin(Data data, Runnable done) {
    if (waits()) {
      waiting.add(new Waiting(data.end(), done, now.getAsLong(), new HashSet<>()));
    } else {
      data.commit(data.end());
      done.run();
    }
  }

  /** A follower has all of the log to there. */
  void heard(String follower, int end, Data data) {
    for (Waiting commit : waiting) {
      if (commit.end > end) {
        break;
      }
      commit.heard.add(follower);
    }
    while (!waiting.isEmpty() && waiting.peek().heard.size() >= needed) {
      release(data);
    }
    // It waits again as soon as those have caught up that it waits for.
    fellBack = fellBack && end < data.end();
  }

  /** One that has waited too long waits no more, nor do those after it. */
  void tick(Data data) {
    if (!waiting.isEmpty() && now.getAsLong() - waiting.peek().since >= timeoutMs * SimTime.MS) {
      fellBack = true;
      releaseAll(data);
    }
  }

  /** Whoever waits is told nothing any more; what is in the log stays there. */
  void forget() {
    waiting.clear();
  }

  boolean waits() {
    return enabled && !fellBack;
  }

  boolean enabled() {
    return enabled;
  }

  boolean fellBack() {
    return fellBack;
  }

  int needed() {
    return needed;
  }

  long timeoutMs() {
    return timeoutMs;
  }

  int waiting() {
    return waiting.size();
  }

  /** For how long the oldest has waited, in ns. */
  long oldest() {
    return waiting.isEmpty() ? 0 : now.getAsLong() - waiting.peek().since;
  }
}

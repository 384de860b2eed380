package replctl.playbooks.real.ssh;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Who may use this machine's processor for a login: a few at a time, whoever began first before
 * those who began later. Two hundred logins that all go on at once would all end last, and each
 * would look as slow as all of them together are.
 */
final class Turns {
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(Comparator.comparingLong(turn -> turn.number));
  private int free;
  private long next;

  /**
   * @param atOnce how many have their turn at the same time
   */
  Turns(int atOnce) {
    free = atOnce;
  }

  /** As many as keep all cores busy while some of them wait for a lock. */
  static Turns ofThisMachine() {
    return new Turns(2 * Runtime.getRuntime().availableProcessors());
  }

  /** A login's own, that comes after those of all that have one. */
  Turn turn() {
    synchronized (this) {
      return new Turn(next++);
    }
  }

  private void handOn() {
    while (free > 0 && !waiting.isEmpty()) {
      free--;
      Turn first = waiting.remove();
      first.held = true;
      first.called.release();
    }
  }

  /** One login's. It is had while it computes, and given back while it waits for its host. */
  final class Turn {
    private final long number;
    private final Semaphore called = new Semaphore(0);
    private boolean held;
    private boolean begun;
    private boolean ended;

    private Turn(long number) {
      this.number = number;
    }

    /** Waits until it is this one's turn; does nothing where it is, or the login is over. */
    void take() throws InterruptedException {
      synchronized (Turns.this) {
        if (held || ended) {
          return;
        }
        waiting.add(this);
        handOn();
      }
      try {
        called.acquire();
      } catch (InterruptedException stop) {
        end();
        throw stop;
      }
      synchronized (Turns.this) {
        begun = true;
      }
    }

    /** Lets others go on. */
    void give() {
      synchronized (Turns.this) {
        if (held) {
          held = false;
          free++;
          handOn();
        }
      }
    }

    boolean isHeld() {
      synchronized (Turns.this) {
        return held;
      }
    }

    /** Gives it back for good: nobody waits for it any more. */
    void end() {
      synchronized (Turns.this) {
        ended = true;
        if (waiting.remove(this)) {
          called.release();
        }
        give();
      }
    }

    /** Whether it waits for its first time: the host has spoken, and is not listened to yet. */
    boolean isAwaited() {
      synchronized (Turns.this) {
        return !begun && waiting.contains(this);
      }
    }
  }
}

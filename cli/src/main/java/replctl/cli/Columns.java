package replctl.cli;

import java.util.concurrent.TimeUnit;

/** The width of a terminal in columns, which whoever sits before it may change; 0: unknown. */
public final class Columns {
  private int now;

  /**
   * @param now as it is at first
   */
  public Columns(int now) {
    this.now = now;
  }

  /** As it is now, or was when last somebody looked. */
  public synchronized int now() {
    return now;
  }

  /** It has become this. */
  public synchronized void set(int columns) {
    now = columns;
    notifyAll();
  }

  /**
   * Waits until it is another than this one, and at most so long.
   *
   * @return whether it is another
   */
  public synchronized boolean becomesOther(int than, long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; now == than && left > 0; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return now != than;
  }
}

package replctl.cli;

import java.util.concurrent.TimeUnit;

/** How much a terminal shows, which whoever sits before it may change. */
public final class Extent {
  private Size now;

  /**
   * So many characters beside and below each other.
   *
   * @param columns 0 when unknown
   * @param rows 0 when unknown
   */
  public record Size(int columns, int rows) {
    /** That of what is no terminal. */
    public static final Size UNKNOWN = new Size(0, 0);
  }

  /**
   * @param now as it is at first
   */
  public Extent(Size now) {
    this.now = now;
  }

  /** As it is now, or was when last somebody looked. */
  public synchronized Size now() {
    return now;
  }

  /** It has become this. */
  public synchronized void set(Size size) {
    now = size;
    notifyAll();
  }

  /**
   * Waits until it is another than this one, and at most so long.
   *
   * @return whether it is another
   */
  public synchronized boolean becomesOther(Size than, long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; now.equals(than) && left > 0; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !now.equals(than);
  }
}

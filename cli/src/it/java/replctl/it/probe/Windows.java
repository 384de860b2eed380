package replctl.it.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** When a node was surely writable: from the end of one question to the start of a later one. */
public final class Windows {
  /** Between two times of the monotonic clock, in ns. */
  private record Window(long from, long to) {}

  private final List<Window> closed = new ArrayList<>();
  private long from;
  private long to;
  private boolean open;

  /** A question, sent and answered at these times, and whether the answer was "writable". */
  public synchronized void add(long sent, long answered, boolean writable) {
    if (writable && !open) {
      from = answered;
      to = answered;
      open = true;
    } else if (writable) {
      to = sent;
    } else {
      close();
    }
  }

  /** The node does not answer, or says no: the last yes was the end. */
  public synchronized void close() {
    if (open && to > from) {
      closed.add(new Window(from, to));
    }
    open = false;
  }

  private synchronized List<Window> all() {
    List<Window> all = new ArrayList<>(closed);
    if (open && to > from) {
      all.add(new Window(from, to));
    }
    return all;
  }

  /** How long two of them were writable at once, in ns. */
  public static long overlap(Collection<Windows> nodes) {
    List<List<Window>> all = nodes.stream().map(Windows::all).toList();
    long sum = 0;
    for (int a = 0; a < all.size(); a++) {
      for (int b = a + 1; b < all.size(); b++) {
        for (Window x : all.get(a)) {
          for (Window y : all.get(b)) {
            sum += Math.max(0, Math.min(x.to(), y.to()) - Math.max(x.from(), y.from()));
          }
        }
      }
    }
    return sum;
  }
}

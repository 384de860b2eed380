package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Clients that write all the time, to whichever server takes it, and remember what was
 * acknowledged.
 */
public final class Clients {
  private final List<Long> acknowledged = new ArrayList<>();
  private final BitSet seen = new BitSet();
  private long last;
  private boolean writing = true;

  void writeTo(Collection<SimHost> hosts) {
    if (!writing) {
      return;
    }
    for (SimHost host : hosts) {
      if (!host.frozen() && host.server().answers()) {
        host.server().write(++last);
      }
    }
  }

  /** A server says that the write is safe. */
  public void acknowledge(long id) {
    if (!seen.get(Math.toIntExact(id))) {
      seen.set(Math.toIntExact(id));
      acknowledged.add(id);
    }
  }

  /** No more writes. */
  public void stop() {
    writing = false;
  }

  /** How many writes were acknowledged. */
  public int acknowledged() {
    return acknowledged.size();
  }

  /** Those that were acknowledged after so many. */
  List<Long> acknowledgedSince(int count) {
    return acknowledged.subList(count, acknowledged.size());
  }

  /** Acknowledged writes that the server has not got. */
  public List<Long> missing(SimServer leader) {
    Set<Long> there = leader.writes();
    return acknowledged.stream().filter(id -> !there.contains(id)).toList();
  }
}

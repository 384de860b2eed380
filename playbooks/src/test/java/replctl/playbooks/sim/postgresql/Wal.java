package replctl.playbooks.sim.postgresql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server's log, and the history of its timelines. Two logs are compared as PostgreSQL compares
 * them: by timeline and position, never by what is in them.
 */
final class Wal {
  static final long FIRST = 0x3000028L;
  private static final long WRITE_BYTES = 0x98;
  private static final long OWN_BYTES = 0x78;

  private final List<WalEntry> entries;
  private final NavigableMap<Integer, Long> forks;
  private int timeline;

  private Wal(List<WalEntry> entries, NavigableMap<Integer, Long> forks, int timeline) {
    this.entries = entries;
    this.forks = forks;
    this.timeline = timeline;
  }

  /** The log of a server that was just made. */
  static Wal fresh() {
    Wal wal = new Wal(new ArrayList<>(), new TreeMap<>(), 1);
    wal.append(0);
    return wal;
  }

  Wal copy() {
    return new Wal(new ArrayList<>(entries), new TreeMap<>(forks), timeline);
  }

  int timeline() {
    return timeline;
  }

  int size() {
    return entries.size();
  }

  List<WalEntry> entries() {
    return List.copyOf(entries);
  }

  /** What this log and that one have in common, as a log of its own. */
  Wal upToFork(Wal other) {
    int common = 0;
    while (common < Math.min(entries.size(), other.entries.size())
        && entries.get(common).equals(other.entries.get(common))) {
      common++;
    }
    List<WalEntry> shared = new ArrayList<>(entries.subList(0, common));
    int on = shared.get(common - 1).timeline();
    return new Wal(shared, new TreeMap<>(forks.headMap(on)), on);
  }

  WalEntry get(int index) {
    return entries.get(index);
  }

  long end() {
    return endOf(entries.size());
  }

  /** Where the first so many entries end. */
  long endOf(int count) {
    return count == 0 ? FIRST : entries.get(count - 1).end();
  }

  /** Adds an entry: a client's write, or with 0 one of the server's own. */
  WalEntry append(long write) {
    long start = end();
    WalEntry entry =
        new WalEntry(start, start + (write == 0 ? OWN_BYTES : WRITE_BYTES), timeline, write);
    entries.add(entry);
    return entry;
  }

  /** A promotion: a new timeline begins where this one ends, with its number as known here. */
  void fork() {
    forks.put(timeline, end());
    timeline++;
    append(0);
  }

  /**
   * Whether a receiver that has this log may stream from that one: its place must lie in the
   * other's history.
   */
  boolean continuesIn(Wal upstream) {
    if (timeline == upstream.timeline) {
      return end() <= upstream.end();
    }
    Long fork = upstream.forks.get(timeline);
    return fork != null && end() <= fork;
  }

  /** Takes over at most so many entries from an upstream in whose history this log continues. */
  int pull(Wal upstream, int upstreamHas, int most) {
    int at = Math.min(entries.size(), upstreamHas);
    while (at > 0 && upstream.entries.get(at - 1).end() > end()) {
      at--;
    }
    while (at < upstreamHas && upstream.entries.get(at).start() < end()) {
      at++;
    }
    int pulled = 0;
    for (; at < upstreamHas && pulled < most; at++, pulled++) {
      entries.add(upstream.entries.get(at));
    }
    if (pulled > 0) {
      timeline = Math.max(timeline, entries.get(entries.size() - 1).timeline());
      if (!upstream.forks.isEmpty()) {
        upstream.forks.headMap(timeline).forEach(forks::put);
      }
    }
    return pulled;
  }

  /** The clients' writes that are in it. */
  Set<Long> writes() {
    Set<Long> writes = new HashSet<>();
    for (WalEntry entry : entries) {
      writes.add(entry.write());
    }
    return writes;
  }

  /** Whether a client's write is in it: what is asked about is most often among the last. */
  boolean holds(long write) {
    for (int at = entries.size() - 1; at >= 0; at--) {
      if (entries.get(at).write() == write) {
        return true;
      }
    }
    return false;
  }

  /** Whether every entry here is also there, at the same place. */
  boolean isPrefixOf(Wal other) {
    if (entries.size() > other.entries.size()) {
      return false;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).equals(other.entries.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The timeline's history file. */
  String history() {
    StringBuilder text = new StringBuilder();
    forks
        .headMap(timeline)
        .forEach(
            (tli, lsn) -> text.append(tli).append('\t').append(lsn(lsn)).append("\tno recovery\n"));
    return text.toString();
  }

  /** A position as PostgreSQL writes it: {@code 0/3000028}. */
  static String lsn(long position) {
    return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFFFFFFL);
  }

  /** Reads a position. */
  static long position(String lsn) {
    int slash = lsn.indexOf('/');
    return Long.parseLong(lsn.substring(0, slash), 16) << 32
        | Long.parseLong(lsn.substring(slash + 1), 16);
  }
}

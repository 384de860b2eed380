package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a timeline comes from: each ancestor and the address at which it was left, oldest first.
 *
 * @param known false when the timeline's file could not be read: then nothing is known of what lies
 *     before it
 */
record TimelineHistory(boolean known, List<Fork> forks) {
  /** Of a timeline whose file could not be read. */
  static final TimelineHistory UNKNOWN = new TimelineHistory(false, List.of());

  /** Of the first timeline, which has no ancestors and no file. */
  static final TimelineHistory NONE = new TimelineHistory(true, List.of());

  /** PostgreSQL's own file: parent timeline, address, reason; divided by white space. */
  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9]{1,10})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(\\s.*)?");

  /** Longer histories than this were never seen. */
  private static final int MOST = 10_000;

  TimelineHistory {
    forks = List.copyOf(forks);
  }

  /**
   * One ancestor.
   *
   * @param end where it was left
   */
  record Fork(long timeline, Lsn end) {}

  /**
   * Reads the file of a timeline; UNKNOWN when there is none or it can't be right.
   *
   * @param timeline the timeline whose file it is
   */
  static TimelineHistory parse(long timeline, Optional<String> file) {
    if (file.isEmpty()) {
      return timeline == 1 ? NONE : UNKNOWN;
    }
    List<Fork> forks = new ArrayList<>();
    for (String line : file.get().split("\n")) {
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line.stripTrailing());
      if (!matcher.matches() || forks.size() == MOST) {
        return UNKNOWN;
      }
      long ancestor = Long.parseLong(matcher.group(1));
      Optional<Lsn> end = Lsn.parse(matcher.group(2));
      boolean rises = end.isPresent() && (forks.isEmpty() || follows(forks, ancestor, end.get()));
      if (!rises || ancestor < 1 || ancestor >= timeline) {
        return UNKNOWN;
      }
      forks.add(new Fork(ancestor, end.get()));
    }
    return forks.isEmpty() && timeline != 1 ? UNKNOWN : new TimelineHistory(true, forks);
  }

  private static boolean follows(List<Fork> forks, long ancestor, Lsn end) {
    Fork last = forks.get(forks.size() - 1);
    return ancestor > last.timeline() && end.compareTo(last.end()) >= 0;
  }
}

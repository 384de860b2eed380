package replctl.playbooks.engine.mysql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Global transaction identifiers, as {@code gtid_executed} and its like hold them: for each source
 * the numbers of its transactions. Text as MySQL prints and takes it (the manual, "GTID Format and
 * Storage", with the tags of 8.3 and later).
 *
 * @param runs numbers by source: in order, none empty, and none that touch
 */
public record GtidSet(SortedMap<Source, List<Run>> runs) {
  /** No transaction at all. */
  public static final GtidSet NONE = new GtidSet(new TreeMap<>());

  /** GTIDs end one before 2^63 - 1 (sql/rpl_gtid.h, GNO_END). */
  private static final long LAST = Long.MAX_VALUE - 1;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");
  private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,19}(-[0-9]{1,19})?");

  /**
   * Where transactions come from.
   *
   * @param uuid of a server, in lower case
   * @param tag in lower case; empty: none
   */
  public record Source(String uuid, String tag) implements Comparable<Source> {
    private static final Comparator<Source> ORDER =
        Comparator.comparing(Source::uuid).thenComparing(Source::tag);

    @Override
    public int compareTo(Source other) {
      return ORDER.compare(this, other);
    }
  }

  /** Numbers in a row, both ends included. */
  public record Run(long first, long last) {
    long size() {
      return last - first + 1;
    }
  }

  public GtidSet {
    SortedMap<Source, List<Run>> copy = new TreeMap<>();
    runs.forEach(
        (source, list) -> {
          if (!list.isEmpty()) {
            copy.put(source, merged(list));
          }
        });
    runs = Collections.unmodifiableSortedMap(copy);
  }

  /** Reads what a server says; empty where it is no such set. */
  public static Optional<GtidSet> parse(String text) {
    SortedMap<Source, List<Run>> runs = new TreeMap<>();
    for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (!part.isBlank() && !read(part.strip(), runs)) {
        return Optional.empty();
      }
    }
    return Optional.of(new GtidSet(runs));
  }

  /** {@code UUID[:TAG]:N[-M]...}; a tag stands before its numbers, and holds until the next. */
  private static boolean read(String part, Map<Source, List<Run>> runs) {
    String[] words = part.split(":", -1);
    if (words.length < 2 || !UUID.matcher(words[0].strip()).matches()) {
      return false;
    }
    Source source = new Source(words[0].strip(), "");
    boolean tagged = false;
    for (int i = 1; i < words.length; i++) {
      String word = words[i].strip();
      if (TAG.matcher(word).matches()) {
        if (tagged) {
          return false;
        }
        source = new Source(source.uuid(), word);
        tagged = true;
      } else {
        Optional<Run> run = run(word);
        if (run.isEmpty()) {
          return false;
        }
        // MySQL takes 5-3 for no number at all.
        if (run.get().first() <= run.get().last()) {
          runs.computeIfAbsent(source, s -> new ArrayList<>()).add(run.get());
        }
        tagged = false;
      }
    }
    return !tagged;
  }

  private static Optional<Run> run(String word) {
    if (!NUMBERS.matcher(word).matches()) {
      return Optional.empty();
    }
    try {
      int dash = word.indexOf('-');
      long first = Long.parseLong(dash < 0 ? word : word.substring(0, dash));
      long last = dash < 0 ? first : Long.parseLong(word.substring(dash + 1));
      boolean numbers = first >= 1 && first <= LAST && last >= 1 && last <= LAST;
      return numbers ? Optional.of(new Run(first, last)) : Optional.empty();
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }

  private static List<Run> merged(List<Run> list) {
    List<Run> sorted = new ArrayList<>(list);
    sorted.sort(Comparator.comparingLong(Run::first));
    List<Run> merged = new ArrayList<>();
    for (Run run : sorted) {
      int end = merged.size() - 1;
      if (end >= 0 && run.first() <= merged.get(end).last() + 1) {
        Run before = merged.get(end);
        merged.set(end, new Run(before.first(), Math.max(before.last(), run.last())));
      } else {
        merged.add(run);
      }
    }
    return Collections.unmodifiableList(merged);
  }

  /** What is in either. */
  public GtidSet with(GtidSet other) {
    SortedMap<Source, List<Run>> all = new TreeMap<>();
    runs.forEach((source, list) -> all.put(source, new ArrayList<>(list)));
    other.runs.forEach(
        (source, list) -> all.computeIfAbsent(source, s -> new ArrayList<>()).addAll(list));
    return new GtidSet(all);
  }

  /** What is in this one and not in that. */
  public GtidSet without(GtidSet other) {
    SortedMap<Source, List<Run>> left = new TreeMap<>();
    runs.forEach(
        (source, list) ->
            left.put(source, without(list, other.runs.getOrDefault(source, List.of()))));
    return new GtidSet(left);
  }

  private static List<Run> without(List<Run> list, List<Run> gone) {
    List<Run> left = new ArrayList<>();
    int next = 0;
    for (Run run : list) {
      long from = run.first();
      // One that ends before this run can't matter to those after it either.
      while (next < gone.size() && gone.get(next).last() < from) {
        next++;
      }
      for (int i = next; i < gone.size() && gone.get(i).first() <= run.last(); i++) {
        if (gone.get(i).first() > from) {
          left.add(new Run(from, gone.get(i).first() - 1));
        }
        from = Math.max(from, gone.get(i).last() + 1);
      }
      if (from <= run.last()) {
        left.add(new Run(from, run.last()));
      }
    }
    return left;
  }

  /** Whether all of that one is in this. */
  public boolean contains(GtidSet other) {
    return other.without(this).isEmpty();
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many transactions; {@link Long#MAX_VALUE} where they are more than that. */
  public long count() {
    long count = 0;
    for (List<Run> list : runs.values()) {
      for (Run run : list) {
        count = count > Long.MAX_VALUE - run.size() ? Long.MAX_VALUE : count + run.size();
      }
    }
    return count;
  }

  /** Only what comes from that server, with any tag. */
  public GtidSet of(String uuid) {
    SortedMap<Source, List<Run>> of = new TreeMap<>();
    runs.forEach(
        (source, list) -> {
          if (source.uuid().equals(uuid)) {
            of.put(source, list);
          }
        });
    return new GtidSet(of);
  }

  /** As MySQL prints it, on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String uuid = "";
    for (Map.Entry<Source, List<Run>> entry : runs.entrySet()) {
      Source source = entry.getKey();
      if (!source.uuid().equals(uuid)) {
        text.append(text.isEmpty() ? "" : ",").append(source.uuid());
        uuid = source.uuid();
      }
      text.append(source.tag().isEmpty() ? "" : ":" + source.tag());
      for (Run run : entry.getValue()) {
        text.append(':').append(run.first());
        text.append(run.last() == run.first() ? "" : "-" + run.last());
      }
    }
    return text.toString();
  }
}

package replctl.playbooks.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import replctl.inventory.ClusterName;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.plan.Retention;
import replctl.playbooks.world.Store;

/**
 * The journals of a cluster's operations, on the operator's host: a file each, the plan in the
 * first line, an entry in every further one. A line is on the disk before what it announces is
 * begun.
 */
public final class Journal {
  private static final ObjectReader READER = new ObjectMapper().reader();

  /** What can be the name of one: others are typed, and no file is looked for. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,90}");

  /** Bytes in which the last line is looked for. */
  private static final int LAST_LINE = 16 << 10;

  /** Of that many the last line is read when an operation ends. */
  private static final int MOST_PRUNED = 1000;

  private final Store store;
  private final ClusterName cluster;

  public Journal(Store store, ClusterName cluster) {
    this.store = store;
    this.cluster = cluster;
  }

  /** Writes the plan of a new operation. */
  public void open(Plan plan) {
    store.append(file(plan.op()), PlanJson.write(plan).toString());
  }

  /** Adds an entry, and returns when it is on the disk. */
  public void add(String op, Entry entry) {
    store.append(file(op), EntryJson.write(entry).toString());
  }

  /** The whole lines of an operation's journal; none when there is none of that name. */
  public List<String> lines(String op) {
    String text = text(op).orElse("");
    List<String> lines = text.lines().toList();
    return text.isEmpty() || text.endsWith("\n") ? lines : lines.subList(0, lines.size() - 1);
  }

  /**
   * Whether these lines, behind those that are here, are still a journal of that operation.
   *
   * @throws UnreadableJournal when they are not
   */
  public void check(String op, List<String> more) {
    List<String> all = new ArrayList<>(lines(op));
    if (all.isEmpty()) {
      all.addAll(more);
    } else {
      // What stands between says that the process which wrote the last of them is gone.
      all.add(EntryJson.write(new Entry.Gap(Instant.EPOCH, false)).toString());
      all.addAll(more);
    }
    parse(op, String.join("\n", all) + "\n");
  }

  /** Writes a journal that was kept elsewhere. */
  public void take(String op, List<String> lines) {
    lines.forEach(line -> store.append(file(op), line));
  }

  /** The names of all operations, oldest first. */
  public List<String> operations() {
    return store.list(folder()).stream()
        .filter(name -> name.endsWith(".jsonl"))
        .map(name -> name.substring(0, name.length() - ".jsonl".length()))
        .toList();
  }

  /**
   * An operation as recorded; empty when there is none of that name.
   *
   * @throws UnreadableJournal when the file can't be read as a journal. A line that was cut off by
   *     a crash is not counted as one.
   */
  public Optional<Recorded> read(String op) {
    return text(op).flatMap(text -> parse(op, text));
  }

  private Optional<String> text(String op) {
    return NAME.matcher(op).matches() ? store.read(file(op)) : Optional.empty();
  }

  /** The latest operation that is not over. */
  public Optional<Recorded> unfinished() {
    return latestFirst().findFirst();
  }

  /** All operations that are not over, the latest first. */
  public List<Recorded> open() {
    return latestFirst().toList();
  }

  private Stream<Recorded> latestFirst() {
    List<String> all = operations();
    return IntStream.iterate(all.size() - 1, i -> i >= 0, i -> i - 1)
        .mapToObj(all::get)
        .filter(op -> !isOver(op))
        .flatMap(op -> read(op).stream())
        .filter(Recorded::open);
  }

  /**
   * Removes what need not be kept, the oldest first and a part of them at a time: nobody waits for
   * all of them.
   *
   * @param spared one that stays in any case
   */
  public void prune(Retention kept, Optional<String> spared) {
    List<String> all = operations();
    all.subList(0, Math.max(0, all.size() - kept.newest())).stream()
        .filter(op -> NAME.matcher(op).matches() && kept.isOld(op))
        .limit(MOST_PRUNED)
        .filter(op -> spared.filter(op::equals).isEmpty() && isOver(op))
        .forEach(op -> store.remove(file(op)));
  }

  /** By its last line alone: thousands are over, and none of these is read to find the others. */
  private boolean isOver(String op) {
    String end = store.tail(file(op), LAST_LINE).orElse("");
    int from = end.lastIndexOf('\n', end.length() - 2);
    if (from < 0 || !end.endsWith("\n")) {
      return false;
    }
    try {
      return parse(end.substring(from + 1)).map(EntryJson::read).orElse(null)
              instanceof Entry.Ended ended
          && ended.ending() != Entry.Ending.INCOMPLETE;
    } catch (RuntimeException unreadable) {
      // Reading all of it says what is wrong.
      return false;
    }
  }

  private Optional<Recorded> parse(String op, String text) {
    List<String> lines = text.lines().toList();
    int whole = text.endsWith("\n") ? lines.size() : lines.size() - 1;
    List<Entry> entries = new ArrayList<>();
    Plan plan = null;
    OptionalInt cut = OptionalInt.empty();
    for (int i = 0; i < whole; i++) {
      Optional<JsonNode> line = parse(lines.get(i));
      if (line.isEmpty()) {
        cut = cut.isPresent() ? cut : OptionalInt.of(i);
        continue;
      }
      try {
        if (i == 0) {
          plan = ours(op, PlanJson.read(line.get()));
        } else {
          entries.add(EntryJson.read(line.get()));
        }
      } catch (RuntimeException unreadable) {
        throw new UnreadableJournal(cluster, op, i + 1, unreadable.getMessage(), unreadable);
      }
      if (cut.isPresent() && !takesUp(entries)) {
        throw new UnreadableJournal(cluster, op, cut.getAsInt() + 1, "it is no JSON", null);
      }
      cut = OptionalInt.empty();
    }
    return plan == null ? Optional.empty() : Optional.of(Recorded.of(plan, entries));
  }

  /** A file that was moved or copied here tells of another operation's steps. */
  private Plan ours(String op, Plan plan) {
    if (!plan.op().equals(op) || !plan.cluster().equals(cluster)) {
      throw new IllegalArgumentException(
          "it is the journal of " + plan.op() + " of " + plan.cluster());
    }
    return plan;
  }

  /**
   * A process that dies within a line leaves half of it, and the next one takes the operation up.
   */
  private static boolean takesUp(List<Entry> entries) {
    Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
    return last instanceof Entry.Begun || last instanceof Entry.Gap;
  }

  private static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(READER.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  private String folder() {
    return "operations/" + cluster.value();
  }

  private String file(String op) {
    return folder() + "/" + op + ".jsonl";
  }
}

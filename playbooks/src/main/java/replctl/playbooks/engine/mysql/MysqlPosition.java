package replctl.playbooks.engine.mysql;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.Position;

/**
 * A set of transactions. One is before another when all of it is in the other, and they have parted
 * where one has what was not made by the other's leader; how many bytes lie between is not known
 * from the sets.
 *
 * @param own those of them that neither the leader has nor its server made
 * @param errant those of them that are certain to have been written while another server led
 */
public record MysqlPosition(GtidSet transactions, GtidSet own, GtidSet errant) implements Position {
  /** One with nothing of its own. */
  public MysqlPosition(GtidSet transactions) {
    this(transactions, GtidSet.NONE, GtidSet.NONE);
  }

  /** Characters of a UUID that are shown where there is little room. */
  private static final int UUID_SHOWN = 8;

  /** A position by its text; empty where it can't be read. */
  public static Optional<MysqlPosition> of(String text) {
    return GtidSet.parse(text).map(MysqlPosition::new);
  }

  @Override
  public Order compare(Position other) {
    if (!(other instanceof MysqlPosition that)) {
      return Order.DIVERGED;
    }
    if (!that.transactions.contains(own) || !transactions.contains(that.own)) {
      return Order.DIVERGED;
    }
    boolean has = transactions.contains(that.transactions);
    boolean lacks = !that.transactions.contains(transactions);
    if (has) {
      return lacks ? Order.AFTER : Order.EQUAL;
    }
    return lacks ? Order.DIVERGED : Order.BEFORE;
  }

  @Override
  public Position shared() {
    return errant.isEmpty()
        ? this
        : new MysqlPosition(transactions.without(errant), own.without(errant), GtidSet.NONE);
  }

  @Override
  public OptionalLong bytesPast(Position other) {
    return OptionalLong.empty();
  }

  /** In transactions: sets do not tell how large they are. */
  @Override
  public Gap past(Position other) {
    return other instanceof MysqlPosition that
        ? Gap.ofTransactions(transactions.without(that.transactions).count())
        : Gap.UNKNOWN;
  }

  @Override
  public String text() {
    return transactions.toString();
  }

  /** The numbers of the source with most of them, and how many sources there are besides. */
  @Override
  public String brief() {
    Optional<Map.Entry<GtidSet.Source, List<GtidSet.Run>>> most =
        transactions.runs().entrySet().stream().max(Comparator.comparingLong(e -> count(e)));
    int others = transactions.runs().size() - 1;
    return most.map(e -> brief(e) + (others > 0 ? " +" + others : "")).orElse("");
  }

  private static long count(Map.Entry<GtidSet.Source, List<GtidSet.Run>> entry) {
    return entry.getValue().stream().mapToLong(GtidSet.Run::size).sum();
  }

  private static String brief(Map.Entry<GtidSet.Source, List<GtidSet.Run>> entry) {
    List<GtidSet.Run> runs = entry.getValue();
    GtidSet.Run last = runs.get(runs.size() - 1);
    String numbers = last.size() == 1 ? "" + last.last() : last.first() + "-" + last.last();
    return entry.getKey().uuid().substring(0, UUID_SHOWN)
        + ':'
        + (runs.size() > 1 ? "...:" : "")
        + numbers;
  }
}

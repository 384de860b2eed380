package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.engine.postgresql.TimelineHistory.Fork;
import replctl.playbooks.snapshot.Position;

/**
 * An address on a timeline, with that timeline's history. It stands for all bytes of log up to it:
 * one position is before another when its bytes are a beginning of the other's, and they are
 * diverged when neither is. So positions on different timelines are equal where one timeline was
 * left just where the other began.
 *
 * <p>A timeline whose history is unknown is compared with its like only. Two servers that were
 * promoted at the same address to the same timeline can't be told apart by position.
 *
 * @param timeline from 1
 */
public record PostgresqlPosition(long timeline, Lsn lsn, TimelineHistory history)
    implements Position {
  /** Bytes of one timeline, up to an address. */
  private record Stretch(long timeline, Lsn end) {
    /** By hand, as in Lsn. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Stretch that && that.timeline == timeline && that.end.equals(end);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(timeline) * 31 + end.hashCode();
    }
  }

  public PostgresqlPosition {
    if (timeline < 1) {
      throw new IllegalArgumentException("no timeline: " + timeline);
    }
  }

  /** A position by its texts; empty when one of them can't be read. */
  public static Optional<PostgresqlPosition> of(
      long timeline, String lsn, Optional<String> historyFile) {
    if (timeline < 1 || timeline > 0xFFFFFFFFL) {
      return Optional.empty();
    }
    return Lsn.parse(lsn)
        .map(
            at ->
                new PostgresqlPosition(timeline, at, TimelineHistory.parse(timeline, historyFile)));
  }

  @Override
  public Order compare(Position other) {
    if (!(other instanceof PostgresqlPosition that)) {
      return Order.DIVERGED;
    }
    Lsn shorter = lsn.compareTo(that.lsn) <= 0 ? lsn : that.lsn;
    if (!upTo(shorter).equals(that.upTo(shorter))) {
      return Order.DIVERGED;
    }
    int order = lsn.compareTo(that.lsn);
    return order < 0 ? Order.BEFORE : order > 0 ? Order.AFTER : Order.EQUAL;
  }

  @Override
  public OptionalLong bytesPast(Position other) {
    return other instanceof PostgresqlPosition that && compare(that) != Order.DIVERGED
        ? lsn.minus(that.lsn)
        : OptionalLong.empty();
  }

  /** The last address that both have; empty when they are not diverged, or nothing is common. */
  Optional<Lsn> partedAt(PostgresqlPosition that) {
    if (compare(that) != Order.DIVERGED || history.known() != that.history.known()) {
      return Optional.empty();
    }
    Lsn shorter = lsn.compareTo(that.lsn) <= 0 ? lsn : that.lsn;
    List<Stretch> here = upTo(shorter);
    List<Stretch> there = that.upTo(shorter);
    Optional<Lsn> parted = Optional.empty();
    for (int i = 0; i < Math.min(here.size(), there.size()); i++) {
      if (here.get(i).timeline() != there.get(i).timeline()) {
        break;
      }
      Lsn a = here.get(i).end();
      Lsn b = there.get(i).end();
      parted = Optional.of(a.compareTo(b) <= 0 ? a : b);
      if (!a.equals(b)) {
        break;
      }
    }
    return parted;
  }

  /** The same timeline, another address. */
  PostgresqlPosition at(Lsn other) {
    return new PostgresqlPosition(timeline, other, history);
  }

  /** Which timeline each byte up to there belongs to; timelines without a byte are left out. */
  private List<Stretch> upTo(Lsn end) {
    List<Stretch> path = new ArrayList<>();
    if (!history.known()) {
      // A beginning that is like no other.
      path.add(new Stretch(0, new Lsn(1)));
    }
    Optional<Lsn> begin = Optional.empty();
    List<Fork> all = new ArrayList<>(history.forks());
    all.add(new Fork(timeline, end));
    for (Fork fork : all) {
      Lsn last = fork.end().compareTo(end) < 0 ? fork.end() : end;
      if (begin.isEmpty() || last.compareTo(begin.get()) > 0) {
        path.add(new Stretch(fork.timeline(), last));
        begin = Optional.of(last);
      }
    }
    return path;
  }

  @Override
  public String text() {
    return lsn.toString();
  }

  @Override
  public String toString() {
    return "timeline " + timeline + " at " + lsn;
  }
}

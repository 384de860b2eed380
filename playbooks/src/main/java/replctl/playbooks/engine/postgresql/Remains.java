package replctl.playbooks.engine.postgresql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.postgresql.Parting.Stretch;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;

/** What a node that is to rejoin has, seen beside what its leader has. Pure. */
record Remains(RejoinGoal goal) {
  private static final long SEGMENT = 16L << 20;

  Facts node() {
    return goal.site().facts(goal.node());
  }

  Facts leader() {
    return goal.site().facts(goal.leader());
  }

  Facts from() {
    return goal.site().facts(goal.from());
  }

  NodeName name() {
    return goal.node();
  }

  boolean absent() {
    return goal.seen().presence() == Presence.ABSENT;
  }

  boolean stopped() {
    return goal.seen().presence() == Presence.STOPPED;
  }

  /** Whether a rewind was cut off after it had begun to change data. */
  boolean broken() {
    return node().text("rewinding").equals(Optional.of("changing"));
  }

  /** Bytes of a segment of the log. */
  long segment() {
    long bytes = node().number("control.wal_segment_bytes").orElse(SEGMENT);
    return bytes > 0 && Long.bitCount(bytes) == 1 ? bytes : SEGMENT;
  }

  OptionalLong timeline() {
    return node().number("timeline");
  }

  OptionalLong leaderTimeline() {
    return leader().number("timeline");
  }

  TimelineHistory leaderHistory() {
    return history(leader());
  }

  /** Of a node whose timeline the leader's history left: the timeline that goes on there. */
  OptionalLong next() {
    if (byFiles().filter(p -> !p.branched()).flatMap(Parting::fork).isEmpty()) {
      return OptionalLong.empty();
    }
    return LongStream.concat(
            leaderHistory().forks().stream().mapToLong(TimelineHistory.Fork::timeline),
            leaderTimeline().stream())
        .dropWhile(t -> t != timeline().orElse(0))
        .skip(1)
        .findFirst();
  }

  private static TimelineHistory history(Facts facts) {
    OptionalLong timeline = facts.number("timeline");
    boolean own = timeline.isPresent() && timeline.equals(facts.number("history.timeline"));
    return own
        ? TimelineHistory.parse(timeline.getAsLong(), facts.text("history.text"))
        : TimelineHistory.UNKNOWN;
  }

  /** Where the histories part by their files alone; empty where that can't be told. */
  Optional<Parting> byFiles() {
    if (absent() || timeline().isEmpty() || leaderTimeline().isEmpty()) {
      return Optional.empty();
    }
    return Parting.of(
        timeline().getAsLong(), history(node()), leaderTimeline().getAsLong(), leaderHistory());
  }

  /** The same, once the logs were compared too. */
  Optional<Parting> parting() {
    Optional<Parting> files = byFiles();
    if (files.isEmpty() || !unlike()) {
      return files;
    }
    // One number, two histories: nobody knows where they parted. It may be right at its beginning.
    Lsn start = beginning();
    return Optional.of(
        new Parting(
            Optional.of(start),
            List.of(new Stretch(timeline().orElse(1), start, Optional.empty())),
            true));
  }

  /** Whether its log says something else than the leader's where both go by one timeline. */
  boolean unlike() {
    return byFiles().filter(p -> !p.branched()).isPresent()
        && (from().text("tip").equals(Optional.of("other")) || ahead());
  }

  /** Whether the ends of both logs were compared, and are the same. */
  boolean alike() {
    return from().text("tip").equals(Optional.of("same"));
  }

  /** A stopped server gets no further, and the leader only grows. */
  boolean ahead() {
    Optional<Lsn> last = lsn(node(), "log.last");
    Optional<Lsn> there = lsn(leader(), "lsn.write");
    return stopped()
        && byFiles().filter(p -> p.fork().isEmpty()).isPresent()
        && last.isPresent()
        && there.isPresent()
        && last.get().compareTo(there.get()) >= 0;
  }

  private Lsn beginning() {
    List<TimelineHistory.Fork> forks = history(node()).forks();
    if (!forks.isEmpty()) {
      return forks.get(forks.size() - 1).end();
    }
    long oldest = node().number("log.oldest").orElse(1);
    return new Lsn(Math.max(1, oldest) * segment());
  }

  /** Which of its log is to be read: what it alone has, or, where that may be nothing, its end. */
  String scan() {
    Optional<Parting> files = byFiles();
    if (files.isEmpty()) {
      return "";
    }
    if (files.get().branched()) {
      return files.get().scan();
    }
    Optional<Lsn> reach = reach();
    if (reach.isEmpty()) {
      return files.get().scan();
    }
    Lsn start = files.get().fork().filter(f -> f.compareTo(reach.get()) < 0).orElse(reach.get());
    return new Stretch(timeline().orElse(1), start, Optional.empty()).toString();
  }

  /** An address that its log reaches for certain, at which a record begins. */
  Optional<Lsn> reach() {
    return Stream.of("control.checkpoint_lsn", "control.min_recovery_lsn", "lsn.replay")
        .flatMap(fact -> lsn(node(), fact).stream())
        .max(Lsn::compareTo);
  }

  /** The address from which on it needs log of the other's. */
  Optional<Lsn> needs() {
    Optional<Lsn> last = lsn(node(), "log.last");
    return last.isPresent() ? last : reach();
  }

  static Optional<Lsn> lsn(Facts facts, String name) {
    return facts.text(name).flatMap(Lsn::parse);
  }

  boolean logWasRead() {
    return node().number("tail.records").isPresent();
  }

  /**
   * Whether there may be more in its log than was found: it took too long, or some of it is gone.
   */
  boolean readInPart() {
    return node().truth("tail.more").orElse(false) || logIsGone();
  }

  /** Whether some of its own log that may be beyond the fork is not there any more. */
  boolean logIsGone() {
    return node().truth("tail.gone").orElse(false);
  }

  long records() {
    return node().number("tail.records").orElse(0);
  }

  long transactions() {
    return node().number("tail.transactions").orElse(0);
  }

  /** Whether it has something that the leader has not, or may have. */
  boolean hasTail() {
    return !absent()
        && (unlike()
            || records() > 0
            || (readInPart() && parting().filter(p -> p.fork().isPresent()).isPresent())
            || parting().filter(Parting::branched).isPresent());
  }

  /** Whether its data folder can be renamed, and a copy made beside it. */
  boolean canBeSetAside() {
    return node().truth("data.parent").orElse(false)
        && node().number("data.tablespaces").orElse(0) == 0;
  }

  /** Bytes that a copy takes, with a twentieth more. */
  OptionalLong copyTakes() {
    OptionalLong bytes = from().number("bytes");
    return bytes.isPresent()
        ? OptionalLong.of(bytes.getAsLong() + bytes.getAsLong() / 20)
        : OptionalLong.empty();
  }

  /** Bytes that are free where its data lies. */
  OptionalLong free() {
    for (int n = 1; n <= node().count("disk"); n++) {
      if (node().text("disk." + n + ".use").equals(Optional.of("data"))) {
        return node().number("disk." + n + ".free");
      }
    }
    return OptionalLong.empty();
  }

  /** Whether there is room for a copy beside the old data; what is not known is not in the way. */
  boolean hasRoom() {
    return copyTakes().isEmpty()
        || free().isEmpty()
        || copyTakes().getAsLong() < free().getAsLong();
  }
}

package replctl.playbooks.snapshot;

import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.world.Facts;

/** What a host said of its epoch file (epoch.sh). */
public sealed interface EpochFile {
  /** The host did not answer. */
  EpochFile SILENT = new Silent();

  /** It did not answer, so it may have promised anything. */
  record Silent() implements EpochFile {}

  /** There is none: the host has no vote. */
  record None() implements EpochFile {}

  /** It can't be relied on: damaged, of another host, of a newer replctl. */
  record Unreadable(String why) implements EpochFile {}

  /**
   * What it says.
   *
   * @param votes whether its word counts; not where the host may have forgotten what it promised
   * @param promised the newest epoch that it promised
   * @param operation to whom
   * @param open whether that operation is not over
   * @param holder who runs it, for people
   * @param heartbeat ms since it was last at work there, by the host's own clock
   * @param leader the newest leader record that reached it
   * @param maintained ms since it knows of the maintenance in that record, by the host's own clock
   */
  record Known(
      boolean votes,
      long promised,
      String operation,
      boolean open,
      String holder,
      OptionalLong heartbeat,
      Optional<LeaderRecord> leader,
      OptionalLong maintained)
      implements EpochFile {
    /** One that does not say since when it knows of a maintenance. */
    public Known(
        boolean votes,
        long promised,
        String operation,
        boolean open,
        String holder,
        OptionalLong heartbeat,
        Optional<LeaderRecord> leader) {
      this(votes, promised, operation, open, holder, heartbeat, leader, OptionalLong.empty());
    }
  }

  /** What a survey's, or a voter's own, answer says of it. */
  static EpochFile of(Facts facts) {
    String state = facts.text("epoch.state").orElse("");
    OptionalLong promised = facts.number("epoch.promise");
    if (state.isEmpty()) {
      return SILENT;
    }
    if (state.equals("none")) {
      return new None();
    }
    if (!state.equals("read") || promised.isEmpty() || promised.getAsLong() < 0) {
      return new Unreadable(facts.text("epoch.why").orElse("its host said nothing of it"));
    }
    Optional<String> text = facts.text("epoch.record");
    Optional<LeaderRecord> leader = text.flatMap(RecordJson::read);
    if (text.isPresent() && leader.isEmpty()) {
      return new Unreadable("the leader record in it can't be read");
    }
    return new Known(
        facts.truth("epoch.votes").orElse(false),
        promised.getAsLong(),
        facts.text("epoch.operation").orElse(""),
        facts.truth("epoch.open").orElse(true),
        facts.text("epoch.holder").orElse("unknown"),
        facts.number("epoch.heartbeat_ms"),
        leader,
        facts.number("epoch.maintenance_ms"));
  }
}

package replctl.playbooks.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;

/**
 * What a leader waits for before it acknowledges a write.
 *
 * @param needed how many followers must have the write; 0: none
 * @param level what they must have done with it
 * @param inOrder whether those that stand first in {@code ackers} are waited for, not just any
 * @param ackers nodes whose word counts, in the server's order
 * @param strangers names whose word counts and that belong to no node of the inventory
 * @param anybody whether the word of every follower counts, whatever its name
 * @param present names of those that count and receive at this moment, by the leader's word: nodes
 *     whose host does not answer here too
 * @param patience how long a write waits: then the server by itself waits for nobody until its
 *     followers have caught up; empty: for ever
 */
public record Acks(
    int needed,
    Level level,
    boolean inOrder,
    List<NodeName> ackers,
    List<String> strangers,
    boolean anybody,
    List<String> present,
    Optional<Duration> patience) {
  /** Nobody is waited for. */
  public static final Acks NONE =
      new Acks(0, Level.LEADER, false, List.of(), List.of(), false, List.of());

  /** A write waits for ever. */
  public Acks(
      int needed,
      Level level,
      boolean inOrder,
      List<NodeName> ackers,
      List<String> strangers,
      boolean anybody,
      List<String> present) {
    this(needed, level, inOrder, ackers, strangers, anybody, present, Optional.empty());
  }

  public Acks {
    ackers = List.copyOf(ackers);
    strangers = List.copyOf(strangers);
    present = List.copyOf(present);
  }

  /** The same, in which the word of these counts too. */
  public Acks with(List<NodeName> more) {
    List<NodeName> all = Stream.concat(ackers.stream(), more.stream()).distinct().toList();
    return new Acks(needed, level, inOrder, all, strangers, anybody, present, patience);
  }

  /** Whether writes wait now, because too few receive that must have them. */
  public boolean waiting() {
    return present.size() < needed;
  }

  /** The same, where a write waits so long at most. */
  public Acks within(Optional<Duration> most) {
    return new Acks(needed, level, inOrder, ackers, strangers, anybody, present, most);
  }

  /**
   * What of it may be written down, since it holds for every acknowledged write: nothing where the
   * server may have given up waiting without anybody's having seen it.
   */
  public Acks recorded() {
    return patience.isPresent() ? NONE : this;
  }

  /**
   * What an engine can wait for, by what is asked of it: MySQL can't wait until a write is applied.
   *
   * @param semiSync what those that are waited for have done with it
   * @param sync the same
   */
  public record Levels(Level semiSync, Level sync) {
    /** Whether that level is no less than what a mode means. */
    public boolean enough(Replication.Mode mode, Level level) {
      return switch (mode) {
        case ASYNC -> true;
        case SEMI_SYNC -> level.compareTo(semiSync) >= 0;
        case SYNC -> level.compareTo(sync) >= 0;
      };
    }

    /** Whether it is more than a mode means. */
    public boolean more(Replication.Mode mode, Level level) {
      return mode == Replication.Mode.SEMI_SYNC && level.compareTo(semiSync) > 0;
    }
  }

  /** Where a write is when it is acknowledged. */
  public enum Level {
    /** Not even on the leader's disk: a crash of the leader alone loses it. */
    NOWHERE,
    /** On the leader's disk. */
    LEADER,
    /** In the memory of the followers' hosts. */
    RECEIVED,
    /** On the followers' disks. */
    FLUSHED,
    /** Visible to queries on the followers. */
    APPLIED
  }
}

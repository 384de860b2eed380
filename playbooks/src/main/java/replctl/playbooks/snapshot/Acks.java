package replctl.playbooks.snapshot;

import java.util.List;
import replctl.inventory.NodeName;

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
 */
public record Acks(
    int needed,
    Level level,
    boolean inOrder,
    List<NodeName> ackers,
    List<String> strangers,
    boolean anybody,
    List<String> present) {
  /** Nobody is waited for. */
  public static final Acks NONE =
      new Acks(0, Level.LEADER, false, List.of(), List.of(), false, List.of());

  public Acks {
    ackers = List.copyOf(ackers);
    strangers = List.copyOf(strangers);
    present = List.copyOf(present);
  }

  /** Whether writes wait now, because too few receive that must have them. */
  public boolean waiting() {
    return present.size() < needed;
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

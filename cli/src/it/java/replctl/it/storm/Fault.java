package replctl.it.storm;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What befalls a cluster in one round, and what is typed then. Hosts whose disks have a size of
 * their own (REPLCTL_LAB_DISK) also lose what was not synced whenever their power goes.
 */
enum Fault {
  PLANNED("nothing: a switchover"),
  LEADER_POWER("the leader's host loses its power"),
  LEADER_FROZEN("the leader's host freezes"),
  LEADER_CABLE("the leader's network cable is out"),
  LEADER_ALONE("no follower reaches the leader"),
  LEADER_UNSEEN("the operator does not reach the leader"),
  LEADER_KILLED("the leader's server is killed"),
  LEADER_THAWS("the leader freezes, and thaws while it is replaced"),
  FOLLOWER_POWER("a follower's host loses its power"),
  CANDIDATE_POWER("the candidate loses its power in a switchover"),
  ALL_POWER("all hosts lose their power"),
  OPERATOR_KILLED("what carries a switchover out is killed"),
  RESCUER_KILLED("what carries a failover out is killed"),
  TWO_OPERATORS("two operators switch over at once"),
  LEADER_DEAF("nothing from the followers reaches the leader"),
  LEADER_MUTE("nothing from the leader reaches the followers"),
  LEADER_UNHEARD("in a switchover, no answer of the leader's host"),
  LEADER_UNTOLD("in a switchover, no word to the leader's host"),
  CANDIDATE_UNHEARD("in a switchover, no answer of the candidate's host"),
  CANDIDATE_UNTOLD("in a switchover, no word to the candidate's host"),
  SWITCHOVER_LOSSY("a switchover, a tenth of all packets being lost"),
  FAILOVER_LOSSY("a failover, a tenth of all packets being lost"),
  LEADER_SLOW("a switchover, the leader's cable being slow"),
  LEADER_FULL("the leader's disk is full"),
  LEADER_FILLS("the leader's disk is full, in a switchover"),
  CANDIDATE_FULL("the candidate's disk is full, before a switchover"),
  CANDIDATE_FILLS("the candidate's disk is full, in a switchover"),
  SUCCESSOR_FILLS("a follower's disk is full, in a failover"),
  ALL_FULL("all disks are full");

  /** Those that need disks of a size of their own. */
  private static final Set<Fault> OF_DISKS =
      Set.of(LEADER_FULL, LEADER_FILLS, CANDIDATE_FULL, CANDIDATE_FILLS, SUCCESSOR_FILLS, ALL_FULL);

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Those that can strike hosts of the lab as it is. */
  static List<Fault> possible() {
    boolean disks = !Objects.requireNonNullElse(System.getenv("REPLCTL_LAB_DISK"), "").isEmpty();
    return Stream.of(values()).filter(f -> disks || !OF_DISKS.contains(f)).toList();
  }
}

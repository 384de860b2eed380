package replctl.playbooks.epoch;

import java.util.Collection;
import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Voter;

/** How votes are counted. Pure. */
public final class Ballot {
  /**
   * Where no majority was seen, numbers jump to the next multiple of this: above any promise that
   * was not seen, since one operation raises the number by one.
   */
  public static final long JUMP = 1000;

  private Ballot() {}

  /** Whether these are more than half of all. */
  public static boolean majority(Collection<NodeName> granted, Collection<NodeName> voters) {
    long count = voters.stream().filter(granted::contains).count();
    return count * 2 > voters.size();
  }

  /** Whether these hosts have the majority of the votes. */
  public static boolean majority(Collection<NodeName> granted, Electorate electorate) {
    return majority(granted, electorate.voters().map(Voter::name).toList());
  }

  /**
   * Whether the promise holds: a majority granted it, or else every node that may lead has granted
   * it or has been closed, so that none of those that did not could lead under another one.
   */
  public static boolean holds(
      Collection<NodeName> granted, Collection<NodeName> closed, Electorate electorate) {
    List<NodeName> leading =
        electorate.hosts().stream().filter(Voter::mayLead).map(Voter::name).toList();
    return majority(granted, electorate)
        || (!leading.isEmpty()
            && leading.stream().allMatch(n -> granted.contains(n) || closed.contains(n)));
  }

  /** The number to ask for where no majority was seen. */
  public static long jumped(long epoch) {
    return (epoch / JUMP + 1) * JUMP;
  }
}

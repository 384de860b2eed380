package replctl.playbooks.epoch;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /**
   * Whether these hosts have the majority of the votes: where voters change, of those that there
   * were and of those that there will be. Changed one at a time, any two such majorities share a
   * host.
   */
  public static boolean majority(Collection<NodeName> granted, Electorate electorate) {
    return electorate.quorums().stream().allMatch(quorum -> majority(granted, quorum));
  }

  /**
   * Whether the promise holds: a majority granted it, or else every node that may lead has granted
   * it or has been closed, so that none of those that did not could lead under another one.
   */
  public static boolean holds(
      Collection<NodeName> granted, Collection<NodeName> closed, Electorate electorate) {
    Set<NodeName> leading =
        electorate.hosts().stream()
            .filter(Voter::mayLead)
            .map(Voter::name)
            .collect(Collectors.toCollection(TreeSet::new));
    // A voter that the inventory does not have may lead too: nobody can say.
    electorate.quorums().stream()
        .flatMap(List::stream)
        .filter(n -> electorate.host(n).findAny().isEmpty())
        .forEach(leading::add);
    return majority(granted, electorate)
        || (!leading.isEmpty()
            && leading.stream().allMatch(n -> granted.contains(n) || closed.contains(n)));
  }

  /** The number to ask for where no majority was seen. */
  public static long jumped(long epoch) {
    return (epoch / JUMP + 1) * JUMP;
  }
}

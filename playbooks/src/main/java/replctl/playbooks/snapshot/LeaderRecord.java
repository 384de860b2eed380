package replctl.playbooks.snapshot;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import replctl.inventory.NodeName;

/**
 * Who leads in an epoch. A majority of the voters has it on disk before it takes hold.
 *
 * @param epoch unique to the operation that wrote it
 * @param voters whose word counts from here on, whatever an inventory says
 * @param votersVersion raised with each change of the voters
 * @param ackers whose word counts for an acknowledged write, when that node leads
 * @param acks how many of them a write waits for; 0: none
 * @param closed nodes that were closed for it, and how: the words of a fence's strength
 * @param debts nodes that were closed from outside and have no marker of it yet
 */
public record LeaderRecord(
    long epoch,
    String operation,
    NodeName leader,
    List<NodeName> voters,
    int votersVersion,
    List<NodeName> ackers,
    int acks,
    SortedMap<NodeName, String> closed,
    List<NodeName> debts) {
  public LeaderRecord {
    voters = List.copyOf(voters);
    ackers = List.copyOf(ackers);
    closed = Collections.unmodifiableSortedMap(new TreeMap<>(closed));
    debts = List.copyOf(debts);
  }

  /** The same, written by another operation in another epoch. */
  public LeaderRecord in(long otherEpoch, String otherOperation) {
    return new LeaderRecord(
        otherEpoch, otherOperation, leader, voters, votersVersion, ackers, acks, closed, debts);
  }

  /** The same with these nodes closed. */
  public LeaderRecord closing(Map<NodeName, String> nodes, List<NodeName> owed) {
    return new LeaderRecord(
        epoch, operation, leader, voters, votersVersion, ackers, acks, new TreeMap<>(nodes), owed);
  }
}

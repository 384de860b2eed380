package replctl.playbooks.snapshot;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param lowered whether less is waited for than the inventory asks, on somebody's word
 * @param maintenance whether hands are to be kept off
 * @param revision which one of its epoch it is: one operation may write more than one, from 0
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
    List<NodeName> debts,
    Optional<Lowered> lowered,
    Optional<Maintenance> maintenance,
    int revision) {
  public LeaderRecord {
    voters = List.copyOf(voters);
    ackers = List.copyOf(ackers);
    closed = Collections.unmodifiableSortedMap(new TreeMap<>(closed));
    debts = List.copyOf(debts);
  }

  /** One of a cluster where nothing is lowered and no maintenance is. */
  public LeaderRecord(
      long epoch,
      String operation,
      NodeName leader,
      List<NodeName> voters,
      int votersVersion,
      List<NodeName> ackers,
      int acks,
      SortedMap<NodeName, String> closed,
      List<NodeName> debts) {
    this(
        epoch,
        operation,
        leader,
        voters,
        votersVersion,
        ackers,
        acks,
        closed,
        debts,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** The same, written by another operation in another epoch. */
  public LeaderRecord in(long otherEpoch, String otherOperation) {
    return new LeaderRecord(
        otherEpoch,
        otherOperation,
        leader,
        voters,
        votersVersion,
        ackers,
        acks,
        closed,
        debts,
        lowered,
        maintenance,
        revision);
  }

  /** The same, to be written in an epoch that is not known yet. */
  public LeaderRecord again() {
    return new LeaderRecord(
        0, "", leader, voters, votersVersion, ackers, acks, closed, debts, lowered, maintenance, 0);
  }

  /** The same of another leader. */
  public LeaderRecord ledBy(NodeName other) {
    return new LeaderRecord(
        epoch,
        operation,
        other,
        voters,
        votersVersion,
        ackers,
        acks,
        closed,
        debts,
        lowered,
        maintenance,
        revision);
  }

  /** The same with these voters; the version is raised where they are others. */
  public LeaderRecord voting(List<NodeName> others) {
    return new LeaderRecord(
        epoch,
        operation,
        leader,
        others,
        voters.equals(others) ? votersVersion : votersVersion + 1,
        ackers,
        acks,
        closed,
        debts,
        lowered,
        maintenance,
        revision);
  }

  /** The same, in which a write waits for that many of these. */
  public LeaderRecord awaiting(List<NodeName> others, int many) {
    return new LeaderRecord(
        epoch,
        operation,
        leader,
        voters,
        votersVersion,
        others,
        many,
        closed,
        debts,
        lowered,
        maintenance,
        revision);
  }

  /**
   * Whether a write that is on as many of those who acknowledge as this one says is on as many as
   * that one says, too: whoever acknowledged it may not count there any more.
   */
  public boolean vouchesFor(LeaderRecord other) {
    long gone = ackers.stream().filter(acker -> !other.ackers().contains(acker)).count();
    return other.acks() == 0 || acks - gone >= other.acks();
  }

  /** The same with these nodes closed. */
  public LeaderRecord closing(Map<NodeName, String> nodes, List<NodeName> owed) {
    return new LeaderRecord(
        epoch,
        operation,
        leader,
        voters,
        votersVersion,
        ackers,
        acks,
        new TreeMap<>(nodes),
        owed,
        lowered,
        maintenance,
        revision);
  }

  /** The same with less asked for, or with all of it again. */
  public LeaderRecord lowering(Optional<Lowered> other) {
    return new LeaderRecord(
        epoch,
        operation,
        leader,
        voters,
        votersVersion,
        ackers,
        acks,
        closed,
        debts,
        other,
        maintenance,
        revision);
  }

  /** The same with hands kept off, or not any more. */
  public LeaderRecord maintained(Optional<Maintenance> other) {
    return new LeaderRecord(
        epoch,
        operation,
        leader,
        voters,
        votersVersion,
        ackers,
        acks,
        closed,
        debts,
        lowered,
        other,
        revision);
  }

  /** The same, written after this one by the same operation. */
  public LeaderRecord next() {
    return new LeaderRecord(
        epoch,
        operation,
        leader,
        voters,
        votersVersion,
        ackers,
        acks,
        closed,
        debts,
        lowered,
        maintenance,
        revision + 1);
  }
}

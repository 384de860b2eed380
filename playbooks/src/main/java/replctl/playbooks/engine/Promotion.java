package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;

/** Steps that make a follower the leader when the old one is lost. */
public interface Promotion {
  /** A follower stops receiving and stands still, until it is told otherwise or thawed. */
  Step freeze(Site site, NodeName follower);

  /** A frozen follower gets what another frozen one has beyond it. */
  Step fetch(Site site, NodeName candidate, NodeName fullest);

  /** How what only the old leader's disk has is kept; empty: this engine knows no way. */
  Optional<Salvage> salvage();

  /**
   * What must be there before writes return.
   *
   * @param followers who will receive from the new leader
   */
  List<Lane> prepare(Site site, NodeName candidate, List<NodeName> followers);

  /** A frozen follower becomes the leader. */
  Step promote(Site site, NodeName candidate);

  /** The epoch's row in the data of the new leader. */
  Step epochRow(Site site, NodeName leader);

  /** What is tidied when followers follow. */
  List<Step> finish(Site site, NodeName leader);
}

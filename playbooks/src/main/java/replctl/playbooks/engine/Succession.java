package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;

/** Steps that hand leadership over. */
public interface Succession {
  /**
   * Why this candidate can't take over from this leader now, by rules that only the engine knows;
   * one sentence each. Empty: nothing speaks against it.
   */
  List<String> objections(Site site, NodeName from, NodeName to);

  /** What a write will wait for when that node leads, by its own configuration. */
  Acks acks(Site site, NodeName leading);

  /** What the operator should know of that does not stand in the way; one sentence each. */
  List<String> warnings(Site site, NodeName from, NodeName to);

  /**
   * What can be done while writes go on, so that it is not done while they wait.
   *
   * @param followers who will receive from the new leader, the old one among them
   */
  List<Lane> prepare(Site site, NodeName from, NodeName to, List<NodeName> followers);

  /**
   * The hand-over itself.
   *
   * @param others who will receive from the new leader, without the old one: told at once
   */
  Action.Handover handover(Site site, NodeName from, NodeName to, List<NodeName> others);

  /** Makes a follower receive from the new leader. */
  List<Step> repoint(Site site, NodeName follower, NodeName to);

  /** Brings the old leader, which closed cleanly, back as a follower. */
  List<Step> comeBack(Site site, NodeName old, NodeName to);

  /**
   * What is tidied when all follow.
   *
   * @param followers as in {@link #prepare}
   */
  List<Lane> finish(Site site, NodeName from, NodeName to, List<NodeName> followers);
}

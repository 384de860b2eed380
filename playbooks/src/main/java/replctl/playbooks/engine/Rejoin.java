package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.ScriptCall;

/** How a node that broke off, an old leader or a follower, comes back as a follower. */
public interface Rejoin {
  /**
   * What the node's host is asked beyond {@link Setup#question}; the answer's facts are added to
   * its others. Changes nothing.
   */
  ScriptCall remains(RejoinGoal goal);

  /**
   * What the host of the one to receive from is asked, once the node has answered; its answer's
   * facts are added to that host's others. Changes nothing.
   */
  ScriptCall supply(RejoinGoal goal);

  /** Whether it follows the one that it should, as it should: nothing is to be done then. */
  boolean follows(RejoinGoal goal);

  /** Why it can't be begun at all, by rules that only the engine knows. */
  Optional<Refusal> objection(RejoinGoal goal);

  /** The ways, with the reasons against each. */
  Ladder ladder(RejoinGoal goal);

  /**
   * The steps of one way, until the node streams.
   *
   * @param way the name of a rung that stands
   */
  List<Phase> phases(RejoinGoal goal, String way);

  /** What the node kept from its time as a leader and must not keep as a follower. */
  List<Step> tidy(RejoinGoal goal);

  /**
   * The leader's durability, where it waits for fewer than declared: never for fewer than before.
   */
  List<Step> durability(RejoinGoal goal);
}

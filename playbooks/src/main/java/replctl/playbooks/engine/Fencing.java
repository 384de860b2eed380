package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.ScriptCall;

/** What a node's own host does so that its server can't take writes, and how that is taken back. */
public interface Fencing {
  /** Finds where a node's server lies; empty where its host was surveyed and has said so. */
  Optional<Action.Look> look(Site site, NodeName node);

  /**
   * The cooperative stop: a start block first, then the server is stopped by all means that the
   * host has, then it is proven that none of its processes is left, and then it is made sure that
   * it comes up closed. Idempotent; its probe changes nothing.
   */
  ScriptCall stop(Site site, NodeName node);

  /**
   * What is owed of a node that was closed from outside: a start block, and that it comes up
   * closed. It stops nothing: of a server that runs it is refused.
   */
  ScriptCall block(Site site, NodeName node);

  /**
   * Takes the start block away. The server stays closed, and stopped where it is. Where its host
   * was not surveyed, {@link #look} finds what this call must be given besides.
   */
  ScriptCall lift(Site site, NodeName node);

  /** Waits until a follower's server answers that its host starts as it boots. */
  List<Step> back(Site site, NodeName follower);
}

package replctl.playbooks.engine;

import java.util.List;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.world.SecretRef;

/** Steps that renew what replctl's own logins are proven by. */
public interface Rotation {
  /** The passwords of replctl's accounts. */
  List<SecretRef> passwords(Site site, NodeName leader);

  /**
   * Servers let in with the new passwords, nodes and the operator's host log in with them, and
   * nobody is let in with the old ones any more. All of it can be taken back.
   */
  List<Phase> renewed(PasswordGoal goal);

  /** How the engine's scripts on those nodes are called. */
  StepMaker scripts(Site site, NodeName leader);

  /** What the operator should know before passwords are renewed; one sentence each. */
  List<String> warnings(PasswordGoal goal);
}

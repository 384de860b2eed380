package replctl.playbooks.engine;

import replctl.inventory.Cluster;
import replctl.inventory.EngineKind;
import replctl.inventory.Node;

/** A database engine: how it is asked, and the steps that change it. */
public interface Engine {
  EngineKind kind();

  /** How its nodes are asked. */
  Survey survey();

  /** What of its servers bites later. */
  Checkup checkup();

  /** What must be granted on a node, by the inventory alone. */
  Privileges privileges(Cluster cluster, Node node);

  /** Steps that set replication up. */
  Setup setup();

  /** Steps that make a follower the leader when the old one is lost. */
  Promotion promotion();

  /** Steps that hand leadership over. */
  Succession succession();

  /** What writes wait for. */
  Waiting waiting();

  /** Scripts that close a node on its own host. */
  Fencing fencing();

  /** Steps that open a leader which is stopped. */
  Opening opening();

  /** How a node that broke off comes back. */
  Rejoin rejoin();

  /** How clients say whom they want to talk to. */
  Connecting connecting();

  /** What is dropped when a node leaves. */
  Leaving leaving();

  /** Steps that restart and stop the servers of members. */
  Upkeep upkeep();

  /** Steps that renew passwords, and what certificates need of the engine. */
  Rotation rotation();

  /** How parameters of its servers are asked for and changed. */
  Parameters parameters();
}

package replctl.playbooks.engine;

import java.time.Instant;
import java.util.Map;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.ScriptCall;

/** How an engine's nodes are asked, and what the answers mean together. */
public interface Survey {
  /** What one node's host is asked; it changes nothing there. */
  ScriptCall question(Cluster cluster, Node node);

  /**
   * Puts the answers together: who follows whom, how far behind, and why. Pure. Answers are
   * untrusted: what can't be read is unknown.
   *
   * @param answers one for every node of the cluster
   */
  Snapshot read(Cluster cluster, Instant at, Map<NodeName, Answer> answers);
}

package replctl.playbooks.engine;

import java.util.List;
import java.util.Map;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;

/** What of an engine's servers does no harm today, and will at a change of leader or a restart. */
public interface Checkup {
  /**
   * What a node's host is asked beyond the survey; the answer's facts are added to the survey's
   * before {@link #of}. Changes nothing there.
   *
   * @param surveyed what the survey found
   */
  ScriptCall question(Cluster cluster, Node node, Facts surveyed);

  /**
   * By what the survey and the answers to {@link #question} have told. Pure. Of a server that did
   * not answer nothing is said.
   *
   * @return the nodes of which there is something to say
   */
  Map<NodeName, List<Finding>> of(Site site);
}

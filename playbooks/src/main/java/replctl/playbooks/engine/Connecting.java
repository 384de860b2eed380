package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;

/** How clients of an engine say whom they want to talk to. */
@FunctionalInterface
public interface Connecting {
  /**
   * Texts that lead clients to the leader; those that need no change when it changes come first.
   *
   * @param leader who takes writes now; empty: it is not known
   */
  List<ConnectionText> texts(Cluster cluster, Optional<NodeName> leader);
}

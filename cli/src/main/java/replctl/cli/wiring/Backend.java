package replctl.cli.wiring;

import java.util.Map;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;

/** What commands work on: the real one, or a test's. */
@FunctionalInterface
public interface Backend {
  /**
   * Opens a cluster; nothing is connected yet.
   *
   * @param environment the operator's
   */
  Session open(Inventory inventory, Cluster cluster, Map<String, String> environment);

  /** Real hosts. */
  static Backend real() {
    return new RealBackend();
  }
}

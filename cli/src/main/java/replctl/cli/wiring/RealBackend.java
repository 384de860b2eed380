package replctl.cli.wiring;

import java.util.Map;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.Cluster;
import replctl.inventory.EngineKind;
import replctl.inventory.Inventory;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.real.RealWorld;

/** Real hosts, and the engines that this version has. */
final class RealBackend {
  private RealBackend() {}

  static Session open(Inventory inventory, Cluster cluster, Map<String, String> environment) {
    Engine engine = engine(cluster);
    RealWorld world = RealWorld.open(inventory, cluster, environment);
    return new Session(inventory, cluster, world.world(), engine, world::close);
  }

  private static Engine engine(Cluster cluster) {
    if (cluster.engine() == EngineKind.POSTGRESQL) {
      return new PostgresqlEngine();
    }
    throw Failure.of(
        ExitCode.ERROR,
        "cluster "
            + cluster.name()
            + " is "
            + cluster.engine().word()
            + ", which this version can't manage yet; it manages postgresql");
  }
}

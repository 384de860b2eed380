package replctl.cli.wiring;

import java.util.Map;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.mysql.MysqlEngine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.real.RealWorld;

/** Real hosts, and the engines that this version has. */
final class RealBackend implements Backend {
  @Override
  public Session open(Inventory inventory, Cluster cluster, Map<String, String> environment) {
    Engine engine = engine(cluster);
    if (!engine.changes()) {
      throw Failure.of(
          ExitCode.ERROR,
          "cluster "
              + cluster.name()
              + " is "
              + cluster.engine().word()
              + ", which this version can look at and not change yet",
          "replctl status " + cluster.name());
    }
    return session(inventory, cluster, environment, engine);
  }

  @Override
  public Session look(Inventory inventory, Cluster cluster, Map<String, String> environment) {
    return session(inventory, cluster, environment, engine(cluster));
  }

  private static Session session(
      Inventory inventory, Cluster cluster, Map<String, String> environment, Engine engine) {
    RealWorld world = RealWorld.open(inventory, cluster, environment);
    return new Session(inventory, cluster, world.world(), engine, world::close);
  }

  private static Engine engine(Cluster cluster) {
    return switch (cluster.engine()) {
      case POSTGRESQL -> new PostgresqlEngine();
      case MYSQL -> new MysqlEngine();
    };
  }
}

package replctl.cli.wiring;

import java.util.Map;
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
    Cluster settled = engine.survey().settled(cluster);
    RealWorld world = RealWorld.open(inventory, settled, environment);
    return new Session(inventory, settled, world.world(), engine, world::close);
  }

  private static Engine engine(Cluster cluster) {
    return switch (cluster.engine()) {
      case POSTGRESQL -> new PostgresqlEngine();
      case MYSQL -> new MysqlEngine();
    };
  }
}

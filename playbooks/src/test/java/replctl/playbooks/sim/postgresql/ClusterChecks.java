package replctl.playbooks.sim.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimWorld;

/** What must hold of any cluster when an operation is over and the world has come to rest. */
final class ClusterChecks {
  private final PostgresScene scene;
  private final List<String> wrong = new ArrayList<>();
  private String left = "";

  ClusterChecks(PostgresScene scene) {
    this.scene = scene;
  }

  List<String> wrong() {
    return wrong;
  }

  /** One that has left need not follow. */
  ClusterChecks without(String node) {
    left = node;
    return this;
  }

  private List<SimPostgres> servers() {
    return scene.world().hosts().stream().map(h -> scene.server(h.name().value())).toList();
  }

  /** Just one leader, which has every acknowledged write. */
  Optional<SimPostgres> leader() {
    List<SimPostgres> open = servers().stream().filter(SimPostgres::open).toList();
    if (open.size() != 1) {
      wrong.add(open.size() + " servers are open in the end");
      return Optional.empty();
    }
    int lost = scene.world().clients().missing(open.get(0)).size();
    if (lost > 0) {
      wrong.add(lost + " acknowledged writes are lost");
    }
    return Optional.of(open.get(0));
  }

  /** Everybody who runs follows it, and is what it is. */
  void allFollow(SimPostgres leader) {
    for (SimPostgres pg : servers()) {
      if (pg.host().name().value().equals(left)) {
        continue;
      }
      if (pg != leader && pg.divergesUnnoticed(leader)) {
        wrong.add(pg.host().name() + " has other data than its leader");
      } else if (pg != leader && !pg.follows(leader)) {
        wrong.add(
            pg.host().name() + " does not follow: " + pg.process() + " " + pg.receiver().trouble());
      }
    }
  }

  /** Clients get acknowledgements again. */
  void writesGoOn() {
    SimWorld world = scene.world();
    int before = world.clients().acknowledged();
    world.time().pass(300_000_000L);
    if (world.clients().acknowledged() == before) {
      wrong.add("no write is acknowledged any more");
    }
  }

  /** What belongs to others is as it was; nothing of replctl's is half done; locks are free. */
  void tidy(List<String> scratch) {
    for (SimHost host : scene.world().hosts()) {
      if (!"belongs to somebody else".equals(host.files().get("/etc/other.conf"))) {
        wrong.add(host.name() + ": a file that is not replctl's was changed");
      }
      String state = PgPaths.state(host);
      for (String left : scratch) {
        if (host.files().containsKey(state + "/" + left)) {
          wrong.add(host.name() + " keeps " + left);
        }
      }
      if (scene.server(host.name().value()).config().auto().containsKey("wal_sender_timeout")) {
        wrong.add(host.name() + " keeps the lowered wal_sender_timeout");
      }
      if (host.locked()) {
        wrong.add(host.name() + " is still locked");
      }
    }
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Gateway;
import replctl.inventory.Hooks;
import replctl.inventory.Node;
import replctl.inventory.Redirect;
import replctl.inventory.Ssh;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.SimHost;

/**
 * A change of leader in a cluster whose clients come by an address, by HAProxy and by PgBouncer.
 */
final class RedirectStage extends SurroundedStage {
  static final String ADDRESS = RedirectTwins.path("address", "10.0.0.100");
  static final String BACKEND = RedirectTwins.path("backend", "shop");
  static final String DATABASE = RedirectTwins.path("database", "shop");
  private static final String LB = "lb1";

  RedirectStage(PostgresScene scene, Drill.Stage inner) {
    super(scene, inner);
  }

  /** The same scene with such redirects, which lead to pg1. */
  static PostgresScene redirected(PostgresScene scene) {
    scene.server("pg1").host().files().put(ADDRESS, "here");
    scene.world().here().files().put(BACKEND, "pg1");
    scene.world().gateway(LB).files().put(DATABASE, "pg1");
    return scene.with(
        Hooks.NONE,
        List.of(
            new Redirect.Vip("10.0.0.100", 24, "eth0"),
            new Redirect.Haproxy(
                new Redirect.Endpoint.Tcp("lb1", 9999), Optional.empty(), "shop", Map.of()),
            new Redirect.Pgbouncer(
                Optional.empty(),
                Optional.of(
                    new Gateway(LB, Node.Connection.SSH, Ssh.DEFAULTS, Optional.of("postgres"))),
                "/var/run/postgresql",
                6432,
                "shop",
                "shop",
                "pgbouncer",
                Optional.empty(),
                "/etc/pgbouncer/replctl-shop.ini",
                Map.of())));
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    List<String> wrong = new ArrayList<>(inner.wrong(ending));
    List<String> holders =
        world().hosts().stream()
            .filter(host -> host.powered() && host.files().containsKey(ADDRESS))
            .map(host -> host.name().value())
            .toList();
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    List<String> leaders =
        done
            ? world().hosts().stream()
                .filter(host -> host.server().open())
                .map(host -> host.name().value())
                .toList()
            : List.of("pg1");
    SimHost first = scene.server("pg1").host();
    if (!holders.equals(leaders) && (done || first.powered())) {
      wrong.add(holders + " have the address, " + leaders + " lead");
    }
    if (!leaders.equals(List.of(text(world().here(), BACKEND)))) {
      wrong.add("HAProxy leads to " + text(world().here(), BACKEND));
    }
    if (!leaders.equals(List.of(text(world().gateway(LB), DATABASE)))) {
      wrong.add("PgBouncer leads to " + text(world().gateway(LB), DATABASE));
    }
    return wrong;
  }

  private static String text(SimHost host, String file) {
    return host.files().getOrDefault(file, "");
  }
}

package replctl.playbooks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Gateway;
import replctl.inventory.Node;
import replctl.inventory.Redirect;
import replctl.inventory.Ssh;
import replctl.playbooks.journal.Entry;

/**
 * A change of leader in a cluster whose clients come by an address, by HAProxy and by PgBouncer.
 */
public final class RedirectStage extends SurroundedStage {
  static final String ADDRESS = RedirectTwins.path("address", "10.0.0.100");
  static final String BACKEND = RedirectTwins.path("backend", "shop");
  static final String DATABASE = RedirectTwins.path("database", "shop");
  private static final String LB = "lb1";

  /** What is declared of them; the last one is PgBouncer, which only PostgreSQL has. */
  public static final List<Redirect> REDIRECTS =
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
              Map.of()));

  /** Those that lead clients of any engine. */
  public static final List<Redirect> OF_ANY_ENGINE = REDIRECTS.subList(0, 2);

  /**
   * That change of leader; they lead to the first node.
   *
   * @param scene which has them declared
   */
  public RedirectStage(Scene<?> scene, Drill.Stage inner) {
    super(scene, inner);
    String leads = scene.node(1).value();
    world().host(scene.node(1)).files().put(ADDRESS, "here");
    world().here().files().put(BACKEND, leads);
    if (hasPooler()) {
      world().gateway(LB).files().put(DATABASE, leads);
    }
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
            : List.of(scene.node(1).value());
    SimHost first = world().host(scene.node(1));
    if (!holders.equals(leaders) && (done || first.powered())) {
      wrong.add(holders + " have the address, " + leaders + " lead");
    }
    if (!leaders.equals(List.of(text(world().here(), BACKEND)))) {
      wrong.add("HAProxy leads to " + text(world().here(), BACKEND));
    }
    if (hasPooler() && !leaders.equals(List.of(text(world().gateway(LB), DATABASE)))) {
      wrong.add("PgBouncer leads to " + text(world().gateway(LB), DATABASE));
    }
    return wrong;
  }

  private boolean hasPooler() {
    return cluster().redirects().stream().anyMatch(Redirect.Pgbouncer.class::isInstance);
  }

  private static String text(SimHost host, String file) {
    return host.files().getOrDefault(file, "");
  }
}

package replctl.playbooks.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.engine.Site;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.RotateCertificate;
import replctl.playbooks.verb.RotatePassword;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.World;

/**
 * Passwords or certificates of a cluster that runs are renewed. In the end, however it ended, every
 * follower that loses its connection is let in again.
 */
public final class RotateStage implements Drill.Stage {
  /** What is renewed. */
  public enum What {
    PASSWORD,
    CERTIFICATE,
    AUTHORITY
  }

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final String AUTHORITY = "authority shop";

  private final Scene<?> scene;
  private final What what;
  private final Function<String, Set<String>> used;
  private final List<SecretRef> secrets;

  /**
   * A rotation to come.
   *
   * @param used the passwords, old or new, with which a node's server lets in, and with which that
   *     node logs in
   */
  public RotateStage(Scene<?> scene, What what, Function<String, Set<String>> used) {
    this.scene = scene;
    this.what = what;
    this.used = used;
    SimFiles files = world().here().files();
    files.put(PasswordTwins.FOLDER + "ca.key", "ca-key");
    files.put(PasswordTwins.FOLDER + "ca.crt", AUTHORITY);
    secrets =
        scene
            .engine()
            .rotation()
            .passwords(
                new Site(cluster(), new Snapshot(world().process().clock().now(), List.of())),
                scene.node(1));
    secrets.forEach(s -> files.put(PasswordTwins.FOLDER + s.name(), "old"));
  }

  @Override
  public SimWorld world() {
    return scene.world();
  }

  @Override
  public Cluster cluster() {
    return scene.cluster();
  }

  @Override
  public void heal() {}

  @Override
  public Optional<Plan> plan(World process) {
    Snapshot surveyed = Observer.look(process, scene.engine(), cluster(), LOOK);
    String op = process.ids().operation();
    Decision decision =
        what == What.PASSWORD
            ? new RotatePassword(scene.engine())
                .decide(
                    cluster(),
                    surveyed,
                    op,
                    new RotatePassword.Known(
                        secrets.stream().collect(Collectors.toMap(s -> s, s -> Optional.empty())),
                        List.of()),
                    List.of())
            : new RotateCertificate(scene.engine())
                .decide(
                    cluster(),
                    SetupLook.look(process, scene.engine().setup(), cluster(), surveyed, LOOK),
                    op,
                    List.of(),
                    what == What.AUTHORITY);
    world().trace().say(decision::toString);
    return decision instanceof Decision.Planned planned
        ? Optional.of(planned.plan())
        : Optional.empty();
  }

  @Override
  public List<String> wrong(Optional<Entry.Ending> ending) {
    ClusterChecks<?> checks = new ClusterChecks<>(scene);
    Optional<? extends SimServer> leader = checks.leader();
    if (leader.isEmpty()) {
      return checks.wrong();
    }
    if (leader.get() != scene.first()) {
      checks.wrong().add("another leads than before");
    }
    nodes().forEach(n -> scene.server(n).loses());
    world().time().pass(6 * SimTime.SECOND);
    checks.allFollow(leader.get());
    checks.writesGoOn();
    boolean done = ending.equals(Optional.of(Entry.Ending.DONE));
    // A key that waits for its certificate harms nobody: the next rotation takes it.
    checks.tidy(done ? List.of("tls/next.key", "tls/next.csr", "tls/next.for") : List.of());
    if (what == What.PASSWORD) {
      passwords(checks, done);
    } else if (done) {
      certificates(checks);
    }
    return checks.wrong();
  }

  private List<String> nodes() {
    return cluster().nodes().stream().map(Node::name).map(n -> n.value()).toList();
  }

  private SimHost host(String node) {
    return world().hosts().stream()
        .filter(h -> h.name().value().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private void passwords(ClusterChecks<?> checks, boolean done) {
    String which = done ? "new" : "old";
    for (String node : nodes()) {
      if (!used.apply(node).equals(Set.of(which))) {
        checks.wrong().add(node + " has passwords " + used.apply(node) + ", and not " + which);
      }
    }
    SimFiles files = world().here().files();
    for (SecretRef secret : secrets) {
      if (!which.equals(files.get(PasswordTwins.FOLDER + secret.name()))) {
        checks.wrong().add("the operator's " + secret.name() + " is not " + which);
      }
    }
    files.keySet().stream()
        .filter(f -> f.contains(".next.") || f.contains(".before."))
        .forEach(f -> checks.wrong().add("the operator's host keeps " + f));
  }

  private void certificates(ClusterChecks<?> checks) {
    for (String node : nodes()) {
      SimHost host = host(node);
      SimFiles files = host.files();
      String state = scene.state(host);
      String trusted = files.get(state + "/tls/ca.crt");
      boolean anew = files.get(state + "/tls/current/server.crt").contains(" by ");
      if (!anew) {
        checks.wrong().add(node + " has its old certificate");
      }
      if (what == What.AUTHORITY
          && !trusted.equals(world().here().files().get(PasswordTwins.FOLDER + "ca.crt"))) {
        checks.wrong().add(node + " trusts " + trusted);
      }
      if (trusted.equals(AUTHORITY) == (what == What.AUTHORITY)) {
        checks.wrong().add(node + " trusts " + trusted);
      }
    }
  }
}

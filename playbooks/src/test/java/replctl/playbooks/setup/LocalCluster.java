package replctl.playbooks.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.Fencing;
import replctl.inventory.Inventory;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.inventory.Tls;
import replctl.inventory.secret.SecretSource;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.observe.Observer;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Step;
import replctl.playbooks.real.Ports;
import replctl.playbooks.real.RealWorld;
import replctl.playbooks.run.Runner;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Decision;
import replctl.playbooks.verb.Init;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * Nodes pg1 (declared leader), pg2... on this machine, in a folder of their own that goes away with
 * them. As root their servers belong to the user postgres.
 */
final class LocalCluster implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** The newest PostgreSQL of this machine's packages. */
  private static final Path BIN = newest();

  final Path folder;
  final Engine engine = engine();
  final Init init = new Init(engine.setup());
  private final String user = System.getProperty("user.name");
  private final boolean root = user.equals("root");
  private final List<Node> nodes = new ArrayList<>();
  private Replication replication =
      new Replication(
          Replication.Mode.ASYNC, 1, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0);
  private RealWorld world;

  LocalCluster(int count) throws IOException {
    folder = Files.createTempDirectory("replctl-setup");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (int n = 1; n <= count; n++) {
      Path home = Files.createDirectory(folder.resolve("pg" + n));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (root) {
        run(List.of("chown", "postgres:", home.toString()));
      }
      nodes.add(node(n, home, Ports.free()));
    }
  }

  LocalCluster replication(Replication.Mode mode, int acks, long cloneRate) {
    replication =
        new Replication(
            mode, acks, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), cloneRate);
    return this;
  }

  /** The same node, which follows another instead of the leader. */
  void cascade(String node, String from) {
    replace(node, Optional.of(new NodeName(from)), node(node).database());
  }

  /** The same node with a certificate of the operator's own; the key's file is the operator's. */
  void certify(String node, Path authority, Path certificate, Path key) {
    Database d = node(node).database();
    replace(
        node,
        node(node).cascadeFrom(),
        new Database(
            d.port(),
            d.access(),
            d.user(),
            d.password(),
            d.osUser(),
            Optional.of(new Tls(authority, certificate, new SecretSource.FromFile(key)))));
  }

  private void replace(String node, Optional<NodeName> cascadeFrom, Database database) {
    nodes.replaceAll(
        n ->
            n.name().value().equals(node)
                ? new Node(
                    n.name(),
                    n.host(),
                    n.region(),
                    n.leader(),
                    n.priority(),
                    n.mayLead(),
                    cascadeFrom,
                    n.delay(),
                    n.connection(),
                    n.ssh(),
                    database,
                    n.layout(),
                    n.fence())
                : n);
  }

  Cluster cluster() {
    return new Cluster(
        new ClusterName("shop"),
        EngineKind.POSTGRESQL,
        replication,
        new Fencing(Set.of(Fencing.Strength.POWER)),
        Limits.DEFAULTS,
        nodes,
        List.of());
  }

  World world() {
    if (world == null) {
      world =
          RealWorld.open(
              new Inventory(folder.resolve("replctl.yaml"), List.of(cluster())),
              cluster(),
              Map.of("XDG_STATE_HOME", folder.resolve("operator").toString(), "HOME", "/"));
    }
    return world.world();
  }

  /** A new process of replctl: what the last one held in memory is gone. */
  void startAfresh() {
    if (world != null) {
      world.close();
      world = null;
    }
  }

  Site look() {
    Snapshot seen = Observer.look(world(), engine, cluster(), LOOK);
    return new Site(cluster(), SetupLook.look(world(), engine.setup(), cluster(), seen, LOOK));
  }

  Decision decide(Init.Options options) {
    return init.decide(world().ids().operation(), look(), options);
  }

  Plan plan(Init.Options options) {
    Decision decision = decide(options);
    if (decision instanceof Decision.Planned planned) {
      return planned.plan();
    }
    throw new AssertionError(PlanText.of(decision));
  }

  SetupGoal goal(String leader, SetupGoal.Policy policy) {
    return new SetupGoal(
        look(), new NodeName(leader), nodes.stream().map(Node::name).toList(), policy);
  }

  /** One step alone, with its plain texts changed. */
  Facts perform(Step step, Map<String, Facts> found, UnaryOperator<String> change) {
    ScriptCall call = ((Action.Run) step.action()).call();
    for (Map.Entry<String, Value> value : call.values().entrySet()) {
      if (value.getValue() instanceof Value.Known known) {
        String text = found.get(known.step()).text(known.fact()).orElse("");
        call = call.with(value.getKey(), Value.of(text));
      } else if (value.getValue() instanceof Value.Text text) {
        call = call.with(value.getKey(), Value.of(change.apply(text.text())));
      }
    }
    Answer answer = world().hosts().run(step.on(), call, world().clock().in(step.limit()));
    if (!answer.isDone()) {
      throw new AssertionError(step.name() + ": " + answer.words());
    }
    return answer.facts();
  }

  Plan plan() {
    return plan(Init.Options.USUAL);
  }

  Outcome init() {
    return runner(event -> {}).run(plan());
  }

  Runner runner(Watcher watcher) {
    return new Runner(world(), journal(), watcher, "test");
  }

  Journal journal() {
    return new Journal(world().store(), cluster().name());
  }

  Path data(String node) {
    return folder.resolve(node).resolve("data");
  }

  Path state(String node) {
    return folder.resolve(node).resolve("state");
  }

  Node node(String name) {
    return nodes.stream().filter(n -> n.name().value().equals(name)).findFirst().orElseThrow();
  }

  int port(String node) {
    return node(node).database().port();
  }

  /** As the servers' user, on the node's own socket. */
  String sql(String node, String text) throws IOException {
    return asServer(
        BIN.resolve("psql").toString(),
        "-XAtq",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        "/var/run/postgresql",
        "-p",
        Integer.toString(port(node)),
        "-d",
        "postgres",
        "-c",
        text);
  }

  /** Runs a program of PostgreSQL's, or another, as the servers' user. */
  String asServer(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.addAll(List.of(words));
    return run(command);
  }

  /** What a program says that must not succeed. */
  String fails(String... words) throws IOException {
    try {
      throw new AssertionError(String.join(" ", words) + ": " + asServer(words));
    } catch (IllegalStateException failed) {
      return failed.getMessage();
    }
  }

  static String bin(String program) {
    return BIN.resolve(program).toString();
  }

  static String run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + out);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it ran: " + command, stopped);
    }
    return out.strip();
  }

  @Override
  public void close() throws IOException {
    startAfresh();
    for (Node node : nodes) {
      Path data = data(node.name().value());
      if (Files.exists(data.resolve("postmaster.pid"))) {
        asServer(bin("pg_ctl"), "-D", data.toString(), "-m", "immediate", "-w", "stop");
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Node node(int n, Path home, int port) {
    return new Node(
        new NodeName("pg" + n),
        "127.0.0.1",
        Optional.empty(),
        n == 1,
        50,
        true,
        Optional.empty(),
        Optional.empty(),
        Node.Connection.LOCAL,
        Ssh.DEFAULTS,
        new Database(
            port,
            Database.Access.TUNNEL,
            "replctl",
            Optional.empty(),
            Optional.of(
                System.getProperty("user.name").equals("root")
                    ? "postgres"
                    : System.getProperty("user.name")),
            Optional.empty()),
        new Layout(
            Optional.empty(),
            Optional.of(home.resolve("data").toString()),
            Optional.of(BIN.toString()),
            Optional.empty(),
            Optional.of(home.resolve("state").toString())),
        List.of());
  }

  private static Path newest() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .max(Comparator.comparing(p -> Integer.parseInt(p.getFileName().toString())))
          .orElseThrow()
          .resolve("bin");
    } catch (IOException none) {
      throw new IllegalStateException("PostgreSQL's package is not installed", none);
    }
  }

  private static Engine engine() {
    return new PostgresqlEngine();
  }
}

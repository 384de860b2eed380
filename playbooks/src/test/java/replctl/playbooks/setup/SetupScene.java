package replctl.playbooks.setup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Archive;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.FenceLevel;
import replctl.inventory.Fencing;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlSurvey;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/**
 * Three nodes as a survey would see them: PostgreSQL 17 from Debian's packages, nothing set up yet.
 * Each test changes what it is about.
 */
public final class SetupScene {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final String IDENTITY = "7300000000000000001";

  private final Map<NodeName, Map<String, String>> facts = new LinkedHashMap<>();
  private final Map<NodeName, Node> nodes = new LinkedHashMap<>();
  private final Set<NodeName> silent = new HashSet<>();
  private final Map<NodeName, EpochFile> witnesses = new TreeMap<>();
  private final Map<NodeName, Map<String, String>> told = new TreeMap<>();
  private Node.Connection witnessConnection = Node.Connection.SSH;
  private Replication replication =
      new Replication(
          Replication.Mode.ASYNC, 1, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0);

  private Optional<Archive> archive = Optional.empty();

  private SetupScene() {}

  /** pg1 (declared leader), pg2 and pg3, with no data anywhere. */
  public static SetupScene bare() {
    SetupScene scene = new SetupScene();
    for (int n = 1; n <= 3; n++) {
      NodeName name = new NodeName("pg" + n);
      scene.nodes.put(name, node(name, "10.0.0." + n, n == 1));
      scene.facts.put(name, new TreeMap<>(host(n)));
    }
    return scene;
  }

  /** The same after init: pg1 leads, the others stream; as a second look would see it. */
  public static SetupScene adopted() {
    SetupScene scene = bare();
    scene.runs("pg1", true);
    scene.runs("pg2", false);
    scene.runs("pg3", false);
    return scene;
  }

  /** One more node, with no data. */
  public SetupScene more(String node) {
    NodeName name = new NodeName(node);
    int n = nodes.size() + 1;
    nodes.put(name, node(name, "10.0.0." + n, false));
    facts.put(name, new TreeMap<>(host(n)));
    return fact(node, "state_directory", "/var/lib/postgresql/.replctl/shop/" + node);
  }

  /** It is declared to hold back replay. */
  public SetupScene delayed(String node, Duration delay) {
    NodeName name = new NodeName(node);
    Node plain = nodes.get(name);
    nodes.put(
        name,
        new Node(
            name,
            plain.host(),
            plain.region(),
            plain.leader(),
            plain.priority(),
            plain.mayLead(),
            plain.cascadeFrom(),
            Optional.of(delay),
            plain.connection(),
            plain.ssh(),
            plain.database(),
            plain.layout(),
            plain.fence()));
    return this;
  }

  /** The inventory does not have it any more. */
  public SetupScene undeclared(String node) {
    nodes.remove(new NodeName(node));
    facts.remove(new NodeName(node));
    return this;
  }

  /** The log can be had by this command. */
  public SetupScene archive(String restoreCommand) {
    archive = Optional.of(new Archive(restoreCommand));
    return this;
  }

  /** A host with a vote and no data. */
  public SetupScene witness(String name, EpochFile file) {
    witnesses.put(new NodeName(name), file);
    return this;
  }

  /** The witnesses are reached so. */
  public SetupScene witnessesAre(Node.Connection connection) {
    witnessConnection = connection;
    return this;
  }

  /** What a witness's host says when it is asked for more than its epoch file. */
  public SetupScene says(String witness, String name, String text) {
    told.computeIfAbsent(new NodeName(witness), w -> new TreeMap<>()).put(name, text);
    return this;
  }

  /** What these nodes' hosts have as the newest word: pg1 leads, in epoch 7. */
  public SetupScene recorded(List<String> on, List<String> voters, List<String> ackers, int acks) {
    String record =
        "{\"epoch\":7,\"operation\":\"op-7\",\"leader\":\"pg1\",\"voters\":["
            + quoted(voters)
            + "],\"votersVersion\":3,\"ackers\":["
            + quoted(ackers)
            + "],\"acks\":"
            + acks
            + ",\"closed\":{},\"debts\":[]}";
    for (String node : on) {
      fact(node, "epoch.state", "read")
          .fact(node, "epoch.votes", "yes")
          .fact(node, "epoch.promise", "7")
          .fact(node, "epoch.operation", "op-7")
          .fact(node, "epoch.open", "no")
          .fact(node, "epoch.holder", "alice@adm1")
          .fact(node, "epoch.record", record);
    }
    return this;
  }

  private static String quoted(List<String> names) {
    return names.stream().map(n -> '"' + n + '"').collect(Collectors.joining(","));
  }

  /** Sets a fact of a node. */
  public SetupScene fact(String node, String name, String text) {
    facts.get(new NodeName(node)).put(name, text);
    return this;
  }

  /** Takes a fact of a node away. */
  public SetupScene without(String node, String name) {
    facts.get(new NodeName(node)).remove(name);
    return this;
  }

  /** The node's host does not answer. */
  public SetupScene silent(String node) {
    silent.add(new NodeName(node));
    return this;
  }

  public SetupScene replication(Replication.Mode mode, int acks, Replication.OnLostSync onLost) {
    replication = new Replication(mode, acks, onLost, Duration.ofSeconds(30), 0);
    return this;
  }

  /** Puts another declaration in a node's place. */
  public SetupScene declare(Node node) {
    nodes.put(node.name(), node);
    return this;
  }

  public Node declared(String node) {
    return nodes.get(new NodeName(node));
  }

  /** A server that runs, from Debian's packages, made by somebody else. */
  public SetupScene runs(String node, boolean leads) {
    Map<String, String> all = facts.get(new NodeName(node));
    all.put("presence", "running");
    all.put("sql", "answered");
    all.put("major", "17");
    all.put("version", "17.5");
    all.put("system_identifier", IDENTITY);
    all.put("data_directory", "/var/lib/postgresql/17/main");
    all.put("config_directory", "/etc/postgresql/17/main");
    all.put("bin_directory", "/usr/lib/postgresql/17/bin");
    all.put("service", "postgresql@17-main");
    all.put("postmaster_pid", "711");
    all.put("in_recovery", leads ? "no" : "yes");
    all.put("standby_signal", leads ? "no" : "yes");
    all.put("configured", "yes");
    all.put("included", "yes");
    all.put("control.data_checksums", "1");
    all.put("timeline", "1");
    all.put("hba.blocks", "0");
    all.put("role.count", "0");
    settings(all);
    if (!leads) {
      all.put("upstream.host", "10.0.0.1");
      all.put("upstream.port", "5432");
      all.put("upstream.user", "repl");
      all.put("upstream.application_name", node);
      all.put("receiver.status", "streaming");
      all.put("receiver.host", "10.0.0.1");
      all.put("receiver.port", "5432");
    }
    return this;
  }

  private static void settings(Map<String, String> all) {
    Map<String, String> settings =
        Map.ofEntries(
            Map.entry("cluster_name", "17/main"),
            Map.entry("port", "5432"),
            Map.entry("listen_addresses", "*"),
            Map.entry("ssl", "on"),
            Map.entry("ssl_cert_file", "/etc/ssl/certs/ssl-cert-snakeoil.pem"),
            Map.entry("ssl_key_file", "/etc/ssl/private/ssl-cert-snakeoil.key"),
            Map.entry("wal_level", "replica"),
            Map.entry("hot_standby", "on"),
            Map.entry("max_wal_senders", "10"),
            Map.entry("max_replication_slots", "10"),
            Map.entry("max_connections", "100"),
            Map.entry("max_worker_processes", "8"),
            Map.entry("max_prepared_transactions", "0"),
            Map.entry("max_locks_per_transaction", "64"),
            Map.entry("wal_keep_size", Long.toString(1L << 30)),
            Map.entry("max_slot_wal_keep_size", Long.toString(10L << 30)),
            Map.entry("wal_log_hints", "off"),
            Map.entry("wal_receiver_timeout", "10000"),
            Map.entry("wal_retrieve_retry_interval", "1000"),
            Map.entry("recovery_target_timeline", "latest"),
            Map.entry("synchronous_standby_names", ""),
            Map.entry("synchronous_commit", "on"));
    settings.forEach((name, value) -> all.put("setting." + name, value));
  }

  private static Map<String, String> host(int n) {
    return Map.ofEntries(
        Map.entry("hostname", "host" + n),
        Map.entry("machine_id", "machine" + n),
        Map.entry("systemd", "yes"),
        Map.entry("installed.count", "1"),
        Map.entry("installed.1.major", "17"),
        Map.entry("installed.1.bin_directory", "/usr/lib/postgresql/17/bin"),
        Map.entry("newest_major", "17"),
        Map.entry("newest_bin_directory", "/usr/lib/postgresql/17/bin"),
        Map.entry("port", "5432"),
        Map.entry("state_directory", "/var/lib/postgresql/.replctl/shop/pg" + n),
        Map.entry("epoch.state", "none"),
        Map.entry("presence", "absent"),
        Map.entry("disk.count", "1"),
        Map.entry("disk.1.use", "data"),
        Map.entry("disk.1.total", Long.toString(100L << 30)),
        Map.entry("openssl", "yes"),
        Map.entry("debian_tools", "yes"),
        Map.entry("sockets", "yes"));
  }

  private static Node node(NodeName name, String host, boolean leader) {
    return new Node(
        name,
        host,
        Optional.empty(),
        leader,
        50,
        true,
        Optional.empty(),
        Optional.empty(),
        Node.Connection.SSH,
        Ssh.DEFAULTS,
        new Database(
            5432,
            Database.Access.TUNNEL,
            "replctl",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Layout.ASK,
        List.<FenceLevel>of());
  }

  /** What is declared and seen. */
  public Site site() {
    Cluster cluster =
        new Cluster(
            new ClusterName("shop"),
            EngineKind.POSTGRESQL,
            replication,
            new Fencing(Set.of(Fencing.Strength.POWER)),
            Limits.DEFAULTS,
            new ArrayList<>(nodes.values()),
            witnesses.keySet().stream()
                .map(w -> new Witness(w, w.value(), witnessConnection, Ssh.DEFAULTS))
                .toList());
    Cluster whole = archive.map(cluster::with).orElse(cluster);
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    facts.forEach(
        (name, all) ->
            answers.put(
                name,
                silent.contains(name)
                    ? Answer.unknown(Trouble.UNREACHABLE, "no answer in 2 s")
                    : new Answer.Done(Facts.of(all))));
    Map<NodeName, Facts> more = new TreeMap<>();
    told.forEach((witness, all) -> more.put(witness, Facts.of(all)));
    Snapshot seen =
        new PostgresqlSurvey().read(whole, NOW, Heard.all(answers)).with(witnesses).told(more);
    return new Site(whole, seen);
  }

  /** All nodes, led by that one. */
  public SetupGoal goal(String leader) {
    Site site = site();
    return new SetupGoal(
        site, new NodeName(leader), List.copyOf(nodes.keySet()), SetupGoal.Policy.CAUTIOUS);
  }
}

package replctl.playbooks.sim.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.FenceDevice;
import replctl.inventory.FenceLevel;
import replctl.inventory.Fencing;
import replctl.inventory.Hooks;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Redirect;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.Scene;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimServer;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.snapshot.LeaderRecord;

/**
 * A world with a PostgreSQL cluster in it: what is declared, and hosts that hold it or hold
 * nothing.
 */
public final class PostgresScene implements Scene<SimPostgres> {
  private static final String IDENTITY = "7412345678901234567";
  private static final Map<String, String> FOREIGN =
      Map.of("listen_addresses", "*", "wal_log_hints", "on", "work_mem", "16MB", "ssl", "on");
  private final SimWorld world;
  private final PostgresTwins twins;
  private final PostgresNet net;
  private final Cluster cluster;

  private PostgresScene(SimWorld world, PostgresTwins twins, PostgresNet net, Cluster cluster) {
    this.twins = twins;
    this.world = world;
    this.net = net;
    this.cluster = cluster;
  }

  /** Hosts with PostgreSQL's package and nothing else. */
  public static PostgresScene fresh(long seed, boolean traced, int nodes, Replication replication) {
    PostgresTwins twins = new PostgresTwins();
    SimWorld world = new SimWorld(seed, traced, twins::of);
    PostgresNet net = new PostgresNet(world);
    twins.on(net);
    List<Node> declared = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      declared.add(node("pg" + i, i == 1));
      SimPostgres pg = net.add(new NodeName("pg" + i));
      pg.host().files().put("/etc/other.conf", "belongs to somebody else");
    }
    Cluster cluster =
        new Cluster(
            new ClusterName("shop"),
            EngineKind.POSTGRESQL,
            replication,
            new Fencing(Set.of(Fencing.Strength.POWER, Fencing.Strength.STOPPED)),
            Limits.DEFAULTS,
            declared,
            List.of());
    return new PostgresScene(world, twins, net, cluster);
  }

  /** A cluster as init leaves it: pg1 leads, the others stream from it. */
  public static PostgresScene running(long seed, boolean traced, int nodes, Replication mode) {
    PostgresScene scene = fresh(seed, traced, nodes, mode);
    SimPostgres leader = scene.server("pg1");
    leader.create(IDENTITY, false);
    leader.roles().addAll(Set.of("replctl", "replctl_replication", "replctl_rewind"));
    scene.settle(leader);
    leader.config().auto().put("synchronous_standby_names", scene.syncNames("pg1"));
    if (mode.mode() == Replication.Mode.SYNC) {
      leader.config().auto().put("synchronous_commit", "remote_apply");
    }
    leader.start(1);
    scene.world.time().pass(20 * SimTime.MS);
    for (int i = 2; i <= nodes; i++) {
      SimPostgres follower = scene.server("pg" + i);
      follower.backup(
          Optional.of(
              SimPostgres.Backup.of(
                  leader,
                  Map.of(
                      "primary_conninfo",
                      conninfo("pg1", "pg" + i),
                      "primary_slot_name",
                      "replctl_pg" + i,
                      "synchronous_standby_names",
                      scene.syncNames("pg" + i)))));
      follower.placeBackup();
      scene.settle(follower);
      leader.slots().put("replctl_pg" + i, 0L);
      follower.start(1);
    }
    scene.world.time().pass(200 * SimTime.MS);
    scene.recorded();
    return scene;
  }

  /** As {@link #running}, but for the last node, which cascades from the one before it. */
  static PostgresScene cascading(long seed, boolean traced, int nodes, Replication mode) {
    PostgresScene scene = running(seed, traced, nodes, mode);
    String last = "pg" + nodes;
    String from = "pg" + (nodes - 1);
    scene.server(from).slots().put("replctl_" + last, 0L);
    SimPostgres follower = scene.server(last);
    follower.config().auto().put("primary_conninfo", conninfo(from, last));
    follower.reload();
    scene.world.time().pass(2 * SimTime.SECOND);
    scene.server("pg1").slots().remove("replctl_" + last);
    Cluster all = scene.cluster;
    List<Node> declared = new ArrayList<>(all.nodes());
    Node node = declared.remove(nodes - 1);
    declared.add(
        new Node(
            node.name(),
            node.host(),
            node.region(),
            false,
            node.priority(),
            true,
            Optional.of(new NodeName(from)),
            Optional.empty(),
            node.connection(),
            node.ssh(),
            node.database(),
            node.layout(),
            node.fence()));
    Cluster cascaded =
        new Cluster(
            all.name(),
            all.engine(),
            all.replication(),
            all.fencing(),
            all.limits(),
            declared,
            List.of());
    return new PostgresScene(scene.world, scene.twins, scene.net, cascaded);
  }

  /** The same with one more node declared, on a host with PostgreSQL's package and nothing else. */
  PostgresScene with(String name) {
    SimPostgres pg = net.add(new NodeName(name));
    pg.host().files().put("/etc/other.conf", "belongs to somebody else");
    List<Node> declared = new ArrayList<>(cluster.nodes());
    declared.add(node(name, false));
    Cluster more =
        new Cluster(
            cluster.name(),
            cluster.engine(),
            cluster.replication(),
            cluster.fencing(),
            cluster.limits(),
            declared,
            List.of());
    return new PostgresScene(world, twins, net, more);
  }

  PostgresNet net() {
    return net;
  }

  /** A host that has nothing to do with the cluster. */
  SimHost stranger(String name) {
    return net.add(new NodeName(name)).host();
  }

  /** The same where only that is accepted as a proof that a node is closed. */
  PostgresScene accepting(Fencing.Strength proof) {
    Cluster stricter =
        new Cluster(
            cluster.name(),
            cluster.engine(),
            cluster.replication(),
            new Fencing(Set.of(proof)),
            cluster.limits(),
            cluster.nodes(),
            List.of());
    return new PostgresScene(world, twins, net, stricter);
  }

  /** The same with programs of the operator's own, and ways in which clients are led. */
  @Override
  public PostgresScene with(Hooks hooks, List<Redirect> redirects) {
    return new PostgresScene(world, twins, net, cluster.with(hooks, redirects));
  }

  /** What init wrote down. */
  private void recorded() {
    List<NodeName> names = cluster.nodes().stream().map(Node::name).toList();
    List<NodeName> others = names.subList(1, names.size());
    boolean async = cluster.replication().mode() == Replication.Mode.ASYNC;
    boolean sync = cluster.replication().mode() == Replication.Mode.SYNC;
    LeaderRecord written =
        new LeaderRecord(
            1,
            "op-init",
            names.get(0),
            names,
            1,
            async ? List.of() : others,
            async ? 0 : sync ? others.size() : cluster.replication().acks(),
            new TreeMap<>(),
            List.of());
    for (SimHost host : world.hosts()) {
      host.files().put(PgPaths.state(host) + "/epoch", SimEpoch.settled(written).text());
    }
  }

  /** A cluster that others have set up in their way: with a role and settings of their own. */
  public static PostgresScene foreign(long seed, boolean traced, int nodes, Replication mode) {
    PostgresScene scene = fresh(seed, traced, nodes, mode);
    SimPostgres leader = scene.server("pg1");
    leader.create(IDENTITY, false);
    leader.roles().add("streamer");
    leader.config().base().putAll(FOREIGN);
    leader.start(1);
    scene.world.time().pass(200 * SimTime.MS);
    for (int i = 2; i <= nodes; i++) {
      SimPostgres follower = scene.server("pg" + i);
      String conninfo = "host=pg1 port=5432 user=streamer application_name=old" + i;
      follower.backup(
          Optional.of(SimPostgres.Backup.of(leader, Map.of("primary_conninfo", conninfo))));
      follower.placeBackup();
      follower.start(1);
    }
    scene.world.time().pass(800 * SimTime.MS);
    return scene;
  }

  private void settle(SimPostgres pg) {
    Map<String, String> base = pg.config().base();
    base.put("listen_addresses", "*");
    base.put("wal_log_hints", "on");
    base.put("wal_receiver_timeout", "10s");
    base.put("wal_retrieve_retry_interval", "1s");
    base.put("work_mem", "16MB");
    String state = PgPaths.state(pg.host());
    pg.host().files().put(state + "/passfile", passwords());
    pg.host().files().put(state + "/tls/ca.crt", "authority shop");
    pg.host()
        .files()
        .put(
            state + "/tls/current/server.crt",
            "certificate for DNS:" + pg.host().name() + " on key");
    pg.host().files().put(PgPaths.HBA_BLOCK, "hostssl all");
    String peers =
        cluster.nodes().stream()
            .map(n -> n.name().value())
            .filter(n -> !n.equals(pg.host().name().value()))
            .map(n -> "peer " + n + " postgres 22 " + n + "\n")
            .collect(Collectors.joining());
    pg.host().files().put(state + "/" + BootGuard.CONF, peers + "end\n");
    pg.host().files().put(state + "/" + BootGuard.INSTALLED, "postgresql-17");
  }

  private String passwords() {
    return cluster.nodes().stream()
        .flatMap(
            n ->
                List.of("replctl_replication", "replctl_rewind").stream()
                    .map(role -> n.host() + ":5432:*:" + role + ":secret\n"))
        .collect(Collectors.joining());
  }

  private String others(String leader) {
    return cluster.nodes().stream()
        .map(n -> n.name().value())
        .filter(n -> !n.equals(leader))
        .map(n -> '"' + n + '"')
        .collect(Collectors.joining(", "));
  }

  private String syncNames(String leader) {
    String others = others(leader);
    return switch (cluster.replication().mode()) {
      case ASYNC -> "";
      case SEMI_SYNC -> "ANY " + cluster.replication().acks() + " (" + others + ")";
      case SYNC -> "FIRST " + (cluster.nodes().size() - 1) + " (" + others + ")";
    };
  }

  static String conninfo(String upstream, String follower) {
    return "host="
        + upstream
        + " port=5432 user=replctl_replication application_name="
        + follower
        + " passfile=/var/lib/replctl/passfile dbname=postgres";
  }

  private static Node node(String name, boolean leader) {
    return new Node(
        new NodeName(name),
        name,
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
        List.of(
            new FenceLevel(
                List.of(
                    new FenceDevice.Command(List.of("/opt/bin/power", name), Optional.empty())))));
  }

  /** Durability as an inventory says it. */
  public static Replication mode(Replication.Mode mode, int acks) {
    return new Replication(mode, acks, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0);
  }

  @Override
  public SimWorld world() {
    return world;
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public Engine engine() {
    return new PostgresqlEngine();
  }

  @Override
  public String state(SimHost host) {
    return PgPaths.state(host);
  }

  @Override
  public List<String> untidy(SimHost host) {
    List<String> left = new ArrayList<>();
    if (server(host.name().value()).config().auto().containsKey("wal_sender_timeout")) {
      left.add(host.name() + " keeps the lowered wal_sender_timeout");
    }
    if (host.files().containsKey(state(host) + "/sender-timeout")) {
      left.add(host.name() + " keeps sender-timeout");
    }
    return left;
  }

  @Override
  public boolean standsStill(String node) {
    return server(node).config().get("primary_conninfo").isEmpty();
  }

  @Override
  public int waitsFor(SimServer leader) {
    String names = ((SimPostgres) leader).config().get("synchronous_standby_names");
    return SyncRule.parse(names).count();
  }

  @Override
  public Set<NodeName> counting(SimServer leader) {
    String names = ((SimPostgres) leader).config().get("synchronous_standby_names");
    return SyncRule.parse(names).names().stream().map(NodeName::new).collect(Collectors.toSet());
  }

  @Override
  public void haveThemWait(int needed) {
    for (Node node : cluster.nodes()) {
      String name = node.name().value();
      SimPostgres pg = server(name);
      pg.config()
          .auto()
          .put(
              "synchronous_standby_names",
              needed == 0 ? "" : "ANY " + needed + " (" + others(name) + ")");
      pg.config().auto().put("synchronous_commit", "on");
      pg.reload();
    }
  }

  @Override
  public boolean isClosed(SimHost host) {
    SimPostgres pg = server(host.name().value());
    return !pg.hasProcess()
        && pg.isMasked()
        && pg.hasStandbySignal()
        && host.files().containsKey(state(host) + "/fenced");
  }

  @Override
  public void wasFenced(String node) {
    server(node).standbySignal(true);
  }

  @Override
  public void ledBefore(NodeName node) {
    server(node.value()).standbySignal(false);
    first().slots().remove("replctl_" + node);
  }

  @Override
  public void promote(NodeName node) {
    server(node.value()).promote();
  }

  @Override
  public void openByHand(NodeName node) {
    SimPostgres pg = server(node.value());
    pg.stopFast();
    world.time().pass(3 * SimTime.SECOND);
    pg.standbySignal(false);
    pg.start(1);
  }

  @Override
  public void follow(NodeName node, NodeName from) {
    SimPostgres pg = server(node.value());
    pg.config().auto().put("primary_conninfo", conninfo(from.value(), node.value()));
    pg.config().auto().put("primary_slot_name", "");
    pg.reload();
  }

  @Override
  public void stop(NodeName node) {
    server(node.value()).stopFast();
  }

  @Override
  public void start(NodeName node) {
    server(node.value()).start(1);
  }

  @Override
  public PostgresScene withOneMore() {
    return with("pg" + (cluster.nodes().size() + 1));
  }

  /** By its own slot. */
  @Override
  public boolean feeds(SimServer leader, NodeName node) {
    return ((SimPostgres) leader).slotIsActive("replctl_" + node);
  }

  /** There is no slot for it any more. */
  @Override
  public boolean shutsOut() {
    return true;
  }

  @Override
  public boolean keepsFor(SimServer leader, NodeName node) {
    return ((SimPostgres) leader).slots().containsKey("replctl_" + node);
  }

  /** Slots hold the log for somebody. */
  @Override
  public List<String> wrongUnder(SimServer leader) {
    List<String> wrong = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      SimPostgres pg = server(node.name().value());
      if (pg == leader) {
        pg.slots().keySet().stream()
            .filter(slot -> !pg.slotIsActive(slot))
            .forEach(slot -> wrong.add("slot " + slot + " keeps the log for nobody"));
      } else if (!pg.slots().isEmpty()) {
        wrong.add(node.name() + " follows, and keeps slots " + pg.slots().keySet());
      }
    }
    return wrong;
  }

  /** Puts another twin in a script's place. */
  void replace(String script, UnaryOperator<Twin> other) {
    twins.of("postgresql").compute(script, (name, twin) -> other.apply(twin));
  }

  /** Breaks the world on purpose: a host that is to withdraw a promise does not. */
  PostgresScene withdrawingNothing() {
    twins
        .of("voter")
        .computeIfPresent(
            "settle",
            (name, twin) ->
                new Twin() {
                  @Override
                  public Look isDone(Job job) {
                    return job.given("withdraw").isPresent() ? Look.DONE : twin.isDone(job);
                  }

                  @Override
                  public Course perform(Job job) {
                    return twin.perform(job);
                  }
                });
    return this;
  }

  /** Breaks the world on purpose: start guards forget a rule. */
  PostgresScene deleting(SimGuard.Rule rule) {
    net.deletes(rule);
    return this;
  }

  @Override
  public SimPostgres server(String node) {
    return net.at(node).orElseThrow();
  }
}

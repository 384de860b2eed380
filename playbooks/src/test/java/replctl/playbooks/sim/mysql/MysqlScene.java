package replctl.playbooks.sim.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import replctl.playbooks.engine.mysql.MysqlEngine;
import replctl.playbooks.engine.mysql.MysqlSurvey;
import replctl.playbooks.sim.Scene;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimGuard;
import replctl.playbooks.sim.SimHost;
import replctl.playbooks.sim.SimServer;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.SimWorld;
import replctl.playbooks.sim.Twin;
import replctl.playbooks.snapshot.LeaderRecord;

/** A world with a MySQL cluster in it. */
final class MysqlScene implements Scene<SimMysql> {
  /** 49.7 days: as good as for ever. */
  private static final long NEVER = 4_294_967_295L;

  private final SimWorld world;
  private final MysqlTwins twins;
  private final MysqlNet net;
  private final Cluster cluster;

  private MysqlScene(SimWorld world, MysqlTwins twins, MysqlNet net, Cluster cluster) {
    this.world = world;
    this.twins = twins;
    this.net = net;
    this.cluster = cluster;
  }

  /** Hosts with MySQL's package and nothing else. */
  static MysqlScene fresh(long seed, boolean traced, int nodes, Replication replication) {
    MysqlTwins twins = new MysqlTwins();
    SimWorld world = new SimWorld(seed, traced, twins::of);
    MysqlNet net = new MysqlNet(world);
    twins.on(net);
    List<Node> declared = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      declared.add(node("my" + i, i == 1));
      SimMysql my = net.add(new NodeName("my" + i));
      my.host().files().put("/etc/other.conf", "belongs to somebody else");
    }
    Cluster cluster =
        new Cluster(
            new ClusterName("shop"),
            EngineKind.MYSQL,
            replication,
            new Fencing(Set.of(Fencing.Strength.POWER, Fencing.Strength.STOPPED)),
            Limits.DEFAULTS,
            declared,
            List.of());
    return new MysqlScene(world, twins, net, new MysqlSurvey().settled(cluster));
  }

  /** A cluster that others have set up in their way: with an account and options of their own. */
  static MysqlScene foreign(long seed, boolean traced, int nodes, Replication replication) {
    return foreign(seed, traced, nodes, replication, true);
  }

  /**
   * Such a cluster.
   *
   * @param gtids whether its transactions have names
   */
  static MysqlScene foreign(
      long seed, boolean traced, int nodes, Replication replication, boolean gtids) {
    MysqlScene scene = fresh(seed, traced, nodes, replication);
    SimMysql leader = scene.first();
    if (!gtids) {
      leader.gtid().off();
    }
    leader.place(Optional.of(new Data()));
    leader.start(1);
    scene.world.time().pass(50 * SimTime.MS);
    leader.commit(new Txn.Account("streamer"));
    scene.world.time().pass(200 * SimTime.MS);
    for (SimMysql follower : scene.followers()) {
      follower.place(Optional.of(leader.data().cloned()));
      follower.data().source(Optional.of(new Data.Source("my1", "streamer")));
      if (!gtids) {
        follower.gtid().off();
        follower.channel().byFile();
      }
      follower.host().files().put(MyPaths.CONFIG + "/follower.cnf", "super_read_only = ON\n");
      follower.start(1);
    }
    scene.world.time().pass(50 * SimTime.MS);
    scene.followers().forEach(f -> f.channel().start());
    scene.world.time().pass(800 * SimTime.MS);
    return scene;
  }

  /** A cluster as init leaves it: my1 leads, the others receive from it. */
  static MysqlScene running(long seed, boolean traced, int nodes, Replication mode) {
    MysqlScene scene = fresh(seed, traced, nodes, mode);
    SimMysql leader = scene.first();
    for (Node node : scene.cluster.nodes()) {
      scene.settle(scene.server(node.name().value()));
    }
    leader.place(Optional.of(new Data()));
    leader.start(1);
    scene.world.time().pass(50 * SimTime.MS);
    leader.readOnly(false);
    leader.commit(new Txn.Named(leader.uuid()));
    leader.commit(new Txn.Account(MyTwin.ACCOUNT));
    leader.commit(new Txn.Row(1, "my1", "op-init", leader.uuid(), ""));
    leader.scheduler(true);
    scene.world.time().pass(100 * SimTime.MS);
    for (int i = 2; i <= nodes; i++) {
      SimMysql follower = scene.server("my" + i);
      follower.place(Optional.of(leader.data().cloned()));
      follower.note(leader.uuid());
      follower.data().source(Optional.of(new Data.Source("my1", MyTwin.ACCOUNT)));
      follower.start(1);
    }
    leader.note(leader.uuid());
    scene.world.time().pass(50 * SimTime.MS);
    scene.followers().forEach(f -> f.channel().start());
    scene.world.time().pass(200 * SimTime.MS);
    scene.asked(leader).tell(leader);
    for (Node node : scene.cluster.nodes()) {
      scene.server(node.name().value()).guard().end();
    }
    scene.recorded();
    scene.world.time().pass(200 * SimTime.MS);
    return scene;
  }

  /** As {@link #running}, but for the last node, which cascades from the one before it. */
  static MysqlScene cascading(long seed, boolean traced, int nodes, Replication mode) {
    MysqlScene scene = running(seed, traced, nodes, mode);
    Cluster all = scene.cluster;
    NodeName from = all.nodes().get(nodes - 2).name();
    List<Node> declared = new ArrayList<>(all.nodes());
    Node last = declared.remove(nodes - 1);
    declared.add(
        new Node(
            last.name(),
            last.host(),
            last.region(),
            false,
            last.priority(),
            true,
            Optional.of(from),
            Optional.empty(),
            last.connection(),
            last.ssh(),
            last.database(),
            last.layout(),
            last.fence()));
    scene.follow(last.name(), from);
    scene.world.time().pass(2 * SimTime.SECOND);
    Cluster cascaded =
        new Cluster(
            all.name(),
            all.engine(),
            all.replication(),
            all.fencing(),
            all.limits(),
            declared,
            List.of());
    return new MysqlScene(scene.world, scene.twins, scene.net, cascaded);
  }

  /** All but the one that leads when a case begins. */
  List<SimMysql> followers() {
    return cluster.nodes().stream().skip(1).map(n -> server(n.name().value())).toList();
  }

  private void settle(SimMysql my) {
    String name = my.host().name().value();
    my.host()
        .files()
        .put(
            MyPaths.OPTIONS,
            """
            super_read_only = ON
            skip_replica_start = ON
            relay_log_recovery = ON
            event_scheduler = OFF
            rpl_semi_sync_replica_enabled = ON
            """);
    String state = state(my.host());
    waits(my, needed());
    my.host().files().put(state + "/tls/ca.crt", "authority shop");
    my.host()
        .files()
        .put(state + "/tls/current/server.crt", "certificate for DNS:" + name + " on key");
    String peers =
        cluster.nodes().stream()
            .map(n -> n.name().value())
            .filter(n -> !n.equals(name))
            .map(n -> "peer " + n + " mysql 22 " + n + "\n")
            .collect(Collectors.joining());
    my.host().files().put(state + "/" + GuardBeside.CONF, peers + "end\n");
    my.host().files().put(state + "/" + GuardBeside.INSTALLED, MyPaths.SERVICE);
  }

  /** What its commits wait for when it leads, by its file. */
  private void waits(SimMysql my, int needed) {
    String others =
        cluster.nodes().stream()
            .map(n -> n.name().value())
            .filter(n -> !n.equals(my.host().name().value()))
            .collect(Collectors.joining(" "));
    my.host()
        .files()
        .put(
            state(my.host()) + "/" + SemiSync.FILE,
            needed == 0
                ? "needed 0\n"
                : "needed " + needed + "\ntimeout " + NEVER + "\nackers " + others + "\n");
  }

  private int needed() {
    return switch (cluster.replication().mode()) {
      case ASYNC -> 0;
      case SEMI_SYNC -> cluster.replication().acks();
      case SYNC -> cluster.nodes().size() - 1;
    };
  }

  /** What init wrote down. */
  private void recorded() {
    List<NodeName> names = cluster.nodes().stream().map(Node::name).toList();
    int needed = needed();
    LeaderRecord written =
        new LeaderRecord(
            1,
            "op-init",
            names.get(0),
            names,
            1,
            needed == 0 ? List.of() : names.subList(1, names.size()),
            needed,
            new TreeMap<>(),
            List.of());
    for (SimHost host : world.hosts()) {
      host.files().put(state(host) + "/epoch", SimEpoch.settled(written).text());
    }
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
            3306,
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
  static Replication mode(Replication.Mode mode, int acks) {
    return new Replication(mode, acks, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0);
  }

  /** Puts another twin in a script's place. */
  void replace(String script, UnaryOperator<Twin> other) {
    replace("mysql", script, other);
  }

  /** The same of a script that is not of this engine alone. */
  void replace(String folder, String script, UnaryOperator<Twin> other) {
    twins.of(folder).compute(script, (name, twin) -> other.apply(twin));
  }

  /** Breaks the world on purpose: start guards forget a rule. */
  MysqlScene deleting(SimGuard.Rule rule) {
    net.deletes(rule);
    return this;
  }

  MysqlNet net() {
    return net;
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
    return new MysqlEngine();
  }

  @Override
  public SimMysql server(String node) {
    return net.at(node).orElseThrow();
  }

  @Override
  public String state(SimHost host) {
    return MyPaths.state(host);
  }

  /** Whom it follows, and which sessions ended when it led last. */
  @Override
  public boolean isLeft(String file) {
    return Scene.super.isLeft(file)
        || file.endsWith("/" + MyTwin.UPSTREAM)
        || file.endsWith("/" + ServerTwins.LEFT);
  }

  /** A permit that was left ends by itself. */
  @Override
  public List<String> untidy(SimHost host) {
    return List.of();
  }

  @Override
  public boolean standsStill(String node) {
    SimHost host = server(node).host();
    return host.files().containsKey(state(host) + "/" + MyTwin.FROZEN);
  }

  @Override
  public int waitsFor(SimServer leader) {
    Commits commits = ((SimMysql) leader).commits();
    return commits.waits() ? commits.needed() : 0;
  }

  @Override
  public Set<NodeName> counting(SimServer leader) {
    return net.receivers((SimMysql) leader).stream()
        .filter(SimMysql::saysThatItAcknowledges)
        .map(f -> f.host().name())
        .collect(Collectors.toSet());
  }

  @Override
  public void haveThemWait(int needed) {
    for (Node node : cluster.nodes()) {
      SimMysql my = server(node.name().value());
      waits(my, needed);
      if (!my.isReadOnly()) {
        asked(my).tell(my);
      }
    }
  }

  /** What its file says. */
  private SemiSync asked(SimMysql my) {
    return SemiSync.of(my.host().files().getOrDefault(state(my.host()) + "/" + SemiSync.FILE, ""));
  }

  @Override
  public boolean isClosed(SimHost host) {
    SimMysql my = server(host.name().value());
    return !my.hasProcess()
        && my.isMasked()
        && my.startsClosed()
        && host.files().containsKey(state(host) + "/" + MyTwin.FENCED);
  }

  /** Its options have it closed, as before. */
  @Override
  public void wasFenced(String node) {}

  /** It had no channel when it led. */
  @Override
  public void ledBefore(NodeName node) {
    server(node.value()).channel().forget();
  }

  @Override
  public void promote(NodeName node) {
    promote(node, net.remembers(MysqlNet.Forgotten.ROW));
  }

  /**
   * @param told whether the epoch's row is its first transaction
   */
  void promote(NodeName node, boolean told) {
    SimMysql my = server(node.value());
    my.channel().forget();
    if (told) {
      my.commit(new Txn.Row(2, node.value(), "op-a", my.uuid(), my.data().executed().toString()));
    }
    asked(my).tell(my);
    my.readOnly(false);
    my.scheduler(true);
  }

  @Override
  public void openByHand(NodeName node) {
    SimMysql my = server(node.value());
    asked(my).tell(my);
    my.readOnly(false);
  }

  @Override
  public void follow(NodeName node, NodeName from) {
    Channel channel = server(node.value()).channel();
    channel.stopReceiver();
    channel.point(new Data.Source(from.value(), MyTwin.ACCOUNT));
    channel.start();
  }

  @Override
  public void stop(NodeName node) {
    server(node.value()).stop();
  }

  @Override
  public void start(NodeName node) {
    server(node.value()).start(1);
  }

  @Override
  public MysqlScene with(Hooks hooks, List<Redirect> redirects) {
    return new MysqlScene(world, twins, net, cluster.with(hooks, redirects));
  }

  @Override
  public MysqlScene withOneMore() {
    String name = "my" + (cluster.nodes().size() + 1);
    net.add(new NodeName(name)).host().files().put("/etc/other.conf", "belongs to somebody else");
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
    return new MysqlScene(world, twins, net, new MysqlSurvey().settled(more));
  }

  @Override
  public boolean feeds(SimServer leader, NodeName node) {
    return net.receivers((SimMysql) leader).contains(server(node.value()));
  }

  /** All log in with the same account. */
  @Override
  public boolean shutsOut() {
    return false;
  }

  @Override
  public boolean keepsFor(SimServer leader, NodeName node) {
    return feeds(leader, node);
  }

  /** Closed as followers are, and waiting as a leader does. */
  @Override
  public List<String> wrongUnder(SimServer leader) {
    List<String> wrong = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      SimMysql my = server(node.name().value());
      if (my == leader) {
        if (!asked(my).isSet(my)) {
          wrong.add(node.name() + " leads, and its commits do not wait as its file says");
        }
        if (my.data().source().isPresent()) {
          wrong.add(node.name() + " leads, and keeps the channel by which it followed");
        }
        if (!my.hasScheduler()) {
          wrong.add(node.name() + " leads, and its events do not run");
        }
      } else {
        if (my.hasScheduler()) {
          wrong.add(node.name() + " follows, and its events run");
        }
        if (my.commits().enabled()) {
          wrong.add(node.name() + " follows, and its commits wait");
        }
      }
    }
    return wrong;
  }
}

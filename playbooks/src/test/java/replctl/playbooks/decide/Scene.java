package replctl.playbooks.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.Fencing;
import replctl.inventory.Layout;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Ssh;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Epochs;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/**
 * A cluster of three as it could be seen, changed one thing at a time. pg1 leads. Belongs to no
 * engine: a position is a history and a number, and two histories have always parted.
 */
public final class Scene {
  private final Map<String, Node> declared = new LinkedHashMap<>();
  private final Map<String, NodeView> views = new LinkedHashMap<>();

  /** What every host that answers has promised and written down. */
  private EpochFile promised =
      new EpochFile.Known(
          true,
          7,
          "op-7",
          false,
          "ann@ops1",
          OptionalLong.empty(),
          Optional.of(
              new LeaderRecord(
                  7,
                  "op-7",
                  new NodeName("pg1"),
                  List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3")),
                  1,
                  List.of(),
                  0,
                  new TreeMap<>(),
                  List.of())));

  /** What an engine can wait for that can wait for all there is. */
  public static final Acks.Levels LEVELS = new Acks.Levels(Acks.Level.FLUSHED, Acks.Level.APPLIED);

  private Scene() {}

  /** Everybody streams from pg1 and has all of it. */
  public static Scene healthy() {
    Scene scene = new Scene();
    for (String name : List.of("pg1", "pg2", "pg3")) {
      boolean leads = name.equals("pg1");
      scene.declared.put(name, node(name, 50, true));
      scene.views.put(
          name, new NodeView(new NodeName(name), Contact.ANSWERED, Optional.of(server(leads))));
    }
    return scene;
  }

  /** As declared. */
  public Cluster cluster() {
    return new Cluster(
        new ClusterName("shop"),
        EngineKind.POSTGRESQL,
        new Replication(
            Replication.Mode.ASYNC, 1, Replication.OnLostSync.BLOCK, Duration.ofSeconds(30), 0),
        new Fencing(Set.of(Fencing.Strength.POWER)),
        Limits.DEFAULTS,
        new ArrayList<>(declared.values()),
        List.of());
  }

  /** As seen. */
  public Snapshot seen() {
    SortedMap<NodeName, EpochFile> files = new TreeMap<>();
    views.forEach(
        (name, view) ->
            files.put(view.name(), view.contact().answered() ? promised : EpochFile.SILENT));
    return new Snapshot(
        Instant.parse("2026-01-02T03:04:05Z"), new ArrayList<>(views.values()), new Epochs(files));
  }

  /** What every host's epoch file says. */
  public Scene promised(EpochFile file) {
    promised = file;
    return this;
  }

  public Scene mayNotLead(String name) {
    declared.put(name, node(name, 50, false));
    return this;
  }

  /** It is declared to cascade from there, and does. */
  public Scene cascades(String name, String from) {
    declared.put(name, node(name, 50, true, Optional.of(new NodeName(from)), Optional.empty()));
    return upstream(name, from);
  }

  /** It is declared to hold back replay. */
  public Scene delayed(String name, Duration delay) {
    declared.put(name, node(name, 50, true, Optional.empty(), Optional.of(delay)));
    return this;
  }

  public Scene priority(String name, int priority) {
    declared.put(name, node(name, priority, true));
    return this;
  }

  public Scene silent(String name, Contact contact) {
    views.put(name, new NodeView(new NodeName(name), contact, Optional.empty()));
    return this;
  }

  /** Its server answers, and its host does not. */
  public Scene serverAlone(String name, Trouble trouble, String said) {
    views.computeIfPresent(
        name, (n, v) -> new NodeView(v.name(), Contact.serverAlone(trouble, said), v.server()));
    return this;
  }

  public Scene presence(String name, Presence presence) {
    return change(name, s -> new Made(s).presence(presence));
  }

  public Scene role(String name, Role role) {
    return change(name, s -> new Made(s).role(role));
  }

  public Scene identity(String name, String identity) {
    return change(name, s -> new Made(s).identity(identity));
  }

  public Scene position(String name, int history, long at) {
    return change(name, s -> new Made(s).position(new Place(history, at)));
  }

  /** What queries on it see ends there. */
  public Scene applied(String name, int history, long at) {
    return change(
        name,
        s ->
            new Server(
                s.presence(),
                s.role(),
                s.identity(),
                s.version(),
                s.position(),
                Optional.of(new Place(history, at)),
                s.upstream(),
                s.streaming(),
                s.sync(),
                s.lag(),
                s.acks(),
                s.findings(),
                s.facts()));
  }

  /** It has just these transactions; how far it is behind is told by them alone. */
  public Scene holds(String name, Set<Integer> transactions) {
    return holds(name, transactions, Set.of());
  }

  /** It has just these, and those besides that were written on it while another led. */
  public Scene holds(String name, Set<Integer> transactions, Set<Integer> errant) {
    return change(
            name, s -> new Made(s).position(new Held(Set.copyOf(transactions), Set.copyOf(errant))))
        .lagUnknown(name);
  }

  public Scene streaming(String name, boolean streaming) {
    return change(name, s -> new Made(s).streaming(streaming));
  }

  public Scene upstream(String name, String upstream) {
    return change(name, s -> new Made(s).upstream(upstream));
  }

  public Scene lag(String name, long bytes, Duration time, Lag.Cause cause) {
    Lag lag =
        new Lag(
            OptionalLong.of(bytes),
            OptionalLong.empty(),
            Optional.of(time),
            cause,
            Optional.empty());
    return change(name, s -> new Made(s).lag(lag));
  }

  /** How far it is behind is told by its position alone. */
  public Scene lagUnknown(String name) {
    return change(name, s -> new Made(s).lag(Lag.UNKNOWN));
  }

  /** What a leader waits for. */
  public Scene acks(String name, Acks acks) {
    return change(
        name,
        s ->
            new Server(
                s.presence(),
                s.role(),
                s.identity(),
                s.version(),
                s.position(),
                s.applied(),
                s.upstream(),
                s.streaming(),
                s.sync(),
                s.lag(),
                Optional.of(acks),
                s.findings(),
                s.facts()));
  }

  /** What its host said besides, by name. */
  public Scene facts(String name, Map<String, String> facts) {
    return change(
        name,
        s ->
            new Server(
                s.presence(),
                s.role(),
                s.identity(),
                s.version(),
                s.position(),
                s.applied(),
                s.upstream(),
                s.streaming(),
                s.sync(),
                s.lag(),
                s.acks(),
                s.findings(),
                Facts.of(facts)));
  }

  private Scene change(String name, UnaryOperator<Server> change) {
    views.computeIfPresent(
        name, (n, v) -> new NodeView(v.name(), v.contact(), v.server().map(change)));
    return this;
  }

  private static Node node(String name, int priority, boolean mayLead) {
    return node(name, priority, mayLead, Optional.empty(), Optional.empty());
  }

  private static Node node(
      String name,
      int priority,
      boolean mayLead,
      Optional<NodeName> cascadeFrom,
      Optional<Duration> delay) {
    return new Node(
        new NodeName(name),
        name + ".example.net",
        Optional.empty(),
        name.equals("pg1"),
        priority,
        mayLead,
        cascadeFrom,
        delay,
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
        List.of());
  }

  private static Server server(boolean leads) {
    Lag none =
        new Lag(
            OptionalLong.of(0),
            OptionalLong.of(0),
            Optional.of(Duration.ZERO),
            Lag.Cause.NONE,
            Optional.empty());
    return new Server(
        Presence.RUNNING,
        leads ? Role.LEADER : Role.FOLLOWER,
        Optional.of("7"),
        Optional.of("17.2"),
        Optional.of(new Place(1, 1000)),
        Optional.of(new Place(1, 1000)),
        leads ? Optional.empty() : Optional.of(new NodeName("pg1")),
        leads ? Optional.empty() : Optional.of(true),
        leads ? Server.Sync.NONE : Server.Sync.ASYNC,
        leads ? Lag.UNKNOWN : none,
        List.of(),
        Facts.NONE);
  }

  /** A place in one of several histories. */
  private record Place(int history, long at) implements Position {
    @Override
    public Order compare(Position other) {
      Place that = (Place) other;
      if (history != that.history) {
        return Order.DIVERGED;
      }
      return at == that.at ? Order.EQUAL : at < that.at ? Order.BEFORE : Order.AFTER;
    }

    @Override
    public OptionalLong bytesPast(Position other) {
      return OptionalLong.of(at - ((Place) other).at);
    }

    @Override
    public String text() {
      return history + "/" + at;
    }
  }

  /** Transactions, of which one server may have some and another server others. */
  private record Held(Set<Integer> transactions, Set<Integer> errant) implements Position {
    @Override
    public Position shared() {
      return new Held(transactions, Set.of());
    }

    @Override
    public Order compare(Position other) {
      if (!errant.equals(((Held) other).errant)) {
        return Order.DIVERGED;
      }
      Set<Integer> that = ((Held) other).transactions;
      boolean has = transactions.containsAll(that);
      boolean had = that.containsAll(transactions);
      return has ? had ? Order.EQUAL : Order.AFTER : had ? Order.BEFORE : Order.DIVERGED;
    }

    @Override
    public OptionalLong bytesPast(Position other) {
      return OptionalLong.empty();
    }

    @Override
    public Gap past(Position other) {
      Set<Integer> that = ((Held) other).transactions;
      return Gap.ofTransactions(transactions.stream().filter(t -> !that.contains(t)).count());
    }

    @Override
    public String text() {
      return transactions.toString();
    }
  }

  /** A server with one part changed. */
  private record Made(Server of) {
    Server presence(Presence presence) {
      return make(
          presence,
          of.role(),
          of.identity(),
          of.position(),
          of.upstream(),
          of.streaming(),
          of.lag());
    }

    Server role(Role role) {
      return make(
          of.presence(),
          role,
          of.identity(),
          of.position(),
          of.upstream(),
          of.streaming(),
          of.lag());
    }

    Server identity(String identity) {
      return make(
          of.presence(),
          of.role(),
          Optional.of(identity),
          of.position(),
          of.upstream(),
          of.streaming(),
          of.lag());
    }

    Server position(Position at) {
      return make(
          of.presence(),
          of.role(),
          of.identity(),
          Optional.of(at),
          of.upstream(),
          of.streaming(),
          of.lag());
    }

    Server upstream(String name) {
      return make(
          of.presence(),
          of.role(),
          of.identity(),
          of.position(),
          Optional.of(new NodeName(name)),
          of.streaming(),
          of.lag());
    }

    Server streaming(boolean streaming) {
      return make(
          of.presence(),
          of.role(),
          of.identity(),
          of.position(),
          of.upstream(),
          Optional.of(streaming),
          of.lag());
    }

    Server lag(Lag lag) {
      return make(
          of.presence(),
          of.role(),
          of.identity(),
          of.position(),
          of.upstream(),
          of.streaming(),
          lag);
    }

    private Server make(
        Presence presence,
        Role role,
        Optional<String> identity,
        Optional<Position> position,
        Optional<NodeName> upstream,
        Optional<Boolean> streaming,
        Lag lag) {
      return new Server(
          presence,
          role,
          identity,
          of.version(),
          position,
          of.applied(),
          upstream,
          streaming,
          of.sync(),
          lag,
          of.acks(),
          of.findings(),
          of.facts());
    }
  }
}

package replctl.cli.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.EngineKind;
import replctl.inventory.Inventory;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Ssh;
import replctl.inventory.yaml.InventoryReader;
import replctl.inventory.yaml.Problem;
import replctl.inventory.yaml.ProposedCluster;
import replctl.inventory.yaml.Reading;
import replctl.playbooks.decide.discovery.Discovery;
import replctl.playbooks.decide.discovery.Endpoint;
import replctl.playbooks.decide.discovery.Found;
import replctl.playbooks.decide.discovery.Naming;
import replctl.playbooks.decide.discovery.Naming.Named;
import replctl.playbooks.decide.discovery.Proposing;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.engine.NodeFacts;
import replctl.playbooks.observe.PlacesLook;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.World;

/**
 * Finds a cluster by asking one of its hosts, and those of which that tells, over SSH with one and
 * the same login. It changes nothing there and writes nothing here.
 */
public final class LiveImport {
  /** Where relative paths of the proposal begin, and where it may be put: nothing is there yet. */
  private static final Path FILE = Path.of("replctl.yaml");

  private final Backend backend;
  private final Map<String, String> environment;
  private final InventoryReader reader;
  private final Wish wish;

  /**
   * What was typed.
   *
   * @param host of the first server
   * @param ssh how it and all others are reached
   * @param engine empty: what runs there is found out
   * @param port of the first server; empty: the engine's usual one
   * @param perNode how long each host may take
   */
  public record Wish(
      String host,
      Ssh ssh,
      Optional<EngineKind> engine,
      OptionalInt port,
      Optional<ClusterName> cluster,
      Duration perNode) {}

  public LiveImport(Backend backend, Map<String, String> environment, Wish wish) {
    this.backend = backend;
    this.environment = Map.copyOf(environment);
    this.wish = wish;
    String home = environment.getOrDefault("HOME", "");
    reader = home.isEmpty() ? new InventoryReader() : new InventoryReader(Path.of(home));
  }

  /**
   * The inventory that is proposed, as text.
   *
   * @throws Failure where the first host can't be asked, or no server is there
   */
  public String proposal() {
    First first = first();
    EngineKind engine = first.engine();
    Discovery discovery = Discovery.from(first.found());
    for (Set<Endpoint> next = discovery.next(); !next.isEmpty(); next = discovery.next()) {
      discovery = discovery.with(ask(engine, next));
    }
    Discovery whole = discovery;
    ClusterName name = wish.cluster().orElseGet(() -> new ClusterName("main"));
    try (Session session = open(bare(name, engine, List.of(first.found().asked())))) {
      List<Named> named = Naming.of(whole, lookups(session.world(), whole));
      ProposedCluster bare =
          Proposing.bare(
              name,
              engine,
              wish.ssh(),
              named.stream()
                  .map(n -> Proposing.bare(n.name(), n.host(), n.server().port()))
                  .toList());
      Snapshot seen =
          session
              .engine()
              .survey()
              .read(cluster(bare), session.world().clock().now(), heard(named));
      return Proposing.of(bare, whole, named, seen, session.engine().survey().levels()).text();
    }
  }

  /** The server at which it begins, and which engine it is one of. */
  private record First(EngineKind engine, Found found) {}

  private First first() {
    List<First> there = new ArrayList<>();
    List<String> why = new ArrayList<>();
    for (EngineKind engine : wish.engine().map(List::of).orElse(List.of(EngineKind.values()))) {
      int port = wish.port().orElse(engine == EngineKind.MYSQL ? 3306 : 5432);
      Endpoint at = new Endpoint(wish.host(), port);
      Discovery.Reply reply = ask(engine, Set.of(at)).get(at);
      reply.found().ifPresent(found -> there.add(new First(engine, found)));
      if (reply.found().isEmpty()) {
        why.add("\n" + engine.word() + ", port " + port + ": " + reply.why());
      }
    }
    if (there.size() == 1) {
      return there.get(0);
    }
    throw there.isEmpty()
        ? Failure.of(
            ExitCode.UNREACHABLE,
            "no server of a cluster was found on " + wish.host() + String.join("", why),
            "ssh " + wish.host() + "   and see that it lets you in, and that a server runs there",
            "the same with --database-port PORT, where it listens elsewhere")
        : Failure.of(
            ExitCode.USAGE,
            "servers of both engines are on " + wish.host(),
            "the same with --engine postgresql   or: --engine mysql");
  }

  /** Asks at places, all at the same time. */
  private Map<Endpoint, Discovery.Reply> ask(EngineKind engine, Set<Endpoint> places) {
    Map<Endpoint, Discovery.Reply> replies = new LinkedHashMap<>();
    List<Endpoint> usable = new ArrayList<>();
    ClusterName none = new ClusterName("main");
    for (Endpoint at : places) {
      Reading reading = bare(none, engine, List.of(at)).reading(reader, FILE);
      if (reading.inventory().isPresent()) {
        usable.add(at);
      } else if (places.size() == 1 && at.host().equals(wish.host())) {
        throw Failure.of(ExitCode.USAGE, "it can't be asked there" + said(reading));
      } else {
        replies.put(at, new Discovery.Reply(Optional.empty(), "that is no host's name or address"));
      }
    }
    if (usable.isEmpty()) {
      return replies;
    }
    try (Session session = open(bare(none, engine, usable))) {
      Map<NodeName, Heard> heard =
          PlacesLook.look(session.world(), session.engine(), session.cluster(), wish.perNode());
      for (int i = 0; i < usable.size(); i++) {
        Node node = session.cluster().nodes().get(i);
        Answer answer = heard.get(node.name()).host();
        replies.put(usable.get(i), reply(session, node, usable.get(i), answer));
      }
    }
    return replies;
  }

  private static Discovery.Reply reply(Session session, Node node, Endpoint at, Answer answer) {
    if (!answer.isDone()) {
      return new Discovery.Reply(
          Optional.empty(), Heard.of(answer).contact(false, List.of()).words());
    }
    Presence presence = new NodeFacts(node, answer.facts()).presence();
    boolean there = presence != Presence.ABSENT && presence != Presence.UNKNOWN;
    return there
        ? new Discovery.Reply(
            Optional.of(
                Found.at(
                    at, answer.facts(), session.engine().survey().peers(node, answer.facts()))),
            "")
        : new Discovery.Reply(
            Optional.empty(),
            "its host answers, and has no server there: "
                + answer.facts().text("presence_why").orElse("nothing was found"));
  }

  /** A cluster of places, only to ask them: its names mean nothing. */
  private ProposedCluster bare(ClusterName name, EngineKind engine, List<Endpoint> places) {
    List<ProposedCluster.Member> members = new ArrayList<>();
    for (Endpoint at : places) {
      NodeName node = new NodeName("n" + (members.size() + 1));
      members.add(Proposing.bare(node, at.host(), at.port()));
    }
    return Proposing.bare(name, engine, wish.ssh(), members);
  }

  private Session open(ProposedCluster places) {
    Cluster cluster = cluster(places);
    return backend.open(
        new Inventory(FILE.toAbsolutePath(), List.of(cluster)), cluster, environment);
  }

  private Cluster cluster(ProposedCluster proposed) {
    Reading reading = proposed.reading(reader, FILE);
    return reading
        .inventory()
        .map(i -> i.clusters().get(0))
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.BAD_INVENTORY, "what was found is no inventory" + said(reading)));
  }

  private static String said(Reading reading) {
    return reading.errors().stream()
        .map(Problem::toString)
        .map("\n"::concat)
        .collect(Collectors.joining());
  }

  private static Map<NodeName, Heard> heard(List<Named> named) {
    Map<NodeName, Heard> heard = new TreeMap<>();
    named.forEach(n -> heard.put(n.name(), Heard.of(new Answer.Done(n.server().facts()))));
    return heard;
  }

  /** What the name service of this host says; one that is late says nothing. */
  private Map<String, Set<String>> lookups(World world, Discovery discovery) {
    Map<String, Set<String>> lookups = new TreeMap<>();
    world
        .fanout()
        .each(Naming.toLookUp(discovery), LiveImport::addresses, world.clock().in(wish.perNode()))
        .forEach((name, addresses) -> lookups.put(name, addresses.orElse(Set.of())));
    return lookups;
  }

  private static Set<String> addresses(String name) {
    try {
      return Arrays.stream(InetAddress.getAllByName(name))
          .map(InetAddress::getHostAddress)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (UnknownHostException unknown) {
      return Set.of();
    }
  }
}

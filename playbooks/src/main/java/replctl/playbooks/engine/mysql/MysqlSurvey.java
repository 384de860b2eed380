package replctl.playbooks.engine.mysql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Heard;
import replctl.playbooks.engine.Survey;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Server.Sync;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Query;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

/** How MySQL's nodes are asked (survey.sh), and what their answers mean together. */
public final class MysqlSurvey implements Survey {
  private static final Script SCRIPT = new Script("mysql", "survey");
  private static final Query LIVE = new Query("mysql", "survey/live");

  /** The packages' user has no home to keep state in: it is root who makes this folder for it. */
  static final String STATE = "/var/lib/replctl";

  @Override
  public ScriptCall question(Cluster cluster, Node node) {
    Map<String, Value> values = Survey.declared(cluster, node);
    stateDirectory(cluster, node).ifPresent(t -> values.put("state_directory", Value.of(t)));
    return ScriptCall.probe(SCRIPT, values);
  }

  @Override
  public Optional<String> stateDirectory(Cluster cluster, Node node) {
    return node.layout()
        .stateDirectory()
        .or(() -> Optional.of(STATE + "/" + cluster.name() + "/" + node.name()));
  }

  @Override
  public Query live() {
    return LIVE;
  }

  @Override
  public Optional<Facts> refreshed(Facts host, Facts server) {
    return Optional.empty();
  }

  /**
   * A follower acknowledges what it has in its relay log, which each of replctl's flushes at once
   * (sync_relay_log=1); none says that it has applied it.
   */
  @Override
  public Acks.Levels levels() {
    return new Acks.Levels(Acks.Level.FLUSHED, Acks.Level.FLUSHED);
  }

  @Override
  public Peers peers(Node node, Facts host) {
    return MysqlPeers.of(new MysqlNode(node, host));
  }

  @Override
  public Snapshot read(Cluster cluster, Instant at, Map<NodeName, Heard> heard) {
    List<MysqlNode> nodes = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      Answer host = Heard.of(heard, node.name()).host();
      nodes.add(new MysqlNode(node, host.isDone() ? host.facts() : Facts.NONE));
    }
    MysqlNeighbours all = MysqlNeighbours.of(nodes);
    // What an upstream waits for is asked for each of its followers.
    Map<NodeName, Acks> waits = new HashMap<>();
    for (MysqlNode node : nodes) {
      MysqlAcks.of(node, all).ifPresent(acks -> waits.put(node.name(), acks));
    }
    List<NodeView> views = new ArrayList<>();
    for (MysqlNode node : nodes) {
      Heard told = Heard.of(heard, node.name());
      boolean answered = told.host().isDone();
      views.add(
          new NodeView(
              node.name(),
              answered ? Contact.ANSWERED : told.contact(false, byOthers(node, all)),
              answered ? Optional.of(server(node, all, waits)) : Optional.empty()));
    }
    return new Snapshot(at, views);
  }

  private static Server server(MysqlNode node, MysqlNeighbours all, Map<NodeName, Acks> waits) {
    boolean leader = node.role() == Role.LEADER;
    boolean follower = node.role() == Role.FOLLOWER;
    return new Server(
        node.presence(),
        node.role(),
        all.identity(node),
        node.version(),
        (follower ? node.held() : node.executed()).map(set -> position(set, node, all)),
        node.executed().map(set -> position(set, node, all)),
        follower ? all.upstream(node).map(MysqlNode::name) : Optional.empty(),
        follower ? streaming(node, all) : Optional.empty(),
        follower ? sync(node, all, waits) : Sync.NONE,
        follower ? MysqlLag.of(node, all) : Lag.UNKNOWN,
        leader ? Optional.ofNullable(waits.get(node.name())) : Optional.empty(),
        MysqlFindings.of(node, all),
        node.facts());
  }

  private static Position position(GtidSet set, MysqlNode node, MysqlNeighbours all) {
    GtidSet errant = MysqlErrant.of(node, all);
    return new MysqlPosition(set, all.own(node).orElse(GtidSet.NONE).with(errant), errant);
  }

  /** A server that is not there at all certainly does not stream. */
  private static Optional<Boolean> streaming(MysqlNode node, MysqlNeighbours all) {
    return node.presence() == Presence.STOPPED || node.presence() == Presence.ABSENT
        ? Optional.of(false)
        : all.streams(node);
  }

  private static Sync sync(MysqlNode node, MysqlNeighbours all, Map<NodeName, Acks> waits) {
    Optional<Acks> acks =
        all.upstream(node)
            .filter(MysqlNode::answered)
            .flatMap(up -> Optional.ofNullable(waits.get(up.name())));
    if (acks.isEmpty()) {
      return Sync.NONE;
    }
    boolean counts = acks.get().needed() > 0 && acks.get().present().contains(node.name().value());
    return counts ? Sync.ACKS : Sync.ASYNC;
  }

  /** What the others say of a host that did not answer, in half a sentence each. */
  private static List<String> byOthers(MysqlNode silent, MysqlNeighbours all) {
    List<String> words = new ArrayList<>();
    for (MysqlNode other : all.nodes().values()) {
      boolean from = all.upstream(other).filter(u -> u.is(silent)).isPresent();
      if (from && other.channel().filter(c -> c.receives() && c.fresh()).isPresent()) {
        words.add(other.name() + " still receives from it");
      }
    }
    return words;
  }
}

package replctl.playbooks.engine.postgresql;

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
import replctl.playbooks.engine.postgresql.Surveyed.Sender;
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

/**
 * How PostgreSQL's nodes are asked (survey.sh, survey/live.sql), and what their answers mean
 * together.
 */
public final class PostgresqlSurvey implements Survey {
  private static final Script SCRIPT = new Script("postgresql", "survey");
  private static final Query LIVE = new Query("postgresql", "survey/live");

  @Override
  public ScriptCall question(Cluster cluster, Node node) {
    Map<String, Value> values = Survey.declared(cluster, node);
    values.put("reader", Value.of(node.database().user()));
    return ScriptCall.probe(SCRIPT, values);
  }

  @Override
  public Query live() {
    return LIVE;
  }

  @Override
  public Optional<Facts> refreshed(Facts host, Facts server) {
    return new LiveFacts(server).over(host);
  }

  @Override
  public Acks.Levels levels() {
    return new Acks.Levels(Acks.Level.FLUSHED, Acks.Level.APPLIED);
  }

  @Override
  public Peers peers(Node node, Facts host) {
    return PostgresqlPeers.of(new Surveyed(node, host));
  }

  @Override
  public Snapshot read(Cluster cluster, Instant at, Map<NodeName, Heard> heard) {
    List<Surveyed> surveyed = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      surveyed.add(new Surveyed(node, facts(Heard.of(heard, node.name()))));
    }
    Neighbours all = Neighbours.of(surveyed);
    // What an upstream waits for is asked for each of its followers.
    Map<NodeName, Acks> waits = new HashMap<>();
    for (Surveyed one : surveyed) {
      PostgresqlAcks.of(one, all).ifPresent(acks -> waits.put(one.node().name(), acks));
    }
    List<NodeView> views = new ArrayList<>();
    for (Surveyed one : surveyed) {
      Heard told = Heard.of(heard, one.node().name());
      Answer host = told.host();
      Contact contact =
          host.isDone()
              ? Contact.ANSWERED
              : told.contact(one.answered(), one.answered() ? List.of() : byOthers(one, all));
      boolean known = host.isDone() || one.answered();
      views.add(
          new NodeView(
              one.node().name(),
              contact,
              known ? Optional.of(server(cluster, one, all, waits)) : Optional.empty()));
    }
    return new Snapshot(at, views);
  }

  private static Facts facts(Heard heard) {
    return heard.host().isDone()
        ? heard.host().facts()
        : heard
            .server()
            .filter(Answer::isDone)
            .map(answer -> new LiveFacts(answer.facts()).alone())
            .orElse(Facts.NONE);
  }

  private static Server server(
      Cluster cluster, Surveyed one, Neighbours all, Map<NodeName, Acks> waits) {
    boolean leader = one.role() == Role.LEADER;
    boolean follower = one.role() == Role.FOLLOWER;
    return new Server(
        one.presence(),
        one.role(),
        one.identity(),
        one.version(),
        one.position().map(Position.class::cast),
        one.applied().map(Position.class::cast),
        follower ? all.upstream(one).map(u -> u.node().name()) : Optional.empty(),
        follower ? streaming(one, all) : Optional.empty(),
        follower ? sync(one, all, waits) : Sync.NONE,
        follower ? PostgresqlLag.of(one, all) : Lag.UNKNOWN,
        leader ? Optional.ofNullable(waits.get(one.node().name())) : Optional.empty(),
        PostgresqlFindings.of(one, all, cluster.limits()),
        one.facts());
  }

  /** A server that is not there at all certainly does not stream. */
  private static Optional<Boolean> streaming(Surveyed one, Neighbours all) {
    Presence presence = one.presence();
    return presence == Presence.STOPPED || presence == Presence.ABSENT
        ? Optional.of(false)
        : all.streams(one);
  }

  /** By the word of the one that it receives from, if that one leads: only a leader waits. */
  private static Sync sync(Surveyed one, Neighbours all, Map<NodeName, Acks> waits) {
    Optional<Surveyed> upstream = all.upstream(one).filter(Surveyed::answered);
    if (upstream.isEmpty()) {
      return Sync.NONE;
    }
    Acks acks = waits.getOrDefault(upstream.get().node().name(), Acks.NONE);
    return acks.needed() > 0 && all.row(one).filter(Sender::acks).isPresent()
        ? Sync.ACKS
        : Sync.ASYNC;
  }

  /** What the others say of a host that did not answer, in half a sentence each. */
  private static List<String> byOthers(Surveyed silent, Neighbours all) {
    List<String> words = new ArrayList<>();
    for (Surveyed other : all.nodes().values()) {
      NodeName name = other.node().name();
      if (all.upstream(other).filter(u -> u.is(silent)).isPresent() && other.receives()) {
        String last =
            other
                .age("receiver.message_age")
                .map(a -> ", last " + PostgresqlLag.seconds(a) + " ago")
                .orElse("");
        words.add(name + " still receives from it" + last);
      }
      String application = silent.node().name().value();
      if (other.senders().stream()
          .anyMatch(s -> s.streaming() && s.application().equals(application))) {
        words.add(name + " sends to it");
      }
    }
    return words;
  }
}

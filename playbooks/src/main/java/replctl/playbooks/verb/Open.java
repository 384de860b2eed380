package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Opens the recorded leader that only rebooted, under a new epoch; or writes down that a node leads
 * which was promoted by hand. Pure: what was seen in, a plan or a refusal out.
 */
public final class Open {
  private final Engine engine;

  public Open(Engine engine) {
    this.engine = engine;
  }

  /**
   * Decides whether the leader is to be opened.
   *
   * @param op the name of the operation, should there be one
   * @param node who is to be open; empty: the recorded leader
   */
  public Decision decide(Cluster cluster, Snapshot seen, String op, Optional<NodeName> node) {
    Optional<LeaderRecord> record = seen.epochs().newest();
    if (record.isEmpty()) {
      return Decision.of(unrecorded(cluster));
    }
    LeaderRecord newest = record.get();
    NodeName leader = node.orElse(newest.leader());
    Optional<Refusal> no =
        beside(seen, newest, leader)
            .or(() -> succeeded(cluster, newest, leader))
            .or(() -> unseen(cluster, seen, leader));
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    if (seen.node(leader).writable()) {
      return Decision.of(plan(cluster, seen, op, List.of(), List.of()));
    }
    Site site = new Site(cluster, seen);
    Optional<String> closed = engine.opening().closed(site, leader);
    return closed(site, leader)
        .or(() -> closed.filter(by -> node.isEmpty()).map(by -> unnamed(cluster, leader, by)))
        .map(Decision::of)
        .orElseGet(
            () ->
                Voted.paying(
                    engine,
                    plan(
                        cluster,
                        seen,
                        op,
                        Stream.concat(
                                closed.map(by -> givesWay(leader, by)).stream(),
                                engine.opening().warnings(site, leader).stream())
                            .toList(),
                        List.of(
                            Phase.inOrder(
                                "a new epoch has the leader " + leader,
                                List.of(Records.step(newest.again()))),
                            Phase.inOrder(
                                leader + " takes writes", engine.opening().open(site, leader)))),
                    site,
                    Electorates.Wish.USUAL));
  }

  /**
   * Decides whether that node, which takes writes already, is written down as the leader.
   *
   * @param op the name of the operation, should there be one
   */
  public Decision reRecord(Cluster cluster, Snapshot seen, String op, NodeName node) {
    Optional<LeaderRecord> record = seen.epochs().newest();
    if (record.isEmpty()) {
      return Decision.of(unrecorded(cluster));
    }
    List<NodeName> writable = seen.writable().stream().map(NodeView::name).toList();
    if (writable.size() > 1) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_SPLIT_01,
              "two writable servers: " + words(writable, " and ") + ".",
              "close the one that is not to lead: replctl fence NODE",
              "replctl open " + node + " --re-record"));
    }
    if (!writable.equals(List.of(node))) {
      return Decision.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              node
                  + " does not take writes"
                  + (writable.isEmpty() ? "" : ", and " + writable.get(0) + " does")
                  + ": only what is so is written down.",
              "replctl status " + cluster.name()));
    }
    LeaderRecord newest = record.get();
    if (newest.leader().equals(node)) {
      return Decision.of(plan(cluster, seen, op, List.of(), List.of()));
    }
    Site site = new Site(cluster, seen);
    return Voted.paying(
        engine,
        plan(
            cluster,
            seen,
            op,
            known(site, newest, node),
            List.of(
                Phase.inOrder(
                    "a new epoch has the leader " + node,
                    List.of(Records.step(leads(site, node)))))),
        site,
        Electorates.Wish.USUAL);
  }

  /** What is known of the others, so that it is seen before it is confirmed. */
  private static List<String> known(Site site, LeaderRecord newest, NodeName node) {
    List<String> known = new ArrayList<>();
    NodeName old = newest.leader();
    known.add(
        "the newest record is of epoch "
            + newest.epoch()
            + " and has the leader "
            + old
            + "; as soon as it has another, "
            + old
            + " is started as a follower only, and what it alone has is lost to "
            + node);
    for (NodeView other : site.seen().nodes()) {
      if (other.name().equals(node)) {
        continue;
      }
      if (!other.contact().answered()) {
        known.add(
            other.name()
                + " does not answer ("
                + other.contact().words()
                + "): if it takes writes, there are two that do; see that it is off, or: replctl"
                + " fence "
                + other.name());
      } else if (site.seen().epochs().of(other.name()) instanceof EpochFile.Known file
          && file.leader().filter(r -> r.epoch() < newest.epoch()).isPresent()) {
        known.add(
            other.name()
                + "'s own record is older: epoch "
                + file.leader().get().epoch()
                + ", leader "
                + file.leader().get().leader());
      }
    }
    return known;
  }

  private LeaderRecord leads(Site site, NodeName leader) {
    return Records.of(
        site.cluster(), site.seen(), leader, engine.succession().acks(site, leader), Map.of());
  }

  private static Plan plan(
      Cluster cluster, Snapshot seen, String op, List<String> warnings, List<Phase> phases) {
    return new Plan(op, "open", cluster.name(), Bases.of(seen), warnings, phases);
  }

  private static Refusal unrecorded(Cluster cluster) {
    return Refusal.of(
        Refusal.Code.E_EPOCH_02,
        "no host that answers has a record of who leads.",
        "replctl init " + cluster.name());
  }

  /** Nobody is opened beside one that takes writes. */
  private static Optional<Refusal> beside(Snapshot seen, LeaderRecord newest, NodeName leader) {
    List<NodeName> others =
        seen.writable().stream().map(NodeView::name).filter(n -> !n.equals(leader)).toList();
    if (!others.isEmpty()) {
      NodeName other = others.get(0);
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_SPLIT_01,
              words(others, " and ")
                  + (others.size() == 1 ? " takes writes: " : " take writes: ")
                  + leader
                  + (seen.node(leader).writable() ? " does so too" : " must not do so beside it")
                  + ". The newest record, of epoch "
                  + newest.epoch()
                  + ", has the leader "
                  + newest.leader()
                  + ".",
              "if "
                  + other
                  + " is to lead, and nobody else takes writes: replctl open "
                  + other
                  + " --re-record",
              "if it is not: replctl fence " + other));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> succeeded(
      Cluster cluster, LeaderRecord newest, NodeName leader) {
    if (newest.leader().equals(leader)) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_STATE_01,
            "the newest record, of epoch "
                + newest.epoch()
                + ", has the leader "
                + newest.leader()
                + ", and not "
                + leader
                + ".",
            "replctl open " + newest.leader(),
            "where it is lost: replctl failover " + cluster.name() + " --to " + leader));
  }

  private static Optional<Refusal> unseen(Cluster cluster, Snapshot seen, NodeName leader) {
    NodeView view = seen.node(leader);
    return view.contact().answered()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Code.E_REACH_01,
                leader + ", the recorded leader, does not answer: " + view.contact().words() + ".",
                "replctl status " + cluster.name(),
                "where it is lost: replctl failover " + cluster.name()));
  }

  /** Why a leader that does not take writes is not opened. */
  private Optional<Refusal> closed(Site site, NodeName leader) {
    NodeView view = site.seen(leader);
    String look = "replctl status " + site.cluster().name();
    Optional<String> marker = view.server().flatMap(s -> s.facts().text(HostFact.FENCED));
    if (marker.isPresent()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_RETURN_01,
              leader + " was fenced (" + marker.get().strip() + ") and must not lead by itself.",
              "if it is to lead all the same: replctl unfence "
                  + leader
                  + ", then: replctl open "
                  + leader,
              "if another leads: replctl rejoin " + leader));
    }
    if (!engine.opening().isClosed(view)) {
      String why = view.server().flatMap(s -> s.facts().text(HostFact.PRESENCE_WHY)).orElse("");
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              leader
                  + (view.presence() == Presence.RUNNING
                      ? "'s server runs as a follower"
                      : "'s server is " + view.presence().name().toLowerCase(Locale.ROOT))
                  + (why.isEmpty() ? "" : ": " + why)
                  + ".",
              look));
    }
    List<String> objections = engine.opening().objections(site, leader);
    if (objections.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_STATE_01,
            leader + " must not be opened: " + String.join("; ", objections) + ".",
            look,
            "if one that was promoted is to lead: replctl open NODE --re-record"));
  }

  private static Refusal unnamed(Cluster cluster, NodeName leader, String closedBy) {
    return Refusal.of(
        Refusal.Code.E_STATE_01,
        leader + " must not be opened: it would start as a follower: " + closedBy + ".",
        "replctl status " + cluster.name(),
        "if it was fenced and is to lead again, name it: replctl open " + leader,
        "if one that was promoted is to lead: replctl open NODE --re-record");
  }

  private static String givesWay(NodeName leader, String closedBy) {
    return leader
        + " was closed ("
        + closedBy
        + "): that gives way, since the newest record has it as the leader and nobody else was"
        + " promoted";
  }

  private static String words(List<NodeName> names, String between) {
    return names.stream().map(NodeName::value).collect(Collectors.joining(between));
  }
}

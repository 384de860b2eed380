package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Brings what writes wait for to what the inventory asks, or lowers it until that is taken back.
 * What is written down is never more than what holds. Pure.
 */
public final class Sync {
  private final Engine engine;

  public Sync(Engine engine) {
    this.engine = engine;
  }

  /**
   * What the operator has typed.
   *
   * @param lowered wait for no more than so many, until it is taken back; empty: all that the
   *     inventory asks
   * @param letWritesWait more may be asked for than receive now
   */
  public record Options(Optional<Lowered> lowered, boolean letWritesWait) {}

  /** Decides. */
  public Decision decide(Cluster cluster, Snapshot seen, String op, Options options) {
    Optional<Refusal> state = objection(cluster, seen);
    if (state.isPresent()) {
      return Decision.of(state.get());
    }
    Site site = new Site(cluster, seen);
    NodeName leader = seen.leader().orElseThrow().name();
    Acks now = seen.leader().flatMap(NodeView::server).flatMap(Server::acks).orElseThrow();
    Acks whole = Guarantee.asked(engine, cluster, seen, leader, Optional.empty());
    Optional<Lowered> lowered = options.lowered().filter(l -> l.acks() < whole.needed());
    if (options.lowered().isPresent() && lowered.isEmpty()) {
      return Decision.of(notLess(options.lowered().get(), whole));
    }
    Acks wanted = Guarantee.asked(engine, cluster, seen, leader, lowered);
    Optional<Refusal> waits = waits(now, wanted, receiving(seen, leader, wanted), options);
    if (waits.isPresent()) {
      return Decision.of(waits.get());
    }
    LeaderRecord newest = seen.epochs().newest().orElseThrow();
    List<Phase> phases = phases(site, leader, now, wanted, newest, lowered);
    return Voted.paying(
        engine,
        new Plan(
            op,
            "sync",
            cluster.name(),
            Bases.of(seen),
            warnings(cluster, now, wanted, receiving(seen, leader, wanted)),
            phases),
        site,
        Electorates.Wish.USUAL);
  }

  private List<Phase> phases(
      Site site,
      NodeName leader,
      Acks now,
      Acks wanted,
      LeaderRecord newest,
      Optional<Lowered> lowered) {
    LeaderRecord kept =
        newest.again().closing(newest.closed(), Debts.of(site.seen())).lowering(lowered);
    LeaderRecord before =
        kept.awaiting(
            both(newest.ackers(), wanted.recorded()),
            least(newest, now.recorded(), wanted.recorded()));
    Acks then = Votes.then(engine.setup(), newest, wanted.recorded(), n -> true);
    LeaderRecord after = kept.awaiting(then.ackers(), then.needed());
    boolean early = !says(newest, before) || !newest.lowered().equals(lowered);
    boolean late = !says(early ? before : newest, after);
    List<Step> leading = new ArrayList<>();
    if (!Guarantee.same(now, wanted)) {
      List<NodeName> added =
          wanted.ackers().stream()
              .filter(n -> !now.ackers().contains(n))
              .filter(receiving(site.seen(), leader, wanted)::contains)
              .toList();
      // Not taken back: more may be written down by then than was waited for before.
      leading.add(engine.waiting().set(site, leader, wanted, added).kept());
    }
    return List.of(
        Phase.inOrder(
            "what may come is written down first",
            early
                ? List.of(Records.step("record", "write down what writes will wait for", before))
                : List.of()),
        Phase.inOrder(leader + " waits for what is asked", leading),
        new Phase("any follower would wait alike", following(site, leader, lowered)),
        Phase.inOrder(
            Votes.REACHED,
            late && !before.vouchesFor(after)
                ? List.of(engine.waiting().reached(site, leader, wanted))
                : List.of()),
        Phase.inOrder(
            "what holds now is written down",
            late
                ? List.of(
                    Records.step(
                        early ? "record-after" : "record",
                        "write down what writes wait for now",
                        early ? after.next() : after))
                : List.of()));
  }

  /** Those that may lead, and can be asked; the others are told before they lead. */
  private List<Lane> following(Site site, NodeName leader, Optional<Lowered> lowered) {
    List<Lane> lanes = new ArrayList<>();
    for (Node node : site.cluster().nodes()) {
      NodeView view = site.seen(node.name());
      if (node.name().equals(leader)
          || !node.mayLead()
          || !view.contact().answered()
          || view.presence() != Presence.RUNNING) {
        continue;
      }
      Acks has = engine.succession().acks(site, node.name());
      Acks wants = Guarantee.asked(engine, site.cluster(), site.seen(), node.name(), lowered);
      if (!Guarantee.same(has, wants)) {
        lanes.add(Lane.of(engine.waiting().set(site, node.name(), wants, List.of()).kept().owed()));
      }
    }
    return lanes;
  }

  /** Whoever counted, or will: a write may be on any of these meanwhile. */
  private static List<NodeName> both(List<NodeName> recorded, Acks wanted) {
    Set<NodeName> both = new LinkedHashSet<>(recorded);
    both.addAll(wanted.ackers());
    return List.copyOf(both);
  }

  /** The least that a write waits for from before the change until after it. */
  private static int least(LeaderRecord newest, Acks now, Acks wanted) {
    return Math.min(newest.acks(), Math.min(now.needed(), wanted.needed()));
  }

  private static boolean says(LeaderRecord have, LeaderRecord wanted) {
    return have.acks() == wanted.acks()
        && (wanted.acks() == 0 || have.ackers().equals(wanted.ackers()));
  }

  private static List<String> warnings(
      Cluster cluster, Acks now, Acks wanted, Set<NodeName> receiving) {
    List<String> words = new ArrayList<>();
    boolean weaker =
        wanted.needed() < now.needed()
            || wanted.level().compareTo(now.level()) < 0
            || (wanted.patience().isPresent() && now.needed() > 0 && now.patience().isEmpty());
    if (weaker) {
      words.add(
          "weaker: writes wait for "
              + Guarantee.words(wanted)
              + " from then on, and not for "
              + Guarantee.words(now)
              + " any more");
    }
    if (receiving.size() < wanted.needed()) {
      words.add(waiting(wanted, receiving));
    }
    wanted.patience().ifPresent(most -> words.add(Guarantee.givesUp(most)));
    if (cluster.replication().onLostSync() == Replication.OnLostSync.BLOCK
        && wanted.needed() > 0
        && wanted.needed() >= wanted.ackers().size()) {
      words.add(
          "every node that may acknowledge must: when one of "
              + Init.words(wanted.ackers())
              + " is lost, writes wait");
    }
    return words;
  }

  private static String waiting(Acks wanted, Set<NodeName> receiving) {
    return "writes will wait: "
        + receiving.size()
        + " of "
        + wanted.needed()
        + (wanted.needed() == 1 ? " acker" : " ackers")
        + (receiving.size() == 1 ? " receives" : " receive");
  }

  /** Those of them that receive from the leader at this moment, by their own word or its. */
  private static Set<NodeName> receiving(Snapshot seen, NodeName leader, Acks wanted) {
    Set<NodeName> receiving = new LinkedHashSet<>();
    List<String> present =
        seen.node(leader).server().flatMap(Server::acks).map(Acks::present).orElse(List.of());
    for (NodeName acker : wanted.ackers()) {
      Optional<Server> server = seen.node(acker).server();
      boolean streams =
          server.flatMap(Server::streaming).orElse(false)
              && server.flatMap(Server::upstream).equals(Optional.of(leader));
      if (streams || present.contains(acker.value())) {
        receiving.add(acker);
      }
    }
    return receiving;
  }

  private static Optional<Refusal> objection(Cluster cluster, Snapshot seen) {
    String look = "replctl status " + cluster.name();
    if (seen.leader().isEmpty()) {
      return Optional.of(
          Refusal.of(
              seen.writable().isEmpty() ? Refusal.Code.E_STATE_01 : Refusal.Code.E_SPLIT_01,
              seen.writable().isEmpty()
                  ? "no node is seen to take writes."
                  : "more than one node takes writes.",
              look));
    }
    NodeView leader = seen.leader().get();
    if (!leader.contact().answered() || leader.server().flatMap(Server::acks).isEmpty()) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_REACH_01,
              leader.name() + " leads, and what it waits for is not known.",
              look));
    }
    Optional<LeaderRecord> newest = seen.epochs().newest();
    if (newest.isPresent() && !newest.get().leader().equals(leader.name())) {
      return Optional.of(
          Refusal.of(
              Refusal.Code.E_STATE_01,
              leader.name()
                  + " takes writes, and by the newest record (epoch "
                  + newest.get().epoch()
                  + ") "
                  + newest.get().leader()
                  + " leads.",
              "replctl open " + leader.name() + " --re-record"));
    }
    return newest.isPresent()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Code.E_EPOCH_02,
                "no host that answers has a record of who leads.",
                "replctl init " + cluster.name()));
  }

  private static Refusal notLess(Lowered typed, Acks whole) {
    return Refusal.of(
        Refusal.Code.E_STATE_01,
        "--acks "
            + typed.acks()
            + " asks for no less than the inventory, by which writes wait for "
            + Guarantee.words(whole)
            + ". More is asked for in the inventory.",
        "replctl sync --apply");
  }

  private static Optional<Refusal> waits(
      Acks now, Acks wanted, Set<NodeName> receiving, Options options) {
    // Where they wait already, and no more is asked, it gets no worse.
    boolean more = wanted.needed() > now.needed() || !now.ackers().containsAll(wanted.ackers());
    if (options.letWritesWait() || !more || receiving.size() >= wanted.needed()) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_STATE_01,
            waiting(wanted, receiving) + ".",
            "bring the others back: replctl status",
            "for as long as they are away: replctl sync --acks " + receiving.size(),
            "replctl sync --apply --let-writes-wait"));
  }
}

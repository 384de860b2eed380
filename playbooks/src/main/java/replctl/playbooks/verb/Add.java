package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.StartGuard;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * A declared node, or a witness, becomes a member: first it follows, by init's own steps, and then
 * it votes. Pure.
 */
public final class Add {
  private final Engine engine;
  private final Setup setup;

  public Add(Engine engine) {
    this.engine = engine;
    this.setup = engine.setup();
  }

  /**
   * What the operator asked for.
   *
   * @param by the name of a way to become a follower; empty: the first that can be gone
   * @param replace its old data may be deleted where it can't be set aside
   * @param withoutGuard no start guard is placed on it
   */
  public record Options(Optional<String> by, boolean replace, boolean withoutGuard) {
    /** Nothing that is not needed. */
    public static final Options USUAL = new Options(Optional.empty(), false, false);

    Rejoin.Options following() {
      return new Rejoin.Options(Optional.empty(), by, replace);
    }
  }

  /** What is to be reached with this node, as far as a look at the cluster tells. */
  public static Rejoin.Aim aim(Site site, NodeName node, Options options) {
    Rejoin.Aim aim = Rejoin.aim(site, node, options.following());
    return aim instanceof Rejoin.Aim.No no
        ? new Rejoin.Aim.No(AddRules.worded(no.refusal(), node))
        : aim;
  }

  /**
   * Decides on a node.
   *
   * @param op the name of the operation, should there be one
   * @param goal with the answers of the hosts added
   */
  public Decision decide(String op, RejoinGoal goal, Options options) {
    Site site = goal.site();
    Optional<LeaderRecord> newest = site.seen().epochs().newest();
    if (newest.isEmpty()) {
      return Decision.of(AddRules.unfounded(site));
    }
    AddRules rules = new AddRules(goal, newest.get(), options);
    List<Refusal> objections = setup.objections(rules.joining());
    if (!objections.isEmpty()) {
      return Decision.of(AddRules.worded(objections.get(0), goal.node()));
    }
    List<String> words = new ArrayList<>();
    List<Phase> following = new ArrayList<>();
    if (!engine.rejoin().follows(goal)) {
      Rejoin.Way way = new Rejoin(engine).way(goal, options.by());
      if (way instanceof Rejoin.Way.No no) {
        return Decision.of(AddRules.worded(no.refusal(), goal.node()));
      }
      Rejoin.Way.Gone gone = (Rejoin.Way.Gone) way;
      words.addAll(gone.words());
      following.addAll(gone.phases());
      following.add(
          Phase.inOrder(goal.node() + " keeps nothing of a leader's", engine.rejoin().tidy(goal)));
    }
    Votes votes = votes(goal, newest.get(), rules);
    words.addAll(rules.warnings());
    words.addAll(votes.warnings());
    SetupGoal all = rules.setup();
    words.addAll(setup.guard(rules.joining()).warnings());
    Plan plan =
        new Plan(
            op,
            "add " + goal.node(),
            site.cluster().name(),
            Bases.of(site.seen()),
            words,
            distinct(phases(goal, all, following, votes)));
    return plan.isEmpty() ? Decision.of(plan) : Voted.paying(engine, plan, site, votes.wish(false));
  }

  private Votes votes(RejoinGoal goal, LeaderRecord last, AddRules rules) {
    return new Votes(
        last,
        goal.site().seen(goal.leader()).server().flatMap(Server::acks),
        Votes.then(setup, last, setup.acks(rules.setup(), goal.leader()), n -> true),
        rules.voters(),
        Map.of());
  }

  /**
   * @param following the steps by which the node comes to stream
   */
  private List<Phase> phases(RejoinGoal goal, SetupGoal all, List<Phase> following, Votes votes) {
    NodeName node = goal.node();
    NodeName leader = goal.leader();
    Snapshot seen = goal.site().seen();
    List<NodeName> others = all.followers().stream().filter(n -> !n.equals(node)).toList();
    StartGuard guard = setup.guard(all);
    List<Phase> phases = new ArrayList<>();
    phases.add(Phase.inOrder("there is an authority for certificates", setup.authority(all)));
    phases.add(
        lanes("the others can log in to " + node, all.nodes(), n -> setup.credentials(all, n)));
    phases.add(lanes("every start guard has a key", all.nodes(), guard::key));
    phases.add(lanes("start guards know their peers", guard.hosts(), guard::peers));
    phases.add(lanes("followers let " + node + " in", others, n -> setup.configure(all, n)));
    List<Step> leading = new ArrayList<>(setup.configure(all, leader));
    leading.addAll(setup.accounts(all));
    phases.add(Phase.inOrder(leader + " lets " + node + " in", leading));
    phases.addAll(following);
    if (goal.seen().presence() != Presence.ABSENT) {
      phases.add(Phase.inOrder(node + " is configured", setup.configure(all, node)));
    }
    phases.add(
        Phase.inOrder("the start guard stands before " + node + "'s server", guard.install(node)));
    phases.add(lanes("start guards get answers", all.nodes(), guard::reach));
    // From here on it votes; and whoever may acknowledge is written down before a write counts on
    // it.
    phases.add(
        Phase.inOrder(
            "a majority of the voters, as they were and as they will be, knows of " + node,
            Votes.step(seen, votes.meanwhile(), "record", votes.title())));
    phases.add(Phase.inOrder("its word counts", setup.acknowledging(all, node, true)));
    phases.add(lanes("any follower would lead alike", all.followers(), n -> mayLead(all, n)));
    phases.add(Phase.inOrder(leader + " is as durable as asked", setup.durability(all, leader)));
    phases.add(Phase.inOrder(Votes.REACHED, votes.reached(setup, all)));
    if (!votes.atOnce()) {
      phases.add(
          Phase.inOrder(
              "what writes wait for is written down",
              Votes.step(
                  seen,
                  votes.afterwards(),
                  "record-durability",
                  "write down on every host what writes wait for")));
    }
    return phases;
  }

  private List<Step> mayLead(SetupGoal goal, NodeName node) {
    return goal.site().declared(node).mayLead() ? setup.durability(goal, node) : List.of();
  }

  static Phase lanes(String title, List<NodeName> nodes, Function<NodeName, List<Step>> steps) {
    return new Phase(
        title, nodes.stream().map(steps).filter(s -> !s.isEmpty()).map(Lane::new).toList());
  }

  /** What the way of a follower brings along is not done twice: the first of a name stands. */
  static List<Phase> distinct(List<Phase> phases) {
    Set<String> names = new HashSet<>();
    List<Phase> distinct = new ArrayList<>();
    for (Phase phase : phases) {
      List<Lane> lanes = new ArrayList<>();
      for (Lane lane : phase.lanes()) {
        List<Step> steps = lane.steps().stream().filter(s -> names.add(s.name())).toList();
        if (!steps.isEmpty()) {
          lanes.add(new Lane(steps));
        }
      }
      distinct.add(new Phase(phase.title(), lanes));
    }
    return distinct;
  }

  /**
   * Decides on a witness: it gets an epoch file, answers start guards, and then has its vote.
   *
   * @param site as surveyed, with the answers to {@link Setup#question} added
   */
  public Decision decide(String op, Site site, Witness witness) {
    Optional<LeaderRecord> newest = site.seen().epochs().newest();
    if (newest.isEmpty()) {
      return Decision.of(AddRules.unfounded(site));
    }
    LeaderRecord last = newest.get();
    List<NodeName> voters = AddRules.with(last.voters(), witness.name());
    Votes votes = new Votes(last, Optional.empty(), Acks.NONE, voters, Map.of());
    List<NodeName> members = AddRules.members(site, last);
    StartGuard guard =
        setup.guard(new SetupGoal(site, last.leader(), members, SetupGoal.Policy.CAUTIOUS));
    List<String> words = new ArrayList<>(votes.warnings());
    words.addAll(AddRules.absent(site, last, witness.name()));
    Plan plan =
        new Plan(
            op,
            "add " + witness.name(),
            site.cluster().name(),
            Bases.of(site.seen()),
            words,
            List.of(
                lanes("every start guard has a key", members, guard::key),
                lanes("start guards know their peers", guard.hosts(), guard::peers),
                lanes("start guards get answers", members, guard::reach),
                Phase.inOrder(
                    "a majority of the voters, as they were and as they will be, knows of "
                        + witness.name(),
                    Votes.step(site.seen(), votes.voting(), "record", votes.title()))));
    return plan.isEmpty() ? Decision.of(plan) : Voted.paying(engine, plan, site, votes.wish(false));
  }
}

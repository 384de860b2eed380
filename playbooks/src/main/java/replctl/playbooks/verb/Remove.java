package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
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
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.ScriptCall;

/**
 * A node, or a witness, leaves: first no write waits for it, then it has no vote, and then nothing
 * is kept for it any more. Pure.
 */
public final class Remove {
  /** Lock, start block, fast stop, immediate stop, systemctl stop, KILL. */
  private static final Duration STOP = Duration.ofSeconds(45);

  private static final Duration QUICK = Duration.ofSeconds(30);

  /** How a record says that a node was closed by a proof that is accepted. */
  private static final String CLOSED = "fenced";

  private static final String LEFT =
      "a majority of the voters, as they were and as they will be, knows that it has left";

  private final Engine engine;
  private final Setup setup;

  public Remove(Engine engine) {
    this.engine = engine;
    this.setup = engine.setup();
  }

  /**
   * What the operator has typed.
   *
   * @param confirmed nodes that were seen to be off, and by whom
   */
  public record Options(Map<NodeName, String> confirmed) {
    /** Nobody has seen anything. */
    public static final Options USUAL = new Options(Map.of());

    public Options {
      confirmed = Collections.unmodifiableSortedMap(new TreeMap<>(confirmed));
    }
  }

  /**
   * Decides.
   *
   * @param op the name of the operation, should there be one
   * @param site as surveyed, with the answers to {@link Setup#question} added
   * @param gone who leaves; it need not be declared any more
   */
  public Decision decide(String op, Site site, NodeName gone, Options options) {
    Optional<LeaderRecord> newest = site.seen().epochs().newest();
    if (newest.isEmpty()) {
      return Decision.of(AddRules.unfounded(site));
    }
    RemoveRules rules = new RemoveRules(engine, site, gone, newest.get(), options);
    Optional<Refusal> no = rules.objection();
    if (no.isPresent()) {
      return Decision.of(no.get());
    }
    return rules.witness() ? witness(op, site, gone, rules) : node(op, site, gone, rules, options);
  }

  /** It has a vote, and answers start guards. */
  private Decision witness(String op, Site site, NodeName gone, RemoveRules rules) {
    Votes votes = new Votes(rules.last(), Optional.empty(), Acks.NONE, rules.voters(), Map.of());
    SetupGoal rest = rules.rest();
    StartGuard guard = setup.guard(rest);
    List<Step> leave =
        setup
            .guard(new SetupGoal(site, rules.leader(), rest.nodes(), SetupGoal.Policy.CAUTIOUS))
            .leave(gone);
    List<String> warnings = new ArrayList<>(votes.warnings());
    if (site.seen().epochs().of(gone) instanceof EpochFile.Silent) {
      warnings.add(
          gone
              + "'s host does not answer: the keys of start guards stay in its authorized_keys;"
              + " taken away once it answers by: replctl remove "
              + gone);
    }
    warnings.add(inventory(gone));
    Plan plan =
        new Plan(
            op,
            "remove " + gone,
            site.cluster().name(),
            Bases.of(site.seen()),
            warnings,
            List.of(
                Phase.inOrder(
                    LEFT, Votes.step(site.seen(), votes.voting(), "record", votes.title())),
                Add.lanes("every start guard has a key", rest.nodes(), guard::key),
                Add.lanes(
                    "no start guard asks " + gone + " any more",
                    guard.hosts(),
                    n -> guard.peers(n).stream().map(Step::owed).toList()),
                Phase.inOrder(
                    gone + " answers no start guard any more",
                    leave.stream().map(s -> s.failing(Step.OnFailure.LET_GO)).toList())));
    return plan.isEmpty() ? Decision.of(plan) : Voted.of(plan, site, votes.wish(false));
  }

  private Decision node(String op, Site site, NodeName gone, RemoveRules rules, Options options) {
    SetupGoal rest = rules.rest();
    Map<NodeName, String> closed =
        rules.majority()
            ? Map.of()
            : rules.silent().stream().collect(Collectors.toMap(n -> n, n -> CLOSED));
    Votes votes =
        new Votes(
            rules.last(),
            site.seen(rules.leader()).server().flatMap(Server::acks),
            Votes.then(
                setup,
                rules.last(),
                setup.acks(rest, rules.leader()),
                n -> !isTold(n, gone, rules, options)),
            rules.voters(),
            closed);
    List<Phase> phases = new ArrayList<>();
    if (!closed.isEmpty()) {
      phases.add(
          Phase.sideBySide(
              "whoever may lead and does not answer is closed, by a proof that is accepted",
              rules.silent().stream().map(n -> close(site, n, options)).toList()));
    }
    phases.addAll(voting(rest, votes, silenced(site, rules, rest, gone)));
    phases.addAll(leaving(site, rules, rest, gone));
    Plan plan =
        new Plan(
            op,
            "remove " + gone,
            site.cluster().name(),
            Bases.of(site.seen()),
            warnings(site, rules, rest, gone, votes),
            phases);
    boolean fencesOnly =
        plan.steps().allMatch(s -> s.name().startsWith("fence-")) && !plan.isEmpty();
    return plan.isEmpty() || fencesOnly
        ? Decision.of(nothing(op, site, gone, plan))
        : Voted.paying(engine, plan, site, votes.wish(!closed.isEmpty()));
  }

  /** Its own host acknowledges nothing any more, or somebody has seen that it is off for good. */
  private static boolean isTold(NodeName node, NodeName gone, RemoveRules rules, Options options) {
    return options.confirmed().containsKey(node) || (node.equals(gone) && rules.answers());
  }

  private static Plan nothing(String op, Site site, NodeName gone, Plan plan) {
    return new Plan(
        op, "remove " + gone, site.cluster().name(), plan.basis(), plan.warnings(), List.of());
  }

  private Step close(Site site, NodeName node, Options options) {
    return Closing.step(
        engine,
        site,
        node,
        site.cluster().fencing().accept(),
        Optional.ofNullable(options.confirmed().get(node)));
  }

  /**
   * The leader waits for it no more before it is struck off those who acknowledge: until then a
   * write may be on its disk alone. Where fewer are waited for than before, that is written down
   * first: a failover must not count on more than there is.
   */
  private List<Phase> voting(SetupGoal rest, Votes votes, List<Step> silenced) {
    Snapshot seen = rest.site().seen();
    List<Phase> phases = new ArrayList<>();
    if (votes.weakens()) {
      phases.add(
          Phase.inOrder(
              "it is known that writes wait for fewer",
              Votes.step(seen, votes.meanwhile(), "record-durability", votes.title())));
    }
    phases.add(Phase.inOrder("no write waits for it", setup.durability(rest, rest.leader())));
    phases.add(Phase.inOrder("its word counts for none", silenced));
    phases.add(Phase.inOrder(Votes.REACHED, votes.reached(setup, rest)));
    phases.add(
        Phase.inOrder(
            LEFT,
            Votes.step(
                seen,
                votes.weakens() ? votes.afterwards() : votes.after(),
                "record",
                votes.title())));
    return phases;
  }

  private List<Phase> leaving(Site site, RemoveRules rules, SetupGoal rest, NodeName gone) {
    List<Phase> phases = new ArrayList<>();
    if (rules.answers()) {
      phases.add(Phase.inOrder(gone + " stops", stop(site, gone)));
    }
    List<Lane> others = new ArrayList<>();
    StartGuard guard = setup.guard(rest);
    // A host that does not answer may come back as it was, and its guard then asks who leads.
    boolean forgotten = rules.answers() || !rules.declared();
    if (forgotten) {
      phases.add(Add.lanes("every start guard has a key", rest.nodes(), guard::key));
    }
    for (NodeName node : rest.nodes()) {
      List<Step> steps = new ArrayList<>(engine.leaving().forget(rest, node, gone));
      if (!node.equals(rest.leader()) && rest.site().declared(node).mayLead()) {
        steps.addAll(setup.durability(rest, node));
      }
      steps.addAll(setup.configure(rest, node));
      steps.addAll(setup.credentials(rest, node));
      if (forgotten) {
        steps.addAll(guard.peers(node));
      }
      if (!steps.isEmpty()) {
        others.add(new Lane(steps.stream().map(Step::owed).toList()));
      }
    }
    if (forgotten) {
      for (NodeName witness : guard.hosts()) {
        if (!rest.nodes().contains(witness) && !guard.peers(witness).isEmpty()) {
          others.add(new Lane(guard.peers(witness).stream().map(Step::owed).toList()));
        }
      }
    }
    phases.add(new Phase("nothing is kept for " + gone + " any more", others));
    if (rules.answers()) {
      phases.add(Phase.inOrder(gone + " is nobody's member", part(site, rules, gone)));
    }
    return phases;
  }

  private List<Step> silenced(Site site, RemoveRules rules, SetupGoal rest, NodeName gone) {
    SetupGoal with =
        new SetupGoal(
            site,
            rules.leader(),
            Stream.concat(rest.nodes().stream(), Stream.of(gone)).toList(),
            SetupGoal.Policy.CAUTIOUS);
    return rules.declared() && rules.answers() ? setup.acknowledging(with, gone, false) : List.of();
  }

  /** Closed for good: whoever starts it gets a follower of nobody. */
  private List<Step> stop(Site site, NodeName gone) {
    boolean data = site.seen(gone).presence() != Presence.ABSENT;
    boolean closed =
        site.seen(gone).presence() == Presence.STOPPED && site.seen(gone).role() == Role.FOLLOWER;
    return data && !closed
        ? List.of(
            step(
                "stop-" + gone,
                "stop " + gone + "'s server, and see that it would start closed",
                gone,
                engine.fencing().stop(site, gone),
                STOP.plus(QUICK)))
        : List.of();
  }

  /** The start block first: of a unit that is masked systemd reads no drop-in. */
  private List<Step> part(Site site, RemoveRules rules, NodeName gone) {
    SetupGoal with =
        new SetupGoal(
            site, rules.leader(), List.of(rules.leader(), gone), SetupGoal.Policy.CAUTIOUS);
    List<Step> steps = new ArrayList<>();
    if (!stop(site, gone).isEmpty()) {
      steps.add(
          step(
              "lift-" + gone,
              "take the start block away that the stop has placed",
              gone,
              engine.fencing().lift(site, gone),
              QUICK));
    }
    setup.guard(with).leave(gone).forEach(s -> steps.add(s.failing(Step.OnFailure.LET_GO)));
    return steps;
  }

  private static Step step(
      String name, String title, NodeName node, ScriptCall call, Duration limit) {
    return Step.of(name, title, Place.on(node), call, limit).failing(Step.OnFailure.LET_GO);
  }

  private static String inventory(NodeName gone) {
    return "when it has left, take "
        + gone
        + " out of the inventory: until then, what changes the cluster is refused, a failover too";
  }

  private List<String> warnings(
      Site site, RemoveRules rules, SetupGoal rest, NodeName gone, Votes votes) {
    List<String> warnings = new ArrayList<>();
    if (rules.declared() && !rules.answers()) {
      warnings.add(
          gone
              + "'s host does not answer ("
              + site.seen(gone).contact().words()
              + "): its server and its start guard stay as they are. Should it come back, it"
              + (setup.takesAnyWord()
                  ? " receives as before and acknowledges, so that it stays written down as one that"
                      + " a write may be on, and has no vote; once it is off for good: replctl remove "
                      + gone
                      + " --confirm-fenced "
                      + gone
                  : " receives from nobody, acknowledges nothing and has no vote")
              + "; owed there, once it answers: replctl remove "
              + gone);
    } else if (rules.answers() && site.seen(gone).presence() != Presence.ABSENT) {
      warnings.add(
          gone
              + "'s data is left where it is"
              + site.facts(gone).text("data_directory").map(d -> ", in " + d).orElse("")
              + "; its server would start read-only");
    }
    if (rules.answers()
        && !setup
            .guard(new SetupGoal(site, rules.leader(), List.of(gone), SetupGoal.Policy.CAUTIOUS))
            .mayBeTaken(gone)) {
      warnings.add(
          "sudo does not let replctl take "
              + gone
              + "'s start guard away: as root on "
              + gone
              + ", delete replctl-guard.conf beside its unit");
    }
    if (rules.declared()) {
      warnings.add(inventory(gone));
    }
    for (NodeName other : rest.site().cluster().nodes().stream().map(n -> n.name()).toList()) {
      if (!rest.nodes().contains(other)) {
        warnings.add(other + " takes no part now, and learns of it when it is back: replctl init");
      }
    }
    warnings.addAll(engine.leaving().warnings(rest, gone));
    warnings.addAll(votes.warnings());
    return warnings;
  }
}

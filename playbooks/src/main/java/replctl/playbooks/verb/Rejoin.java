package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Ladder;
import replctl.playbooks.engine.RejoinGoal;
import replctl.playbooks.engine.Rung;
import replctl.playbooks.engine.Site;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * An old leader or a broken follower comes back as a follower, by the way that changes least of
 * those that can be gone. What it alone has is kept first. Pure.
 */
public final class Rejoin {
  private final Engine engine;

  public Rejoin(Engine engine) {
    this.engine = engine;
  }

  /**
   * What the operator asked for.
   *
   * @param to whom it is to receive from; empty: as declared, else the leader
   * @param by the name of a way; empty: the first that can be gone
   * @param replace its old data may be deleted where it can't be set aside
   */
  public record Options(Optional<NodeName> to, Optional<String> by, boolean replace) {
    /** Nothing that is not needed. */
    public static final Options USUAL = new Options(Optional.empty(), Optional.empty(), false);
  }

  /** What is to be reached, or why it can't be begun. */
  public sealed interface Aim {
    /** This is to be reached: its hosts are to be asked for more. */
    record Reach(RejoinGoal goal) implements Aim {}

    /** A rule says no. */
    record No(Refusal refusal) implements Aim {}
  }

  /** What is to be reached with this node, as far as a look at the cluster tells. */
  public static Aim aim(Site site, NodeName node, Options options) {
    return RejoinRules.aim(site, node, options);
  }

  /**
   * Decides.
   *
   * @param op the name of the operation, should there be one
   * @param goal with the answers of the hosts added
   */
  public Decision decide(String op, RejoinGoal goal, Optional<String> by) {
    replctl.playbooks.engine.Rejoin rejoin = engine.rejoin();
    if (rejoin.follows(goal) && by.isEmpty()) {
      return Decision.of(plan(op, goal, List.of(), List.of()));
    }
    Way way = way(goal, by);
    if (way instanceof Way.No no) {
      return Decision.of(no.refusal());
    }
    Way.Gone gone = (Way.Gone) way;
    List<Step> durability = rejoin.durability(goal);
    List<Phase> phases = new ArrayList<>();
    // First: who counts is written down before a write waits for it.
    Optional<Votes> votes = votes(goal, !durability.isEmpty());
    List<Step> record = record(goal, votes);
    phases.add(Phase.inOrder("every host knows that " + goal.leader() + " leads", record));
    phases.addAll(gone.phases());
    phases.add(Phase.inOrder(goal.node() + " keeps nothing of a leader's", rejoin.tidy(goal)));
    phases.add(
        Phase.inOrder(
            "its word counts",
            durability.isEmpty()
                ? List.of()
                : engine.setup().acknowledging(goal.setup(), goal.node(), true)));
    List<Step> paid = paid(goal, record);
    phases.add(Phase.inOrder("nothing is owed of " + goal.node(), paid));
    List<Step> waiting = new ArrayList<>(durability);
    votes.ifPresent(v -> waiting.addAll(after(goal, v, paid.isEmpty() ? record : paid)));
    phases.add(
        Phase.inOrder("writes wait for as many as they should on " + goal.leader(), waiting));
    return Voted.paying(
        engine, plan(op, goal, gone.words(), phases), goal.site(), Electorates.Wish.USUAL);
  }

  /** How a node becomes a follower that streams, or why it can't. */
  sealed interface Way {
    /**
     * By these steps.
     *
     * @param words what the operator should know first
     */
    record Gone(List<String> words, List<Phase> phases) implements Way {}

    /** Not at all. */
    record No(Refusal refusal) implements Way {}
  }

  /**
   * Chooses.
   *
   * @param by the way that was asked for; empty: the first that can be gone
   */
  Way way(RejoinGoal goal, Optional<String> by) {
    replctl.playbooks.engine.Rejoin rejoin = engine.rejoin();
    Optional<Refusal> objection = rejoin.objection(goal);
    if (objection.isPresent()) {
      return new Way.No(objection.get());
    }
    Ladder ladder = rejoin.ladder(goal);
    Optional<Rung> wanted = by.isPresent() ? ladder.named(by.get()) : ladder.first();
    if (wanted.isEmpty() || !wanted.get().stands()) {
      return new Way.No(no(goal, ladder, by));
    }
    String name = wanted.get().name();
    return new Way.Gone(words(ladder, name), rejoin.phases(goal, name));
  }

  /**
   * What is written down is told to those who were away, and corrected where somebody was promoted
   * by hand.
   *
   * @param votes what changes of it
   */
  private List<Step> record(RejoinGoal goal, Optional<Votes> votes) {
    Snapshot seen = goal.site().seen();
    Optional<LeaderRecord> newest = seen.epochs().newest();
    if (newest.isEmpty()) {
      return List.of();
    }
    LeaderRecord wanted = votes.map(Votes::meanwhile).orElseGet(newest.get()::again);
    return Records.isWritten(seen, wanted) ? List.of() : List.of(Records.step(wanted));
  }

  /** Never more than holds: it is written down once those that writes wait for have all of it. */
  private List<Step> after(RejoinGoal goal, Votes votes, List<Step> written) {
    List<Step> steps = new ArrayList<>();
    if (!votes.last().vouchesFor(votes.after())) {
      steps.add(engine.waiting().reached(goal.site(), goal.leader(), votes.then()));
    }
    if (!votes.atOnce()) {
      LeaderRecord last =
          wanted(written)
              .orElseGet(votes::meanwhile)
              .next()
              .awaiting(votes.then().ackers(), votes.then().needed());
      steps.add(
          Records.step("record-durability", "write down on every host what writes wait for", last));
    }
    return steps.stream().map(Step::owed).toList();
  }

  private static Optional<LeaderRecord> wanted(List<Step> record) {
    return record.stream()
        .map(Step::action)
        .map(Action.WriteDown.class::cast)
        .map(Action.WriteDown::wanted)
        .findFirst();
  }

  /**
   * Who acknowledges from now on; empty: as it is written down. Of one that somebody has promoted
   * it is not known what its followers had.
   *
   * @param grows whether writes will wait for others, or for more
   */
  private Optional<Votes> votes(RejoinGoal goal, boolean grows) {
    Snapshot seen = goal.site().seen();
    Optional<LeaderRecord> newest = seen.epochs().newest();
    boolean same = newest.filter(r -> r.leader().equals(goal.leader())).isPresent();
    if (newest.isEmpty() || (same && !grows)) {
      return Optional.empty();
    }
    LeaderRecord last = newest.get();
    Optional<Acks> now = seen.node(goal.leader()).server().flatMap(Server::acks);
    return Optional.of(
        new Votes(
            same ? last : last.ledBy(goal.leader()).awaiting(List.of(), 0),
            now,
            Votes.then(
                engine.setup(),
                last,
                grows ? engine.setup().acks(goal.setup(), goal.leader()) : now.orElse(Acks.NONE),
                n -> same),
            last.voters(),
            Map.of()));
  }

  /** Once the node is back, nothing of its fence is owed any more. */
  private static List<Step> paid(RejoinGoal goal, List<Step> record) {
    Snapshot seen = goal.site().seen();
    boolean owes = seen.epochs().newest().filter(r -> r.debts().contains(goal.node())).isPresent();
    if (!owes) {
      return List.of();
    }
    LeaderRecord last = wanted(record).or(() -> Records.again(seen)).orElseThrow();
    LeaderRecord wanted =
        last.next()
            .closing(
                last.closed(), last.debts().stream().filter(n -> !n.equals(goal.node())).toList());
    return List.of(
        Records.step("record-paid", "write down that " + goal.node() + " owes nothing", wanted)
            .owed());
  }

  private static List<String> words(Ladder ladder, String way) {
    List<String> words = new ArrayList<>();
    ladder.tail().ifPresent(tail -> words.add(tail + "; it is saved and listed first"));
    for (Rung rung : ladder.rungs()) {
      if (rung.name().equals(way)) {
        break;
      }
      words.add(
          "not by "
              + rung.name()
              + ": "
              + (rung.stands() ? "it was asked for by " + way : String.join("; ", rung.against())));
    }
    words.addAll(ladder.notes());
    return words;
  }

  private static Plan plan(String op, RejoinGoal goal, List<String> words, List<Phase> phases) {
    return new Plan(
        op, "rejoin", goal.site().cluster().name(), Bases.of(goal.site().seen()), words, phases);
  }

  private static Refusal no(RejoinGoal goal, Ladder ladder, Optional<String> by) {
    ClusterName cluster = goal.site().cluster().name();
    String again = "replctl rejoin " + goal.node();
    if (by.isPresent() && ladder.named(by.get()).isEmpty()) {
      String ways = ladder.rungs().stream().map(Rung::name).collect(Collectors.joining(", "));
      return Refusal.of(
          Refusal.Code.E_STATE_01,
          "there is no way back by " + by.get() + "; there are: " + ways + ".",
          again + " --dry-run");
    }
    String found =
        ladder.rungs().stream()
            .filter(r -> by.isEmpty() || r.name().equals(by.get()))
            .map(r -> "by " + r.name() + ": " + String.join("; ", r.against()))
            .collect(Collectors.joining("\n"));
    boolean lost = by.isPresent() && ladder.tail().isPresent();
    List<String> next = new ArrayList<>();
    ladder.first().ifPresent(r -> next.add(again + " --by " + r.name()));
    if (ladder.named("clone").filter(Rejoin::wantsReplace).isPresent()) {
      next.add(again + " --by clone --replace");
    }
    next.add("replctl status " + cluster);
    return new Refusal(
        lost ? Refusal.Code.E_RETURN_01 : Refusal.Code.E_STATE_01,
        goal.node()
            + " can't come back so.\n"
            + found
            + (lost ? "\n" + ladder.tail().orElseThrow() : "")
            + ".",
        "Nothing was changed.",
        next);
  }

  /** Whether nothing but old data, which may be deleted, stands in its way. */
  private static boolean wantsReplace(Rung rung) {
    return !rung.stands() && rung.against().stream().allMatch(a -> a.contains("--replace"));
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}

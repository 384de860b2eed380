package replctl.playbooks.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.epoch.Claim;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.epoch.Promise;
import replctl.playbooks.epoch.Promises;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Retention;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Store;
import replctl.playbooks.world.World;

/**
 * Runs plans, and finishes or takes back what another process left. It may be killed anywhere: what
 * is in the journal and on the hosts suffices to go on.
 */
public final class Runner {
  /** An operation that did nothing on any host for so long may be taken over. */
  public static final Duration SILENT = Duration.ofMillis(Electorates.SILENT_MS);

  private final World world;
  private final Journal journal;
  private final Watcher watcher;
  private final String owner;
  private final Continuation continuation;

  /** For operations of one plan. */
  public Runner(World world, Journal journal, Watcher watcher, String owner) {
    this(world, journal, watcher, owner, Continuation.NONE);
  }

  /**
   * @param continuation decides how operations go on whose plan has a sequel
   * @param owner who runs it, for others who find the cluster held: user, host, process
   */
  public Runner(
      World world, Journal journal, Watcher watcher, String owner, Continuation continuation) {
    this.continuation = continuation;
    this.world = world;
    this.journal = journal;
    this.watcher = watcher;
    this.owner = owner;
  }

  /** Runs a new plan from its start. Refused while another operation on the cluster is not over. */
  public Outcome run(Plan plan) {
    return holding(
        plan,
        () -> {
          Optional<Recorded> unfinished = journal.unfinished();
          if (unfinished.isPresent() && !replaces(plan, unfinished.get())) {
            return new Outcome.Refused(notOver(unfinished.get()));
          }
          return promised(
              new Recorded(plan, List.of()),
              new Claim(
                  plan.op(),
                  plan.electorate().epoch(),
                  PlanJson.write(plan).toString(),
                  false,
                  plan.electorate().minority() ? Silence.of(SILENT) : Silence.NONE,
                  needed(plan)),
              held -> {
                Optional<Promise> promise = held.map(Promises.Taken.Held::promise);
                unfinished.ifPresent(this::replaced);
                journal.open(plan);
                return forward(new Recorded(plan, List.of()), Entry.Way.RUN, promise);
              });
        });
  }

  /**
   * The nodes that a plan can't do without; but where a leader is lost it must do without any. A
   * fence has other ways to close a node than that node's own.
   */
  private static Set<NodeName> needed(Plan plan) {
    if (plan.electorate().minority()) {
      return Set.of();
    }
    return plan.steps()
        .filter(
            s -> s.onFailure() == Step.OnFailure.STOP || s.onFailure() == Step.OnFailure.FORWARD)
        .flatMap(
            s ->
                s.action() instanceof Action.Handover h
                    ? Stream.of(h.from(), h.to())
                    : s.action() instanceof Action.Run && s.on() instanceof Place.Host host
                        ? Stream.of(host.node())
                        : Stream.empty())
        .collect(Collectors.toSet());
  }

  private static boolean replaces(Plan plan, Recorded unfinished) {
    return plan.electorate().minority()
        && plan.electorate().over().contains(unfinished.plan().op());
  }

  private void replaced(Recorded unfinished) {
    journal.add(
        unfinished.plan().op(),
        new Entry.Ended(
            world.clock().now(),
            Entry.Ending.OVERTAKEN,
            Optional.of("a failover took its place"),
            List.of()));
  }

  /**
   * Finishes an operation that another process left: back if it was on its way back, unless the new
   * leader is open by now.
   *
   * @param silence what lets it be taken over
   */
  public Outcome resume(Recorded recorded, Silence silence) {
    return again(recorded, Entry.Way.RESUME, silence);
  }

  /**
   * Takes back an operation that another process left, where that can still be.
   *
   * @param silence as in {@link #resume}
   */
  public Outcome abort(Recorded recorded, Silence silence) {
    return again(recorded, Entry.Way.ABORT, silence);
  }

  private Outcome again(Recorded recorded, Entry.Way way, Silence silence) {
    Plan plan = recorded.plan();
    return holding(
        plan,
        () -> {
          // Read again under the lock: another process may have ended it meanwhile.
          Recorded now = journal.read(plan.op()).orElse(recorded);
          if (!now.open()) {
            return new Outcome.Refused(
                Refusal.of(
                    Refusal.Code.E_STATE_01,
                    "operation " + plan.op() + " is over: there is nothing to " + word(way) + "."));
          }
          // Above the one of the process that is taken over, also where a copy of the journal lacks
          // its line: under one promise only one process may act.
          return promised(
              now,
              new Claim(plan.op(), now.epoch() + 1, PlanJson.write(plan).toString(), true, silence),
              held -> {
                Recorded all = now;
                if (held.isPresent() && mayLackLines(now, held.get())) {
                  journal.add(plan.op(), lacking(now, held.get()));
                  all = journal.read(plan.op()).orElse(now);
                }
                Optional<Promise> promise = held.map(Promises.Taken.Held::promise);
                if (way == Entry.Way.ABORT) {
                  return begin(all, way, promise).back();
                }
                return all.goingBack()
                    ? begin(all, way, promise).backOrForward()
                    : forward(all, way, promise);
              });
        });
  }

  /** Whether hosts have promised this operation more than its journal tells of. */
  private static boolean mayLackLines(Recorded recorded, Promises.Taken.Held held) {
    return recorded.hasGap() || held.before() > recorded.begunAs();
  }

  /** From here on every step may have been begun, and the hosts are asked about each. */
  private Entry lacking(Recorded recorded, Promises.Taken.Held held) {
    boolean written =
        held.newest().filter(r -> r.operation().equals(recorded.plan().op())).isPresent();
    return new Entry.Gap(world.clock().now(), written);
  }

  /** Takes the promise first, and gives it back when the operation is over. */
  private Outcome promised(
      Recorded recorded, Claim claim, Function<Optional<Promises.Taken.Held>, Outcome> work) {
    Plan plan = recorded.plan();
    if (plan.electorate().isNobody()) {
      return work.apply(Optional.empty());
    }
    Promises promises = promises(recorded);
    Promises.Taken taken =
        promises.take(claim, other -> journal.read(other).filter(r -> !r.open()).isPresent());
    if (taken instanceof Promises.Taken.Not no) {
      return new Outcome.Refused(no.refusal());
    }
    if (taken instanceof Promises.Taken.Over over) {
      return new Outcome.Refused(endedElsewhere(plan, over.holder()));
    }
    Promises.Taken.Held held = (Promises.Taken.Held) taken;
    Optional<Promise> promise = Optional.of(held.promise());
    Outcome outcome = work.apply(Optional.of(held));
    Copies copies = new Copies(world.clock(), journal, plan.op(), promises, promise, 0);
    if (outcome instanceof Outcome.Done
        || outcome instanceof Outcome.Undone
        || outcome instanceof Outcome.Refused) {
      copies.end();
      journal.prune(
          Retention.usual(world.ids(), world.clock().now()),
          held.newest().map(LeaderRecord::operation));
    } else if (!(outcome instanceof Outcome.Overtaken)) {
      copies.leave();
    }
    return outcome;
  }

  private Refusal endedElsewhere(Plan plan, String holder) {
    journal.add(
        plan.op(),
        new Entry.Ended(
            world.clock().now(),
            Entry.Ending.OVERTAKEN,
            Optional.of(holder + " has ended it"),
            List.of()));
    return Refusal.of(
        Refusal.Code.E_STATE_01,
        "operation " + plan.op() + " is over: " + holder + " has ended it.",
        "replctl op show " + plan.op(),
        "replctl status " + plan.cluster());
  }

  /** All of the operation: also the plans that are decided on what the first one found. */
  private Outcome forward(Recorded recorded, Entry.Way way, Optional<Promise> promise) {
    Plan plan = recorded.plan();
    Outcome outcome = begin(recorded, way, promise).forward();
    if (plan.sequel().isEmpty() || !(outcome instanceof Outcome.Done done)) {
      return outcome;
    }
    Continuation.Next next = continuation.next(plan, done.found());
    Recorded now = journal.read(plan.op()).orElse(recorded);
    if (next instanceof Continuation.Next.Stop stop) {
      Refusal no = stop.refusal();
      return log(now).incomplete(no.found(), no.next());
    }
    Plan whole = ((Continuation.Next.On) next).whole();
    journal.add(plan.op(), new Entry.Continued(world.clock().now(), whole));
    Recorded went = journal.read(plan.op()).orElseThrow();
    return planRun(went, promise).forward(plan.phases().size());
  }

  private PlanRun begin(Recorded recorded, Entry.Way way, Optional<Promise> promise) {
    Plan plan = recorded.plan();
    long epoch = promise.map(Promise::epoch).orElse(0L);
    journal.add(plan.op(), new Entry.Begun(world.clock().now(), way, owner, epoch));
    return planRun(recorded, promise);
  }

  private PlanRun planRun(Recorded recorded, Optional<Promise> promise) {
    Plan plan = recorded.plan();
    Promises promises = promises(recorded);
    return new PlanRun(
        world,
        recorded,
        new Mandate(plan, promises, promise),
        new Copies(world.clock(), journal, plan.op(), promises, promise, 1),
        log(recorded));
  }

  private Log log(Recorded recorded) {
    return new Log(world, journal, watcher, recorded);
  }

  private Promises promises(Recorded recorded) {
    Plan plan = recorded.plan();
    Electorate electorate = plan.electorate();
    return new Promises(
        world,
        plan.cluster(),
        votersAreWritten(recorded) ? electorate.changed() : electorate,
        owner);
  }

  /** Whether a majority of the old voters and of the new has it on disk who votes from now on. */
  private static boolean votersAreWritten(Recorded recorded) {
    Map<String, Answer> answers = recorded.answers();
    return recorded
        .plan()
        .steps()
        .filter(s -> answers.containsKey(s.name()) && answers.get(s.name()).isDone())
        .anyMatch(
            s ->
                s.action() instanceof Action.WriteDown record
                    && record.wanted().voters().equals(recorded.plan().electorate().next()));
  }

  private static String word(Entry.Way way) {
    return way == Entry.Way.ABORT ? "abort" : "resume";
  }

  private Outcome holding(Plan plan, Held work) {
    String mine = plan.op() + " (" + plan.verb() + "), " + owner + ", since " + world.clock().now();
    Store.Hold hold = world.store().lock("locks/" + plan.cluster().value(), mine);
    if (hold instanceof Store.Taken taken) {
      return new Outcome.Refused(
          Refusal.of(
              Refusal.Code.E_BUSY_01,
              "another operation holds cluster " + plan.cluster() + ": " + taken.owner() + ".",
              "replctl op list"));
    }
    Store.Held held = (Store.Held) hold;
    try {
      return work.outcome();
    } finally {
      held.close();
    }
  }

  private static Refusal notOver(Recorded recorded) {
    Plan plan = recorded.plan();
    String by = recorded.begunBy().map(b -> ", begun " + b.at() + " by " + b.owner()).orElse("");
    return Refusal.of(
        Refusal.Code.E_BUSY_01,
        "operation " + plan.op() + " (" + plan.verb() + by + ") is not over.",
        "replctl op show " + plan.op(),
        "replctl op resume " + plan.op(),
        "replctl op abort " + plan.op());
  }

  private interface Held {
    Outcome outcome();
  }
}

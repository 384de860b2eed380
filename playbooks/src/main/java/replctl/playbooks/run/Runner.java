package replctl.playbooks.run;

import java.util.List;
import java.util.Optional;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Store;
import replctl.playbooks.world.World;

/**
 * Runs plans, and finishes or takes back what another process left. It may be killed anywhere: what
 * is in the journal and on the hosts suffices to go on.
 */
public final class Runner {
  private final World world;
  private final Journal journal;
  private final Watcher watcher;
  private final String owner;

  /**
   * @param owner who runs it, for others who find the cluster held: user, host, process
   */
  public Runner(World world, Journal journal, Watcher watcher, String owner) {
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
          if (unfinished.isPresent()) {
            return new Outcome.Refused(notOver(unfinished.get()));
          }
          journal.open(plan);
          journal.add(plan.op(), new Entry.Begun(world.clock().now(), Entry.Way.RUN, owner));
          return run(new Recorded(plan, List.of())).forward();
        });
  }

  /**
   * Finishes an operation that another process left: back if it was on its way back, unless the new
   * leader is open by now.
   */
  public Outcome resume(Recorded recorded) {
    return again(recorded, Entry.Way.RESUME);
  }

  /** Takes back an operation that another process left, where that can still be. */
  public Outcome abort(Recorded recorded) {
    return again(recorded, Entry.Way.ABORT);
  }

  private Outcome again(Recorded recorded, Entry.Way way) {
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
          journal.add(plan.op(), new Entry.Begun(world.clock().now(), way, owner));
          PlanRun run = run(now);
          if (way == Entry.Way.ABORT) {
            return run.back();
          }
          return now.goingBack() ? run.backOrForward() : run.forward();
        });
  }

  private PlanRun run(Recorded recorded) {
    return new PlanRun(world, recorded, new Log(world, journal, watcher, recorded));
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

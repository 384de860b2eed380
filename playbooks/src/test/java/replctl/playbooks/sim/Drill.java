package replctl.playbooks.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import replctl.inventory.Cluster;
import replctl.playbooks.epoch.Silence;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.HostJournals;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.run.Runner;
import replctl.playbooks.run.Watcher;
import replctl.playbooks.world.World;

/**
 * One operation in a simulated world, with faults; then another process that finishes it without
 * faults; then the look at what is left.
 */
public final class Drill {
  /** How the second process takes the operation up. */
  public enum Way {
    RESUME,
    ABORT
  }

  /** A world in which an operation begins. */
  public interface Stage {
    /** The world. */
    SimWorld world();

    /** What is declared. */
    Cluster cluster();

    /** Observes, decides and plans, as a process of replctl does; empty when it refuses. */
    Optional<Plan> plan(World process);

    /**
     * What another operator plans who has an operation of his own in mind; empty: he takes over the
     * one that he finds.
     */
    default Optional<Function<World, Optional<Plan>>> rival() {
      return Optional.empty();
    }

    /** Decides how an operation goes on whose plan has a sequel. */
    default Continuation continuation(World process) {
      return Continuation.NONE;
    }

    /** What is wrong when the operation has ended so and the world has come to rest. */
    List<String> wrong(Optional<Entry.Ending> ending);

    /** Ends the trouble that the scene itself began with, such as a frozen node. */
    void heal();
  }

  /**
   * What came of it.
   *
   * @param effects what the first process did, in words
   * @param atOnce those of them, from 1, that began at the moment at which the one before had ended
   * @param first how the first process ended; empty when it died
   * @param ending how the operation ended in the end; empty when it was never begun
   * @param takenUp whether another process took it up: else both ways are the same run
   */
  public record Report(
      List<String> effects,
      Set<Integer> atOnce,
      Optional<Outcome> first,
      Optional<Entry.Ending> ending,
      boolean takenUp,
      List<String> wrong,
      List<String> trace) {
    public boolean passed() {
      return wrong.isEmpty();
    }
  }

  private static final int TRIES = 4;
  private static final Duration LOOK = Duration.ofSeconds(5);
  private final Stage stage;
  private final Way way;
  private Optional<Outcome> first = Optional.empty();
  private Optional<Outcome> last = Optional.empty();
  private List<String> effects = List.of();
  private Set<Integer> atOnce = Set.of();
  private Optional<Entry.Ending> ending = Optional.empty();
  private Optional<Recorded> taken = Optional.empty();
  private Optional<Recorded> over = Optional.empty();
  private boolean takenUp;

  private Drill(Stage stage, Way way) {
    this.stage = stage;
    this.way = way;
  }

  /** Runs it. */
  public static Report run(Stage stage, Map<Integer, Fault> faults, Way way) {
    Drill drill = new Drill(stage, way);
    List<String> wrong = new ArrayList<>();
    try {
      drill.begin(faults);
      drill.finish();
      wrong.addAll(stage.wrong(drill.ending));
      if (stage.world().written().contains(SimVault.CANARY)) {
        wrong.add("a secret is in a journal");
      }
    } catch (Violation violation) {
      wrong.add(violation.getMessage());
    } catch (RuntimeException broken) {
      wrong.add("it broke: " + broken + " at " + List.of(broken.getStackTrace()).subList(0, 3));
    }
    wrong.forEach(w -> stage.world().trace().say(() -> "WRONG: " + w));
    return new Report(
        drill.effects,
        drill.atOnce,
        drill.first,
        drill.ending,
        drill.takenUp,
        wrong,
        stage.world().trace().lines());
  }

  private void begin(Map<Integer, Fault> faults) {
    SimWorld world = stage.world();
    world.faults().plan(faults);
    world.leadersMustBeRecorded();
    world.rival(stage.rival().<Runnable>map(plan -> () -> compete(plan)).orElse(this::takeOver));
    try {
      World process = world.process();
      Optional<Plan> plan = stage.plan(process);
      first = plan.map(p -> runner(process).run(p));
      last = first;
      world.trace().say(() -> "it ended: " + told(first));
    } catch (SimCrash crash) {
      world.processGone();
    }
    effects = world.faults().effects();
    atOnce = world.faults().atOnce();
    world.faults().stop();
  }

  /** What another operator does who finds an operation that is not over. */
  private void takeOver() {
    SimWorld world = stage.world();
    world.time().pass(world.dice().between(0, 20_000) * SimTime.MS);
    World process = world.othersProcess();
    hostJournals(process).into(journal(process));
    Optional<Recorded> found = journal(process).unfinished();
    world
        .trace()
        .say(() -> found.isPresent() ? "another operator takes it over" : "nothing is seen");
    goOn(world::othersProcess);
    taken = found.flatMap(f -> journal(world.othersProcess()).read(f.plan().op()));
  }

  /** What another operator does who knows nothing of this one. */
  private void compete(Function<World, Optional<Plan>> other) {
    SimWorld world = stage.world();
    World process = world.othersProcess();
    Optional<Outcome> outcome = other.apply(process).map(runner(process)::run);
    world.trace().say(() -> "another operator's own ended: " + told(outcome));
  }

  private void finish() {
    SimWorld world = stage.world();
    world.time().pass(world.dice().between(0, 20_000) * SimTime.MS);
    if (taken.isPresent()) {
      World process = world.process();
      hostJournals(process).into(journal(process));
    }
    goOn(world::process);
    if (stage.rival().isPresent()) {
      goOn(world::othersProcess);
    }
    stage.heal();
    world.time().pass(12 * SimTime.SECOND);
    Journal journal = journal(world.process());
    Optional<Recorded> recorded = taken.or(() -> over).or(() -> latest(journal));
    ending = recorded.flatMap(Recorded::ended).map(Entry.Ended::ending);
    if (recorded.isPresent() && recorded.get().open()) {
      throw new Violation(
          "the operation is not over after " + TRIES + " more processes: " + told(last));
    }
  }

  private void goOn(Supplier<World> processes) {
    SimWorld world = stage.world();
    over = Optional.empty();
    boolean healed = false;
    for (int i = 0; i < TRIES; i++) {
      World process = processes.get();
      Journal journal = journal(process);
      Optional<Recorded> newest = latest(journal);
      over = newest.filter(n -> !n.open());
      if (over.isPresent() && journal.operations().size() == 1) {
        break;
      }
      Optional<Recorded> unfinished = over.isPresent() ? journal.unfinished() : newest;
      if (unfinished.isEmpty()) {
        break;
      }
      takenUp = true;
      Recorded recorded = unfinished.get();
      boolean abort = way == Way.ABORT && i == 0;
      world.trace().say(() -> abort ? "op abort" : "op resume");
      last =
          Optional.of(
              abort
                  ? runner(process).abort(recorded, Silence.NONE)
                  : runner(process).resume(recorded, Silence.NONE));
      world.trace().say(() -> "it ended: " + told(last));
      if (i > 0 && !healed) {
        stage.heal();
        healed = true;
        world.time().pass(10 * SimTime.SECOND);
      }
    }
  }

  private static Optional<Recorded> latest(Journal journal) {
    List<String> operations = journal.operations();
    return operations.isEmpty()
        ? Optional.empty()
        : journal.read(operations.get(operations.size() - 1));
  }

  private HostJournals hostJournals(World process) {
    return new HostJournals(process, stage.cluster(), LOOK);
  }

  private Runner runner(World process) {
    return new Runner(
        process, journal(process), Watcher.NONE, "dba@laptop", stage.continuation(process));
  }

  private Journal journal(World process) {
    return new Journal(process.store(), stage.cluster().name());
  }

  private static String told(Optional<Outcome> outcome) {
    return outcome.map(Drill::told).orElse("nothing to do");
  }

  private static String told(Outcome outcome) {
    String word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    if (outcome instanceof Outcome.Incomplete incomplete) {
      return word + ": " + incomplete.why() + " " + incomplete.left();
    }
    if (outcome instanceof Outcome.Interrupted interrupted) {
      return word + ": " + interrupted.left();
    }
    if (outcome instanceof Outcome.Undone undone) {
      return word + ": " + undone.why();
    }
    return outcome instanceof Outcome.Refused refused ? word + ": " + refused.refusal() : word;
  }

  /**
   * Faults by the number of the effect, as a run's system property has them: {@code 7=DIES_AFTER}.
   */
  public static Map<Integer, Fault> faults(String text) {
    Map<Integer, Fault> faults = new TreeMap<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        int equals = part.indexOf('=');
        faults.put(
            Integer.parseInt(part.substring(0, equals)), Fault.valueOf(part.substring(equals + 1)));
      }
    }
    return faults;
  }
}

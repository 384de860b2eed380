package replctl.playbooks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.HostJournals;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.world.World;

/**
 * A host's disk is full, from before an operation or from some moment in it, until two more
 * processes have tried to finish it. Each script that is to change that host is refused, since it
 * can't write down for whom; what its server does of itself is not told here.
 */
public final class FullDisk {
  private FullDisk() {}

  private record Struck(
      Drill.Stage stage, SimHost host, Consumer<Runnable> when, Consumer<SimHost> trouble)
      implements Drill.Stage {
    Struck(Drill.Stage stage, SimHost host, Consumer<Runnable> when) {
      this(stage, host, when, full -> full.full(true));
    }

    @Override
    public SimWorld world() {
      return stage.world();
    }

    @Override
    public Cluster cluster() {
      return stage.cluster();
    }

    @Override
    public Optional<Plan> plan(World process) {
      Optional<Plan> plan = stage.plan(process);
      when.accept(
          () -> {
            world().trace().say(() -> host.name() + " is struck");
            trouble.accept(host);
          });
      return plan;
    }

    @Override
    public Continuation continuation(World process) {
      return stage.continuation(process);
    }

    @Override
    public List<String> wrong(Optional<Entry.Ending> ending) {
      return stage.wrong(ending);
    }

    @Override
    public void heal() {
      world().trace().say(() -> host.name() + "'s disk is not full any more");
      host.full(false);
      stage.heal();
    }
  }

  /** Whichever host it is, and whenever it fills. */
  public static void isSurvived(Case what, long seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      for (Drill.Way way : Drill.Way.values()) {
        Drill.Report run = Drill.run(inTheMiddle(what, seed, false), Map.of(), way);
        assertThat(run.wrong()).as(told(what, seed, way)).isEmpty();
      }
    }
  }

  /** From before it begins: each host that it can't do without refuses all of it. */
  public static void refusesAtOnce(Case what, String node) {
    Drill.Stage stage = what.stage(1, true);
    Drill.Report run =
        Drill.run(new Struck(stage, host(stage, node), Runnable::run), Map.of(), Drill.Way.RESUME);
    assertThat(run.wrong()).as(String.join("\n", run.trace())).isEmpty();
    assertThat(run.first())
        .as(String.join("\n", run.trace()))
        .containsInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) run.first().orElseThrow()).refusal().found())
        .contains(node + ": cannot write", "No space left on device");
    // Nothing was begun, and nobody takes it for something that is to be finished.
    assertThat(run.ending()).isEmpty();
    World another = stage.world().othersProcess();
    Journal journal = new Journal(another.store(), stage.cluster().name());
    new HostJournals(another, stage.cluster(), Duration.ofSeconds(5)).into(journal);
    assertThat(journal.operations()).isEmpty();
  }

  /**
   * From the moment at which it has promised: what it then refuses need not be taken back on it.
   */
  public static void isUndoneWithoutIt(Case what, String node) {
    Drill.Stage stage = what.stage(1, true);
    SimHost host = host(stage, node);
    Drill.Report run =
        Drill.run(
            new Struck(stage, host, full -> oncePromised(stage.world(), host, full)),
            Map.of(),
            Drill.Way.RESUME);
    assertThat(run.wrong()).as(String.join("\n", run.trace())).isEmpty();
    assertThat(run.first())
        .as(String.join("\n", run.trace()))
        .containsInstanceOf(Outcome.Undone.class);
  }

  private static void oncePromised(SimWorld world, SimHost host, Runnable full) {
    if (host.epoch().filter(SimEpoch::open).isPresent()) {
      full.run();
    } else {
      world.time().after(SimTime.MS / 10, () -> oncePromised(world, host, full));
    }
  }

  /**
   * A full disk has ended its server: what is to be taken back there is let go by the second
   * process. While an operation is not over nothing could be typed that brings that server back.
   */
  public static void isOverWithoutItsServer(Case what, String node) {
    int owed = 0;
    for (int ms = 0; ms < 400; ms += 2) {
      long after = ms * SimTime.MS;
      Drill.Stage stage = what.stage(1, true);
      Drill.Report run =
          Drill.run(
              new Struck(
                  stage,
                  host(stage, node),
                  down -> stage.world().time().after(after, down),
                  host -> host.server().killed()),
              Map.of(),
              Drill.Way.RESUME);
      if (run.first().orElseThrow() instanceof Outcome.Incomplete first
          && first.left().stream().allMatch(l -> l.startsWith(node + ": take back: keep"))) {
        owed++;
        assertThat(run.ending()).as(String.join("\n", run.trace())).contains(Entry.Ending.UNDONE);
        assertThat(run.trace()).filteredOn(line -> line.endsWith(" op resume")).hasSize(1);
      }
    }
    assertThat(owed).isPositive();
  }

  private static SimHost host(Drill.Stage stage, String node) {
    return stage.world().hosts().stream()
        .filter(h -> h.name().value().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private static Drill.Stage inTheMiddle(Case what, long seed, boolean traced) {
    Drill.Stage stage = what.stage(seed, traced);
    Dice dice = new Dice(seed ^ 0x0D15C);
    SimHost host = dice.pick(List.copyOf(stage.world().hosts()));
    long after = dice.between(0, 250) * SimTime.MS;
    return new Struck(stage, host, full -> stage.world().time().after(after, full));
  }

  private static String told(Case what, long seed, Drill.Way way) {
    List<String> trace = Drill.run(inTheMiddle(what, seed, true), Map.of(), way).trace();
    return String.join("\n", trace) + "\nseed " + seed + ", " + way;
  }
}

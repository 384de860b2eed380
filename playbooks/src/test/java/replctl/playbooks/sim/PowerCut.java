package replctl.playbooks.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.run.Continuation;
import replctl.playbooks.world.World;

/** While an operation runs a host loses its power, and gets it back some seconds later. */
public final class PowerCut {
  private PowerCut() {}

  private record Struck(Drill.Stage stage, SimHost host, long after) implements Drill.Stage {
    private static final long DARK = 4 * SimTime.SECOND;

    @Override
    public SimWorld world() {
      return stage.world();
    }

    @Override
    public Cluster cluster() {
      return stage.cluster();
    }

    /** What is planned is not about that host's trouble: it comes afterwards. */
    @Override
    public Optional<Plan> plan(World process) {
      Optional<Plan> plan = stage.plan(process);
      world()
          .time()
          .after(
              after,
              () -> {
                world().trace().say(() -> host.name() + " loses its power");
                host.powered(false);
                world().time().after(DARK, () -> host.powered(true));
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
      stage.heal();
    }
  }

  private record Cut(Case what) implements Case {
    @Override
    public String name() {
      return what.name();
    }

    /** Which host and when follows from the seed. */
    @Override
    public Drill.Stage stage(long seed, boolean traced) {
      Drill.Stage stage = what.stage(seed, traced);
      Dice dice = new Dice(seed ^ 0x0FF);
      SimHost host = dice.pick(List.copyOf(stage.world().hosts()));
      return new Struck(stage, host, dice.between(10, 250) * SimTime.MS);
    }

    @Override
    public Case declared() {
      return what;
    }

    @Override
    public int effects() {
      return what.effects();
    }
  }

  /** The same case, in which a host loses its power. */
  static Case in(Case what) {
    return new Cut(what);
  }

  /** Whichever host it is, and whenever it strikes; on all cores. */
  public static void isSurvived(Case what, long seeds) {
    Failing.mustBeNone(
        LongStream.rangeClosed(1, seeds)
            .parallel()
            .boxed()
            .flatMap(
                seed ->
                    Stream.of(Drill.Way.values())
                        .map(way -> new Failing(in(what), seed, Map.of(), way, List.of())))
            .map(Failing::again)
            .filter(run -> !run.wrong().isEmpty())
            .toList());
  }
}

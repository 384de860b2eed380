package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.sim.Drill;

/** The operator's wish to stop, at every effect of an operation, and then both ways to finish. */
class InterruptTest {
  private static final long SEED = 1;

  private static Drill.Report run(Cases what, int effect, Drill.Way way) {
    Drill.Stage stage = what.stage(SEED, false);
    stage.world().faults().interruptAt(effect);
    return Drill.run(stage, Map.of(), way);
  }

  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SWITCHOVER_OF_TWO", "SWITCHOVER_SYNC", "FAILOVER_RIVALLED"})
  void nothingMoreIsBegunAndItCanBeFinishedEitherWay(Cases what) {
    int effects = Drill.run(what.stage(SEED, false), Map.of(), Drill.Way.RESUME).effects().size();
    List<String> wrong = new ArrayList<>();
    int interrupted = 0;
    for (int effect = 1; effect <= effects; effect++) {
      for (Drill.Way way : Drill.Way.values()) {
        Drill.Report report = run(what, effect, way);
        String at = what + " at " + effect + ", " + way + ": ";
        report.wrong().forEach(w -> wrong.add(at + w));
        Outcome first = report.first().orElseThrow();
        if (!(first instanceof Outcome.Interrupted cut)) {
          continue;
        }
        interrupted++;
        if (cut.left().isEmpty()) {
          wrong.add(at + "nothing is said to be left");
        }
        List<String> after = report.effects().subList(effect, report.effects().size());
        if (after.stream().filter(InterruptTest::changes).count() > 1) {
          wrong.add(at + "more was begun: " + after);
        }
        if (way == Drill.Way.RESUME && !report.ending().equals(done())) {
          wrong.add(at + "resumed, it ended " + report.ending());
        }
      }
    }
    assertThat(wrong.stream().limit(3)).isEmpty();
    // Each counts twice. What is not interrupted has its hand-over begun, or its last step.
    assertThat(interrupted).isGreaterThan(effects / 2);
  }

  /**
   * What an operation leaves on the hosts' disks for others is not more of it, and what one step
   * does on several hosts is not either.
   */
  private static boolean changes(String effect) {
    return effect.endsWith(" perform")
        && !effect.contains(" voter/")
        && !effect.endsWith(" redirect/address perform")
        && !effect.endsWith(" fence/drill perform");
  }

  private static Optional<Entry.Ending> done() {
    return Optional.of(Entry.Ending.DONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Cases.class,
      names = {"SWITCHOVER_OF_TWO", "SWITCHOVER_SEMI_SYNC"})
  void aHandOverThatHasBegunIsFinishedWithAllThatFollows(Cases what) {
    List<String> effects = Drill.run(what.stage(SEED, false), Map.of(), Drill.Way.RESUME).effects();
    int freeze = 1 + effects.indexOf("pg1 postgresql/handover-closing resident freeze");
    assertThat(freeze).isPositive();
    Drill.Report report = run(what, freeze, Drill.Way.RESUME);

    assertThat(report.first()).containsInstanceOf(Outcome.Done.class);
    assertThat(report.wrong()).isEmpty();
    assertThat(report.ending()).contains(Entry.Ending.DONE);
  }
}

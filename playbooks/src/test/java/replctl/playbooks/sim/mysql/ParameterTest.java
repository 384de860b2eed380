package replctl.playbooks.sim.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.Replication;
import replctl.playbooks.engine.ParameterWish;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.Case;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Matrix;
import replctl.playbooks.sim.ParameterStage;
import replctl.playbooks.verb.ParameterOptions;
import replctl.playbooks.verb.RestartOptions.OfLeader;

/** Parameters are changed: every effect, every fault, and then both ways to finish. */
class ParameterTest {
  private static final long SEED = 1;

  /** What is typed. */
  enum Cases implements Case {
    PARAMETER_AT_ONCE("max_connections=200", Optional.empty()),
    PARAMETER_WAITS("innodb_read_io_threads=8", Optional.empty()),
    PARAMETER_RAISED("innodb_read_io_threads=8", Optional.of(OfLeader.SWITCHOVER)),
    PARAMETER_RAISED_IN_PLACE("innodb_read_io_threads=8", Optional.of(OfLeader.IN_PLACE));

    private final String typed;
    private final Optional<OfLeader> restart;

    Cases(String typed, Optional<OfLeader> restart) {
      this.typed = typed;
      this.restart = restart;
    }

    @Override
    public Drill.Stage stage(long seed, boolean traced) {
      MysqlScene scene =
          MysqlScene.running(seed, traced, 3, MysqlScene.mode(Replication.Mode.SEMI_SYNC, 1));
      return new ParameterStage(
          scene,
          new ParameterOptions(
              List.of(ParameterWish.of(typed)),
              List.of(),
              List.of(),
              Set.of(),
              restart,
              Optional.empty()),
          node -> scene.server(node).parameters());
    }

    @Override
    public int effects() {
      return 60;
    }
  }

  @ParameterizedTest
  @EnumSource(Cases.class)
  void withoutFaultsItIsDone(Cases what) {
    Drill.Report report = Drill.run(what.stage(SEED, true), Map.of(), Drill.Way.RESUME);
    assertThat(report.wrong()).as(() -> String.join("\n", report.trace())).isEmpty();
    assertThat(report.ending()).contains(Entry.Ending.DONE);
  }

  @ParameterizedTest
  @EnumSource(Cases.class)
  void whateverFailsItCanBeFinished(Cases what) {
    Matrix.holds("crash matrix of parameters", what, SEED, Fault::of);
  }
}

package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import replctl.inventory.Replication;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.sim.Case;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.Fault;
import replctl.playbooks.sim.Matrix;
import replctl.playbooks.sim.RotateStage;

/** Passwords and certificates are renewed: every effect, every fault, and both ways to finish. */
class RotateTest {
  private static final long SEED = 1;

  /** What is typed, and on what cluster. */
  enum Cases implements Case {
    PASSWORD(RotateStage.What.PASSWORD, 3, 1),
    PASSWORD_OF_TWO_ASYNC(RotateStage.What.PASSWORD, 2, 0),
    CERTIFICATE(RotateStage.What.CERTIFICATE, 3, 1),
    AUTHORITY(RotateStage.What.AUTHORITY, 3, 1);

    private final RotateStage.What what;
    private final int nodes;
    private final int acks;

    Cases(RotateStage.What what, int nodes, int acks) {
      this.what = what;
      this.nodes = nodes;
      this.acks = acks;
    }

    @Override
    public Drill.Stage stage(long seed, boolean traced) {
      Replication mode =
          PostgresScene.mode(acks == 0 ? Replication.Mode.ASYNC : Replication.Mode.SEMI_SYNC, acks);
      PostgresScene scene = PostgresScene.running(seed, traced, nodes, mode);
      return new RotateStage(scene, what, node -> used(scene, node));
    }

    @Override
    public int effects() {
      return 60;
    }
  }

  /** What a node's server lets in with, and what lies in its password file. */
  private static Set<String> used(PostgresScene scene, String node) {
    SimPostgres pg = scene.server(node);
    Set<String> used = new TreeSet<>();
    for (String role : List.of("replctl", "replctl_replication", "replctl_rewind")) {
      used.add(scene.net().password(pg, role).orElse("old"));
    }
    pg.host()
        .files()
        .get(PgPaths.state(pg.host()) + "/passfile")
        .lines()
        .forEach(line -> used.add(replctl.playbooks.sim.PasswordTwins.which(line)));
    return used;
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
    Matrix.holds("crash matrix of rotations", what, SEED, Fault::of);
  }
}

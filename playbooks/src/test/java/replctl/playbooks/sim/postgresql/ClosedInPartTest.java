package replctl.playbooks.sim.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.plan.Outcome;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.sim.Drill;
import replctl.playbooks.sim.FailoverStage;
import replctl.playbooks.sim.SimDevice;
import replctl.playbooks.verb.Failover;

/** Of two nodes that must be closed one is, and the other can't be: what is said of the first. */
class ClosedInPartTest {
  @Test
  void itIsNotSaidThatNothingWasChanged() {
    PostgresScene scene =
        PostgresScene.running(1, true, 3, PostgresScene.mode(Replication.Mode.ASYNC, 0));
    Drill.Stage stage =
        new FailoverStage(
            scene,
            Optional.empty(),
            () -> {
              FailoverStage.freeze(scene);
              scene.world().host(new NodeName("pg3")).powered(false);
              scene
                  .world()
                  .device(Devices.of(scene.cluster().nodes().get(2)).get(0).get(0))
                  .is(SimDevice.Health.HANGS);
            }) {
          @Override
          protected Failover.Options typed() {
            return new Failover.Options(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                OptionalLong.of(Long.MAX_VALUE),
                Optional.empty());
          }
        };

    Drill.Report report = Drill.run(stage, Map.of(), Drill.Way.RESUME);

    assertThat(report.first())
        .as(() -> String.join("\n", report.trace()))
        .containsInstanceOf(Outcome.Refused.class);
    Refusal refusal = ((Outcome.Refused) report.first().orElseThrow()).refusal();
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_FENCE_01);
    assertThat(refusal.found()).startsWith("pg3 is not fenced.");
    assertThat(refusal.unchanged())
        .isEqualTo("pg1 is closed, and stays so. Nothing else was changed.");
    assertThat(refusal.next())
        .hasSize(2)
        .last()
        .isEqualTo("or take pg1 back: replctl unfence pg1, then replctl open pg1");
  }
}

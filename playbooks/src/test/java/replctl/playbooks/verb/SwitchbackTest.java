package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Unready;

/** To whom leadership is handed back, and when that is not clear. */
class SwitchbackTest {
  private static final List<NodeName> NODES =
      List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3"));

  /** pg1 leads, by a record that has these nodes closed. */
  private static Scene closed(String leader, Map<String, String> nodes) {
    TreeMap<NodeName, String> closed = new TreeMap<>();
    nodes.forEach((name, how) -> closed.put(new NodeName(name), how));
    return Scene.healthy()
        .promised(
            new EpochFile.Known(
                true,
                8,
                "op-8",
                false,
                "ann@ops1",
                OptionalLong.empty(),
                Optional.of(
                    new LeaderRecord(
                        8,
                        "op-8",
                        new NodeName(leader),
                        NODES,
                        1,
                        List.of(),
                        0,
                        closed,
                        List.of()))));
  }

  @Test
  void itGoesBackToTheOneThatHandedOver() {
    Decision decision = decide(closed("pg1", Map.of("pg3", "handed-over")));
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    Plan plan = ((Decision.Planned) decision).plan();
    assertThat(plan.verb()).isEqualTo("switchback");
    assertThat(plan.electorate().isNobody()).isFalse();
    assertThat(plan.warnings()).contains("pg3 led before, by the newest record, of epoch 8");
    Action.Handover handover = (Action.Handover) plan.step("hand-over").orElseThrow().action();
    assertThat(handover.to()).isEqualTo(new NodeName("pg3"));
  }

  @Test
  void whereThatIsNotClearItIsRefused() {
    assertThat(refusal(closed("pg1", Map.of())).found())
        .isEqualTo("the newest record, of epoch 8, names nobody who led before pg1.");
    Refusal two = refusal(closed("pg1", Map.of("pg2", "power", "pg3", "stopped")));
    assertThat(two.found()).startsWith("pg2 and pg3 were closed when pg1 began to lead");
    assertThat(two.next()).contains("name it: replctl switchover shop --to NODE");
    assertThat(refusal(closed("pg1", Map.of("pg9", "stopped"))).found())
        .contains("is no node of the inventory any more");
    assertThat(refusal(closed("pg2", Map.of("pg1", "handed-over"))).found())
        .contains("has the leader pg2, and pg1 takes writes");
  }

  /** After a restart only the one that led then is meant. */
  @Test
  void anotherThanTheOneThatIsMeantIsNotLedBack() {
    Scene scene = closed("pg1", Map.of("pg3", "handed-over"));
    Switchback switchback = new Switchback(new PostgresqlEngine());
    Decision same =
        switchback.decide(
            scene.cluster(),
            scene.seen(),
            Unready.NOTHING,
            "op-1",
            Optional.of(new NodeName("pg3")));
    assertThat(same).isInstanceOf(Decision.Planned.class);
    Decision other =
        switchback.decide(
            scene.cluster(),
            scene.seen(),
            Unready.NOTHING,
            "op-1",
            Optional.of(new NodeName("pg2")));
    assertThat(((Decision.Refused) other).refusal().found())
        .isEqualTo(
            "by the newest record, of epoch 8, pg3 led before, and not pg2: the leader has changed"
                + " once more meanwhile.");
  }

  @Test
  void oneThatCanNotLeadIsRefusedAsByASwitchover() {
    Refusal no = refusal(closed("pg1", Map.of("pg3", "handed-over")).streaming("pg3", false));
    assertThat(no.code()).isEqualTo(Refusal.Code.E_CANDIDATE_01);
  }

  private static Refusal refusal(Scene scene) {
    Decision decision = decide(scene);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static Decision decide(Scene scene) {
    return new Switchback(new PostgresqlEngine())
        .decide(scene.cluster(), scene.seen(), Unready.NOTHING, "op-1");
  }
}

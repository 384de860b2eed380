package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.Snapshot;

/** Hands off, and on again. */
class HandsOffTest {
  private static final Maintenance DISKS =
      new Maintenance("op-7", "bob@adm2", "new disks", OptionalLong.of(7_200_000));

  private static final Maintenance MINE =
      new Maintenance("op-9", "ann@ops1", "", OptionalLong.empty());

  private static Scene scene(Optional<Maintenance> hands) {
    List<NodeName> names = List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3"));
    LeaderRecord leads =
        new LeaderRecord(
            7, "op-7", names.get(0), names, 3, names.subList(1, 3), 1, new TreeMap<>(), List.of());
    return Scene.healthy()
        .promised(
            new EpochFile.Known(
                true,
                7,
                "op-7",
                false,
                "bob@adm2",
                OptionalLong.empty(),
                Optional.of(leads.maintained(hands)),
                hands.isPresent() ? OptionalLong.of(60_000) : OptionalLong.empty()));
  }

  private static Plan plan(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static LeaderRecord written(Plan plan) {
    assertThat(plan.steps()).hasSize(1);
    return ((Action.WriteDown) plan.steps().findFirst().orElseThrow().action()).wanted();
  }

  @Test
  void itIsWrittenDownWithWhatElseIsRecorded() {
    Scene scene = scene(Optional.empty());

    Plan plan = plan(HandsOff.on(scene.cluster(), scene.seen(), "op-9", MINE));

    assertThat(plan.warnings()).isEmpty();
    LeaderRecord before = scene.seen().epochs().newest().orElseThrow();
    assertThat(written(plan)).isEqualTo(before.again().maintained(Optional.of(MINE)));
  }

  @Test
  void oneTakesThePlaceOfAnother() {
    Scene scene = scene(Optional.of(DISKS));

    Plan plan = plan(HandsOff.on(scene.cluster(), scene.seen(), "op-9", MINE));

    assertThat(written(plan).maintenance()).contains(MINE);
    assertThat(plan.warnings())
        .containsExactly(
            "it takes the place of another: shop is under maintenance by bob@adm2, begun 60 s ago,"
                + " for 2 h (new disks)");
  }

  @Test
  void whoeverEndsItHasTheLastWord() {
    Scene scene = scene(Optional.of(DISKS));

    Plan plan = plan(HandsOff.off(scene.cluster(), scene.seen(), "op-9"));

    assertThat(written(plan).maintenance()).isEmpty();
    assertThat(plan.warnings())
        .containsExactly(
            "it ends this one: shop is under maintenance by bob@adm2, begun 60 s ago, for 2 h (new"
                + " disks)");
    Scene over = scene(Optional.empty());
    assertThat(plan(HandsOff.off(over.cluster(), over.seen(), "op-9")).steps()).isEmpty();
  }

  @Test
  void withoutARecordThereIsNothingToWriteItInto() {
    Scene scene = Scene.healthy().promised(new EpochFile.None());

    Decision decision = HandsOff.on(scene.cluster(), scene.seen(), "op-9", MINE);

    assertThat(((Decision.Refused) decision).refusal().next()).containsExactly("replctl init shop");
  }

  @Test
  void aPlanOfBeforeIsNotAppliedUnderMaintenanceAndAFenceIs() {
    Scene scene = scene(Optional.of(DISKS));
    Snapshot despite = scene.seen().despiteMaintenance();
    PostgresqlEngine engine = new PostgresqlEngine();
    Plan switchover =
        plan(new Switchover(engine).decide(scene.cluster(), despite, "op-9", Optional.empty()));
    Plan fence =
        plan(
            new Fence(engine)
                .decide(
                    scene.cluster(),
                    scene.seen(),
                    "op-9",
                    new NodeName("pg3"),
                    new Fence.Options(false, Optional.empty(), Optional.empty())));

    assertThat(Apply.objection(scene.cluster(), switchover, scene.seen()).map(Refusal::code))
        .contains(Refusal.Code.E_MAINTENANCE_01);
    assertThat(Apply.objection(scene.cluster(), switchover, despite)).isEmpty();
    assertThat(Apply.objection(scene.cluster(), fence, scene.seen())).isEmpty();
  }
}

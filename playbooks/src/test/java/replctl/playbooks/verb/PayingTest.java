package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;

/** What is owed of nodes that were closed from outside, and who pays it. */
class PayingTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");
  private static final Contact GONE = new Contact(Trouble.UNREACHABLE, "no answer in 2 s");
  private static final PostgresqlEngine ENGINE = new PostgresqlEngine();

  /** pg1 leads; these are owed. */
  private static Scene owing(NodeName... debts) {
    LeaderRecord leads =
        new LeaderRecord(
            7,
            "op-7",
            PG1,
            List.of(PG1, PG2, PG3),
            1,
            List.of(),
            0,
            new TreeMap<>(Map.of(PG3, "power")),
            List.of(debts));
    return Scene.healthy()
        .promised(
            new EpochFile.Known(
                true, 7, "op-7", false, "bob", OptionalLong.empty(), Optional.of(leads)));
  }

  /** Its server is stopped, and would lead. */
  private static Scene wouldLead(Scene scene, NodeName node) {
    return scene.presence(node.value(), Presence.STOPPED).role(node.value(), Role.CLOSED_LEADER);
  }

  private static Plan switchover(Scene scene) {
    Decision decision =
        new Switchover(ENGINE).decide(scene.cluster(), scene.seen(), "op-9", Optional.of(PG2));
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Stream<Step> paying(Plan plan) {
    return plan.steps().filter(step -> step.onFailure() == Step.OnFailure.TRY);
  }

  private static LeaderRecord written(Plan plan, String name) {
    return ((Action.WriteDown) plan.step(name).orElseThrow().action()).wanted();
  }

  @Test
  void aStoppedServerGetsItsStartBlockAfterAllElseAndOwesNothingThen() {
    Plan plan = switchover(wouldLead(owing(PG3), PG3));

    assertThat(paying(plan).map(Step::name)).containsExactly("block-pg3", "record-paid-pg3");
    assertThat(plan.phases().get(plan.phases().size() - 1).steps().map(Step::name))
        .containsExactly("block-pg3", "record-paid-pg3");
    Action.Run block = (Action.Run) plan.step("block-pg3").orElseThrow().action();
    assertThat(block.call().script().name()).isEqualTo("cooperative-stop");
    assertThat(block.call().values()).containsEntry("stops", Value.of("no"));
    assertThat(block.call().values()).containsKey("identity");
    LeaderRecord last = written(plan, "record");
    assertThat(last.debts()).containsExactly(PG3);
    assertThat(written(plan, "record-paid-pg3"))
        .isEqualTo(last.next().closing(last.closed(), List.of()));
    // Nobody waits for a server that is seen to be stopped, and it is no part of the plan.
    assertThat(plan.step("follow-pg3")).isEmpty();
    assertThat(plan.warnings())
        .contains("pg3's server is stopped, and stays so; to bring it back: replctl rejoin pg3");
    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource({"silent", "writable", "starting", "hung"})
  void whatIsNotSeenToBeStoppedIsLeft(String how) {
    Scene scene = owing(PG3);
    scene =
        switch (how) {
          case "silent" -> scene.silent("pg3", GONE);
          case "starting" -> wouldLead(scene, PG3).presence("pg3", Presence.STARTING);
          case "hung" -> scene.role("pg3", Role.UNKNOWN);
          default -> scene.role("pg3", Role.LEADER);
        };
    Plan plan =
        new Plan("op-9", "x", scene.cluster().name(), Bases.of(scene.seen()), List.of(), List.of());

    Plan after = Paying.after(ENGINE, new Site(scene.cluster(), scene.seen()), plan);

    assertThat(after).isEqualTo(plan);
  }

  /** Its guard let it run as a follower: that is written down, and nothing is placed. */
  @Test
  void aFollowerOwesNothingAnyMore() {
    Scene scene = owing(PG3);
    Plan plan =
        new Plan("op-9", "x", scene.cluster().name(), Bases.of(scene.seen()), List.of(), List.of());

    Plan after = Paying.after(ENGINE, new Site(scene.cluster(), scene.seen()), plan);

    assertThat(after.steps().map(Step::name)).containsExactly("record-paid-pg3");
    assertThat(written(after, "record-paid-pg3").debts()).isEmpty();
    // A plan that writes down who leads says so itself.
    assertThat(paying(switchover(owing(PG3)))).isEmpty();
    assertThat(written(switchover(owing(PG3)), "record").debts()).isEmpty();
  }

  /** One after the other: a record that is not written holds up the next. */
  @Test
  void eachIsWrittenDownByItself() {
    Scene scene = wouldLead(wouldLead(owing(PG2, PG3), PG2), PG3);
    Plan plan =
        new Plan("op-9", "x", scene.cluster().name(), Bases.of(scene.seen()), List.of(), List.of());

    Plan after = Paying.after(ENGINE, new Site(scene.cluster(), scene.seen()), plan);

    assertThat(after.steps().map(Step::name))
        .containsExactly("block-pg2", "record-paid-pg2", "block-pg3", "record-paid-pg3");
    assertThat(after.phases()).hasSize(1);
    assertThat(after.phases().get(0).lanes()).hasSize(1);
    assertThat(written(after, "record-paid-pg2").debts()).containsExactly(PG3);
    assertThat(written(after, "record-paid-pg3").debts()).isEmpty();
    assertThat(written(after, "record-paid-pg3").revision())
        .isGreaterThan(written(after, "record-paid-pg2").revision());
  }

  @Test
  void aFenceOfThatNodePaysWhereItsHostAnswers() {
    Scene scene = wouldLead(owing(PG3), PG3);
    Fence.Options options = new Fence.Options(false, Optional.empty(), Optional.empty());

    Plan plan =
        ((Decision.Planned)
                new Fence(ENGINE).decide(scene.cluster(), scene.seen(), "op-9", PG3, options))
            .plan();

    assertThat(plan.steps().map(Step::name))
        .containsExactly("fence-pg3", "block-pg3", "record-paid-pg3");
    Scene gone = owing(PG3).silent("pg3", GONE);
    assertThat(
            ((Decision.Planned)
                    new Fence(ENGINE).decide(gone.cluster(), gone.seen(), "op-9", PG3, options))
                .plan()
                .steps()
                .map(Step::name))
        .containsExactly("fence-pg3");
  }
}

package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.Cluster;
import replctl.inventory.Hooks;
import replctl.inventory.OwnProgram;
import replctl.inventory.Redirect;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.world.Place;

/**
 * Where programs of the operator's own stand in a plan, and what it means that one can't be run.
 */
class HookingTest {
  private static final Duration LIMIT = Duration.ofSeconds(7);
  private static final Unready ALL =
      new Unready(Optional.of("a is gone"), Optional.of("b is gone"), List.of("c is gone"));

  private static OwnProgram program(String name) {
    return new OwnProgram(List.of("/hooks/" + name, "--x"), LIMIT);
  }

  private static Cluster cluster(Scene scene) {
    return scene
        .cluster()
        .with(
            new Hooks(Optional.of(program("ask")), Optional.of(program("tell"))),
            List.of(new Redirect.Program(program("dns")), new Redirect.Program(program("consul"))));
  }

  private static Decision switchover(Unready unready) {
    Scene scene = Scene.healthy();
    return new Switchover(new PostgresqlEngine())
        .decide(cluster(scene), scene.seen(), unready, "op-1", Optional.empty());
  }

  private static Plan plan() {
    return ((Decision.Planned) switchover(Unready.NOTHING)).plan();
  }

  @Test
  void theVetoIsAPhaseOfItsOwnBeforeEverythingElse() {
    Step ask = plan().phases().get(0).steps().findFirst().orElseThrow();

    assertThat(plan().phases().get(0).steps()).hasSize(1);
    assertThat(ask.name()).isEqualTo("before-promotion");
    assertThat(ask.title()).isEqualTo("ask ask whether pg2 may lead");
    assertThat(ask.on()).isEqualTo(new Place.Operator());
    assertThat(ask.limit()).isEqualTo(LIMIT);
    assertThat(ask.onFailure()).isEqualTo(Step.OnFailure.STOP);
    Action.Hook hook = (Action.Hook) ask.action();
    assertThat(hook.refusal()).contains(Refusal.Code.E_HOOK_01);
    assertThat(hook.call().command()).containsExactly("/hooks/ask", "--x");
    assertThat(hook.call().values())
        .containsEntry("event", "before-promotion")
        .containsEntry("oldLeader", "pg1")
        .containsEntry("newLeader", "pg2");
  }

  @Test
  void everythingElseComesOnceTheNewLeaderIsOpenAndIsOwed() {
    List<String> names = plan().steps().map(Step::name).toList();
    int open = names.indexOf("hand-over");

    for (String name : List.of("redirect-1", "redirect-2", "after-promotion")) {
      assertThat(names.indexOf(name)).isGreaterThan(open);
      Step step = plan().step(name).orElseThrow();
      assertThat(step.onFailure()).isEqualTo(Step.OnFailure.OWE);
      assertThat(((Action.Hook) step.action()).refusal()).isEmpty();
    }
    assertThat(names.get(names.size() - 1)).isEqualTo("after-promotion");
    assertThat(names.indexOf("redirect-2")).isEqualTo(names.indexOf("redirect-1") + 1);
  }

  static Stream<Map.Entry<Unready, String>> objections() {
    Optional<String> none = Optional.empty();
    return Stream.of(
        Map.entry(
            ALL,
            "E-HOOK-01 hooks.before_promotion can't be run, which would veto any new leader: a is"
                + " gone."),
        Map.entry(
            new Unready(none, Optional.of("b is gone"), List.of("c is gone")),
            "E-HOOK-01 hooks.after_promotion can't be run: b is gone."),
        Map.entry(
            new Unready(none, none, List.of("c is gone", "d is silent")),
            "E-REDIRECT-01 clients could not be led to the new leader: c is gone; d is silent."));
  }

  @ParameterizedTest
  @MethodSource("objections")
  void aPlannedChangeWaitsUntilAllCanBeRun(Map.Entry<Unready, String> objection) {
    Refusal refusal = ((Decision.Refused) switchover(objection.getKey())).refusal();

    assertThat(refusal.code().label() + " " + refusal.found()).isEqualTo(objection.getValue());
    assertThat(refusal.next())
        .containsExactly("mend it, or take it out of the inventory; then the same again");
  }

  @Test
  void aLostLeaderWaitsOnlyForTheOneThatCouldVeto() {
    assertThat(Preparedness.veto(ALL).orElseThrow().code()).isEqualTo(Refusal.Code.E_HOOK_01);
    Unready rest = new Unready(Optional.empty(), ALL.told(), ALL.redirects());

    assertThat(Preparedness.veto(rest)).isEqualTo(Optional.empty());
    assertThat(Preparedness.warnings(cluster(Scene.healthy()), rest))
        .containsExactly(
            "once the old leader is closed, /hooks/ask is asked whether the new one may lead, and"
                + " may veto it",
            "hooks.after_promotion can't be run, and will be owed: b is gone",
            "clients will have to be led to the new leader by hand: c is gone");
  }
}

package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.mysql.MysqlEngine;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.SecretRef;
import replctl.playbooks.world.Trouble;

/** In which order passwords are renewed, and when not. */
class RotatePasswordTest {
  private static final Engine POSTGRESQL = new PostgresqlEngine();
  private static final Engine MYSQL = new MysqlEngine();
  private static final SecretRef READER = new SecretRef("database-password");

  private static Decision decide(
      Engine engine, Scene scene, RotatePassword.Known known, String... without) {
    return new RotatePassword(engine)
        .decide(
            scene.cluster(),
            scene.seen(),
            "op-1",
            known,
            Arrays.stream(without).map(NodeName::new).toList());
  }

  private static RotatePassword.Known known(Engine engine, Scene scene) {
    Map<SecretRef, Optional<Instant>> has = new HashMap<>();
    RotatePassword.all(engine, scene.cluster(), scene.seen())
        .forEach(s -> has.put(s, Optional.of(scene.seen().at().minus(Duration.ofDays(90)))));
    return new RotatePassword.Known(has, List.of());
  }

  private static Plan plan(Engine engine, Scene scene, String... without) {
    Decision decision = decide(engine, scene, known(engine, scene), without);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(Engine engine, Scene scene, String... without) {
    Decision decision = decide(engine, scene, known(engine, scene), without);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static List<List<String>> names(Plan plan) {
    List<List<String>> names = new ArrayList<>();
    for (Phase phase : plan.phases()) {
      names.add(phase.steps().map(Step::name).toList());
    }
    return names;
  }

  @Test
  void aRoleHasOnePasswordSoTheFilesComeRightAfterIt() {
    Plan plan = plan(POSTGRESQL, Scene.healthy());
    assertThat(names(plan))
        .containsExactly(
            List.of("new-passwords"),
            List.of("password-reader", "password-rewind", "password-replication"),
            List.of("passwords-pg1", "passwords-pg2", "passwords-pg3", "use-passwords"),
            List.of("login-pg2-pg1", "login-pg2-pg3", "login-pg3-pg1", "login-pg3-pg2"),
            List.of("forget-passwords"));
    assertThat(plan.warnings())
        .anyMatch(w -> w.contains("replication-password (90 d old)"))
        .anyMatch(w -> w.contains("wal_retrieve_retry_interval"));
  }

  @Test
  void mysqlLetsInByTwoSoFollowersComeOneByOne() {
    Plan plan = plan(MYSQL, Scene.healthy());
    assertThat(names(plan))
        .containsExactly(
            List.of("new-passwords"),
            List.of("password-reader", "password-replication", "password-clone"),
            List.of("login-pg2-pg1", "login-pg2-pg3", "login-pg3-pg1", "login-pg3-pg2"),
            List.of("channel-pg2", "channel-pg3"),
            List.of("use-passwords"),
            List.of("old-password-reader", "old-password-replication", "old-password-clone"),
            List.of("forget-passwords"));
    assertThat(plan.phases().get(3).lanes()).hasSize(1);
  }

  /** What only looks need not be; there is no way back from forgetting. */
  @Test
  void allOfItCanBeTakenBackUntilTheOldOnesAreForgotten() {
    for (Engine engine : List.of(POSTGRESQL, MYSQL)) {
      Plan plan = plan(engine, Scene.healthy());
      assertThat(plan.steps().filter(s -> !s.name().startsWith("login-")))
          .allMatch(s -> s.undo().isPresent());
      assertThat(plan.step("forget-passwords").orElseThrow().onFailure())
          .isEqualTo(Step.OnFailure.FORWARD);
    }
  }

  @Test
  void whatTheInventorySaysIsLeftAlone() {
    for (Engine engine : List.of(POSTGRESQL, MYSQL)) {
      Scene scene = Scene.healthy();
      Map<SecretRef, Optional<Instant>> has = new HashMap<>(known(engine, scene).has());
      has.remove(READER);
      Decision decision = decide(engine, scene, new RotatePassword.Known(has, List.of(READER)));
      Plan plan = ((Decision.Planned) decision).plan();
      assertThat(plan.step("password-reader")).isEmpty();
      assertThat(PlanJson.write(plan).toString()).doesNotContain("database-password.next");
      assertThat(plan.warnings())
          .anyMatch(w -> w.startsWith("database-password is what the inventory says"));
    }
  }

  @Test
  void oneThatDoesNotAnswerWaitsUntilThatIsTyped() {
    Scene scene =
        Scene.healthy().silent("pg3", new Contact(Trouble.UNREACHABLE, "no answer in 2 s"));
    Refusal no = refusal(POSTGRESQL, scene);
    assertThat(no.code()).isEqualTo(Refusal.Code.E_REACH_01);
    assertThat(no.next())
        .contains("to give it the new one later: replctl rotate password --without pg3");
    Step owed = plan(POSTGRESQL, scene, "pg3").step("passwords-pg3").orElseThrow();
    assertThat(owed.onFailure()).isEqualTo(Step.OnFailure.OWE);
    assertThat(plan(MYSQL, scene, "pg3").step("channel-pg3")).isEmpty();
    assertThat(plan(MYSQL, scene, "pg3").warnings())
        .anyMatch(w -> w.contains("replctl rejoin pg3"));
    assertThat(refusal(POSTGRESQL, Scene.healthy(), "pg1").found()).startsWith("pg1 leads");
  }

  @Test
  void oneThatDoesNotReceiveWouldNotGetToKnowThem() {
    Refusal no = refusal(MYSQL, Scene.healthy().streaming("pg2", false));
    assertThat(no.found()).startsWith("pg2 does not receive");
    assertThat(refusal(MYSQL, Scene.healthy().presence("pg2", Presence.STOPPED)).found())
        .startsWith("pg2 is stopped");
  }

  @Test
  void whoseUpstreamHoldsBackWouldNotBeLetIn() {
    Scene scene = Scene.healthy().delayed("pg2", Duration.ofHours(1)).upstream("pg3", "pg2");
    assertThat(refusal(POSTGRESQL, scene).found())
        .startsWith("pg3 receives from a node that holds back");
  }

  @Test
  void whatDoesNotLieHereCannotBeRenewedFromHere() {
    Decision decision =
        decide(POSTGRESQL, Scene.healthy(), new RotatePassword.Known(Map.of(), List.of()));
    Refusal no = ((Decision.Refused) decision).refusal();
    assertThat(no.found()).contains("there is no database-password, no replication-password");
  }
}

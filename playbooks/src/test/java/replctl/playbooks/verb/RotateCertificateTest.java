package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.world.Trouble;

/** In which order certificates are renewed, and when not. */
class RotateCertificateTest {
  private static Scene certified() {
    Scene scene = Scene.healthy();
    for (String node : List.of("pg1", "pg2", "pg3")) {
      scene.facts(
          node,
          Map.of(
              "own.fingerprint", "AA:" + node,
              "own.end_ms", "2110000000000",
              "authority", "CA:01",
              "openssl", "yes"));
    }
    return scene;
  }

  private static Decision decide(Scene scene, boolean authority, String... nodes) {
    return new RotateCertificate(new PostgresqlEngine())
        .decide(
            scene.cluster(),
            scene.seen(),
            "op-1",
            Arrays.stream(nodes).map(NodeName::new).toList(),
            authority);
  }

  private static List<List<String>> names(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    Plan plan = ((Decision.Planned) decision).plan();
    return plan.phases().stream().map(p -> p.steps().map(Step::name).toList()).toList();
  }

  private static Refusal refusal(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  @Test
  void thoseThatAreNamedGetNewOnes() {
    Decision one = decide(certified(), false, "pg2");
    assertThat(names(one))
        .containsExactly(List.of("authority"), List.of("key-pg2", "sign-pg2", "certificate-pg2"));
    assertThat(((Decision.Planned) one).plan().warnings()).contains("pg2's ends on 2036-11-11");
    assertThat(names(decide(certified(), false)).get(1))
        .contains("certificate-pg1", "certificate-pg2", "certificate-pg3");
  }

  /** At no moment is anybody shown what it does not trust. */
  @Test
  void bothAuthoritiesAreTrustedWhileCertificatesOfBothAreShown() {
    List<List<String>> names = names(decide(certified(), true));
    assertThat(names.get(0)).containsExactly("authority-made");
    assertThat(names.get(1)).containsExactly("trust-both-pg1", "trust-both-pg2", "trust-both-pg3");
    assertThat(names.get(2)).containsExactly("authority-used");
    assertThat(names.get(3)).contains("certificate-pg1", "certificate-pg2", "certificate-pg3");
    assertThat(names.get(4)).containsExactly("trust-new-pg1", "trust-new-pg2", "trust-new-pg3");
    assertThat(names.get(5)).containsExactly("authority-alone");
    assertThat(names).hasSize(6);
  }

  @Test
  void aKeyIsMadeOnItsOwnHost() {
    Scene scene = certified().silent("pg3", new Contact(Trouble.UNREACHABLE, "no answer in 2 s"));
    assertThat(refusal(decide(scene, false)).next())
        .contains("for the others: replctl rotate certificate pg1 pg2");
    assertThat(refusal(decide(scene, true)).code()).isEqualTo(Refusal.Code.E_REACH_01);
    assertThat(names(decide(scene, false, "pg1", "pg2"))).hasSize(2);
    assertThat(refusal(decide(Scene.healthy(), false)).found())
        .contains("has no certificate of replctl's");
  }
}

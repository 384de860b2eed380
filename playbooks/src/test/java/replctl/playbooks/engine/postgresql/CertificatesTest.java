package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Certificates;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.setup.SetupScene;

class CertificatesTest {
  private static final NodeName PG2 = new NodeName("pg2");

  private static SetupScene certified() {
    SetupScene scene = SetupScene.adopted();
    for (int n = 1; n <= 3; n++) {
      scene
          .fact("pg" + n, "own.fingerprint", "AA:0" + n)
          .fact("pg" + n, "own.names", "IP:10.0.0." + n)
          .fact("pg" + n, "own.end_ms", inDays(200))
          .fact("pg" + n, "authority", "CA:01");
    }
    return scene;
  }

  private static String inDays(long days) {
    return Long.toString(SetupScene.NOW.plus(Duration.ofDays(days)).toEpochMilli());
  }

  @Test
  void leavesAGoodOneAlone() {
    assertThat(Certificates.reason(certified().goal("pg1"), PG2)).isEmpty();
    assertThat(Certificates.authority(certified().goal("pg1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "own.fingerprint, '', none yet",
    "own.names, DNS:elsewhere, 'is for DNS:elsewhere, not IP:10.0.0.2'",
    "authority, CA:99, is not of the authority that the others trust",
    "own.end_ms, nonsense, ends unknown",
  })
  void saysWhyOneIsNeeded(String fact, String text, String why) {
    SetupGoal goal = certified().fact("pg2", fact, text).goal("pg1");
    assertThat(Certificates.reason(goal, PG2)).isEqualTo(Optional.of(why));
    assertThat(Certificates.authority(goal)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"31, false", "29, true", "-1, true"})
  void renewsAMonthBeforeTheEnd(long days, boolean renews) {
    SetupGoal goal = certified().fact("pg2", "own.end_ms", inDays(days)).goal("pg1");
    assertThat(Certificates.reason(goal, PG2).isPresent()).isEqualTo(renews);
  }

  @Test
  void renewsWhenAsked() {
    SetupGoal goal = certified().goal("pg1");
    SetupGoal renewing =
        new SetupGoal(
            goal.site(),
            goal.leader(),
            goal.nodes(),
            new SetupGoal.Policy(false, true, false, false));
    assertThat(Certificates.reason(renewing, PG2))
        .isEqualTo(Optional.of("to be renewed, as asked"));
  }

  @Test
  void everyNodeMakesItsOwnKey() {
    SetupGoal goal = SetupScene.bare().goal("pg1");
    assertThat(Certificates.steps(goal, PG2, new Scripts(goal.site(), goal.leader())::step))
        .extracting(s -> s.on().label() + " " + s.name())
        .isEqualTo(List.of("pg2 key-pg2", "here sign-pg2", "pg2 certificate-pg2"));
  }

  @ParameterizedTest
  @CsvSource({
    "fd00::1, FD00:0:0:0:0:0:0:1",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:0db8:0000:0001:0002:0003:0004:0005, 2001:DB8:0:1:2:3:4:5",
    "fe80::, FE80:0:0:0:0:0:0:0",
  })
  void writesAddressesAsCertificatesShowThem(String address, String written) {
    assertThat(Certificates.expanded(address)).isEqualTo(written);
  }
}

package replctl.playbooks.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.yaml.InventoryReader;

/** What hosts remember of drills, and what it is worth. */
class DrillsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private static Node node(String fence) {
    return new InventoryReader()
        .read(
            Path.of("/etc/replctl/inventory.yaml"),
            """
            version: 1
            clusters:
              shop:
                engine: postgresql
                nodes:
                  pg1: {host: pg1%s}
                  pg2: {host: pg2}
                  pg3: {host: pg3}
            """
                .formatted(fence.isEmpty() ? "" : ", fence: " + fence)
                .getBytes(StandardCharsets.UTF_8))
        .inventory()
        .orElseThrow()
        .clusters()
        .get(0)
        .node(new NodeName("pg1"))
        .orElseThrow();
  }

  private static final Node PG1 =
      node("{agent: fence_ipmilan, ip: 10.9.0.1, username: admin, password: {env: A}}");

  private static String line(Node node, Duration ago, String result) {
    return "pg1 " + Devices.fingerprint(node) + " " + NOW.minus(ago) + " " + result + "\n";
  }

  @Test
  void eachStandingHasItsWords() {
    assertThat(words(PG1, "")).isEqualTo("NEVER never drilled");
    assertThat(words(PG1, line(PG1, Duration.ofDays(12), "passed")))
        .isEqualTo("PASSED drilled 12 d ago");
    assertThat(words(PG1, line(PG1, Duration.ofHours(5), "passed")))
        .isEqualTo("PASSED drilled 5 h ago");
    assertThat(words(PG1, line(PG1, Duration.ofSeconds(5), "passed")))
        .isEqualTo("PASSED drilled just now");
    assertThat(words(PG1, line(PG1, Duration.ofDays(2), "failed")))
        .isEqualTo("FAILED failed its drill 2 d ago");
    assertThat(words(PG1, line(PG1, Duration.ofDays(90), "passed")))
        .isEqualTo("PASSED drilled 90 d ago");
    assertThat(words(PG1, line(PG1, Duration.ofDays(91), "passed")))
        .isEqualTo("OLD drilled 91 d ago, limit 90 d");
    assertThat(words(node(""), line(PG1, Duration.ofDays(2), "passed"))).isEqualTo("NONE ");
  }

  private static String words(Node node, String... files) {
    Drills drills = Drills.of(List.of(files));
    return drills.of(node, NOW) + " " + drills.words(node, NOW);
  }

  @Test
  void aDeviceThatWasChangedCountsAsNotTried() {
    for (String other :
        List.of(
            "{agent: fence_ipmilan, ip: 10.9.0.2, username: admin, password: {env: A}}",
            "{agent: fence_idrac, ip: 10.9.0.1, username: admin, password: {env: A}}",
            "{agent: fence_ipmilan, ip: 10.9.0.1, username: admin, lanplus: 1, password: {env: A}}",
            "[{agent: fence_ipmilan, ip: 10.9.0.1, username: admin, password: {env: A}},"
                + " {command: [/bin/x]}]")) {
      assertThat(words(node(other), line(PG1, Duration.ofDays(1), "passed")))
          .isEqualTo("CHANGED changed since its drill");
    }
  }

  @Test
  void anotherPasswordIsTheSameDevice() {
    Node other = node("{agent: fence_ipmilan, ip: 10.9.0.1, username: admin, password: {env: B}}");

    assertThat(words(other, line(PG1, Duration.ofDays(1), "passed")))
        .isEqualTo("PASSED drilled 24 h ago".replace("24 h", "1 d"));
  }

  @Test
  void theLastDrillHoldsWhichHostSoeverTellsOfIt() {
    String old = line(PG1, Duration.ofDays(20), "passed");
    String last = line(PG1, Duration.ofDays(1), "failed");

    assertThat(words(PG1, old, last)).isEqualTo("FAILED failed its drill 1 d ago");
    assertThat(words(PG1, last, old)).isEqualTo("FAILED failed its drill 1 d ago");
    assertThat(words(PG1, old + last)).isEqualTo("FAILED failed its drill 1 d ago");
  }

  @Test
  void aDrillThatLiesAheadOfThisClockIsNotOlderForIt() {
    assertThat(words(PG1, line(PG1, Duration.ofMinutes(-3), "passed")))
        .isEqualTo("PASSED drilled just now");
  }

  @Property(tries = 300)
  void whatCanNotBeReadIsLeftOut(@ForAll String text) {
    assertThat(Drills.of(List.of(text + "\n" + line(PG1, Duration.ofDays(3), "passed"))).last())
        .hasSize(1);
  }

  @Test
  void labelsNameADeviceAndNoSecret() {
    assertThat(PG1.fence().get(0).devices().stream().map(Devices::label))
        .containsExactly("fence_ipmilan 10.9.0.1");
    assertThat(
            node("{agent: fence_apc_snmp, ip: 10.9.0.9, port: 7, community: s3cret}")
                .fence()
                .get(0)
                .devices()
                .stream()
                .map(Devices::label))
        .containsExactly("fence_apc_snmp 10.9.0.9 port 7");
    assertThat(
            node("{command: [/opt/bin/cut-power, pg1]}").fence().get(0).devices().stream()
                .map(Devices::label))
        .containsExactly("cut-power");
  }
}

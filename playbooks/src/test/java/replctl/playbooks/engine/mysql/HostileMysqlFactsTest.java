package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.decide.Durability;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/** Hosts may say anything: it is read as far as it can be, and nothing is thrown. */
class HostileMysqlFactsTest {
  private static final List<String> FILES = List.of("leader", "follower", "stuck", "stopped");
  private static final List<String> KEYS = new ArrayList<>();

  static {
    for (String file : FILES) {
      KEYS.addAll(RecordedMysql.facts(file).byName().keySet());
    }
  }

  private static void judged(Snapshot seen) {
    assertThat(seen.nodes()).hasSize(2);
    assertThat(Health.of(RecordedMysql.cluster(2), seen, Scene.LEVELS).nodes()).hasSize(2);
    assertThat(Durability.words(seen)).isNotBlank();
    for (NodeView node : seen.nodes()) {
      node.server()
          .ifPresent(
              s -> {
                assertThat(s.lag().time().stream()).allMatch(t -> !t.isNegative());
                assertThat(s.lag().bytes().orElse(0)).isNotNegative();
              });
    }
  }

  @Property(tries = 500)
  void anythingIsReadAndJudged(
      @ForAll("hostile") Map<String, String> a,
      @ForAll("hostile") Map<String, String> b,
      @ForAll("files") String fileA,
      @ForAll("files") String fileB) {
    judged(
        RecordedMysql.read(
            RecordedMysql.facts(fileA).and(Facts.of(a)),
            RecordedMysql.facts(fileB).and(Facts.of(b))));
  }

  @Property(tries = 200)
  void factsOfAnyNameAreReadAndJudged(@ForAll Map<String, String> facts) {
    Snapshot seen = RecordedMysql.read(Facts.of(new TreeMap<>(facts)), Facts.NONE);

    assertThat(seen.writable()).isEmpty();
    judged(seen);
  }

  /** SOURCE_DELAY ends at 2^31 - 1 s; Long.MAX_VALUE s are more ms than a number holds. */
  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "2147483648", "9223372036854775807", "-1"})
  void aDelayOfAnyLengthIsReadAndJudged(String seconds) {
    judged(
        RecordedMysql.read(
            RecordedMysql.facts("leader"),
            RecordedMysql.facts("follower").and(Facts.of(Map.of("channel.1.delay", seconds)))));
  }

  /** No more than 1 MiB is read of a line, and so of a fact. */
  @Test
  @Timeout(120)
  void aSetAsLongAsALineMayBeIsAnswered() {
    StringBuilder set = new StringBuilder("3e11fa47-71ca-11e1-9e33-c80aa9429562");
    for (int n = 1; set.length() < 1_000_000; n += 2) {
      set.append(':').append(n);
    }

    judged(
        RecordedMysql.read(
            RecordedMysql.facts("leader", "gtid.executed", set.toString()),
            RecordedMysql.facts("follower", "gtid.executed", "z".repeat(1_000_000))));
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(FILES);
  }

  @Provide
  Arbitrary<Map<String, String>> hostile() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.of(
                "99.99",
                "99999999999.1.1",
                "1e300",
                "-1",
                "NaN",
                "Infinity",
                "9223372036854775807",
                "-9223372036854775808",
                "yes",
                "no",
                "running",
                "ON",
                "OFF",
                "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9223372036854775807",
                "3e11fa47-71ca-11e1-9e33-c80aa9429562:9-1",
                "3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:1",
                "x:1",
                "\u001b]0;title\u0007",
                "my1",
                "needed 99999999999\ntimeout -1\nackers my2",
                "/"));
    return Arbitraries.maps(Arbitraries.of(KEYS), texts).ofMaxSize(40);
  }
}

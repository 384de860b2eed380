package replctl.playbooks.engine.postgresql;

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
import replctl.playbooks.decide.Durability;
import replctl.playbooks.decide.Health;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/** Hosts may say anything: it is read as far as it can be, and nothing is thrown. */
class HostileFactsTest {
  private static final List<String> KEYS = new ArrayList<>();

  static {
    for (String file : List.of("leader", "follower", "waiting", "hung", "old-back")) {
      KEYS.addAll(Recorded.facts(file).byName().keySet());
    }
  }

  @Property(tries = 500)
  void anythingIsReadAndJudged(
      @ForAll("hostile") Map<String, String> a,
      @ForAll("hostile") Map<String, String> b,
      @ForAll("files") String fileA,
      @ForAll("files") String fileB) {
    Snapshot seen =
        Recorded.read(
            Recorded.facts(fileA).and(Facts.of(a)), Recorded.facts(fileB).and(Facts.of(b)));

    assertThat(seen.nodes()).extracting(NodeView::name).hasSize(2);
    assertThat(Health.of(Recorded.cluster(2), seen, Scene.LEVELS).nodes()).hasSize(2);
    assertThat(Durability.words(seen)).isNotBlank();
    for (NodeView node : seen.nodes()) {
      node.server()
          .ifPresent(
              s -> {
                assertThat(s.lag().time().stream()).allMatch(t -> !t.isNegative());
                assertThat(s.lag().bytes().orElse(0)).isNotNegative();
                if (!s.streaming().orElse(false)) {
                  assertThat(s.lag().time()).isEmpty();
                }
              });
    }
  }

  @Property(tries = 200)
  void factsOfAnyNameAreReadAndJudged(@ForAll Map<String, String> facts) {
    Snapshot seen = Recorded.read(Facts.of(new TreeMap<>(facts)), Facts.NONE);

    assertThat(seen.writable()).isEmpty();
    assertThat(Health.of(Recorded.cluster(2), seen, Scene.LEVELS).worst()).isPresent();
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of("leader", "follower", "waiting", "hung", "old-back", "new-leader");
  }

  @Provide
  Arbitrary<Map<String, String>> hostile() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.of(
                "ZZ/1",
                "FFFFFFFF/FFFFFFFF",
                "0/0",
                "1e300",
                "-1",
                "NaN",
                "Infinity",
                "9223372036854775807",
                "-9223372036854775808",
                "4294967295",
                "99.99",
                "yes",
                "no",
                "running",
                "streaming",
                "ANY 9 (*)",
                "1\t0/1\t\n",
                "\u001b]0;title\u0007",
                "pg1",
                "pg2",
                "/",
                "on",
                "off"));
    return Arbitraries.maps(Arbitraries.of(KEYS), texts).ofMaxSize(40);
  }
}

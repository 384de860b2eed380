package replctl.playbooks.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Facts;

/** What a host says of its epoch file: read whole, or it can't be relied on. */
class HostileRecordTest {
  private static final String GOOD =
      RecordJson.text(
          new LeaderRecord(
              7,
              "op-a",
              new NodeName("pg1"),
              List.of(new NodeName("pg1"), new NodeName("pg2")),
              1,
              List.of(new NodeName("pg2")),
              1,
              new TreeMap<>(Map.of(new NodeName("pg2"), "stopped")),
              List.of(new NodeName("pg2"))));

  private static EpochFile file(String promise, String text) {
    return EpochFile.of(
        Facts.of(Map.of("epoch.state", "read", "epoch.promise", promise, "epoch.record", text)));
  }

  @Property
  void anyTextIsNoRecord(@ForAll String text) {
    assertThat(RecordJson.read(text)).isEmpty();
    if (!text.isEmpty()) {
      assertThat(file("7", text)).isInstanceOf(EpochFile.Unreadable.class);
    }
  }

  @Property(tries = 2000)
  void aDamagedRecordIsReadOrUnreadable(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int wounds) {
    StringBuilder damaged = new StringBuilder(GOOD);
    for (int i = 0; i < wounds; i++) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + random.nextInt(10));
      switch (random.nextInt(3)) {
        case 0 -> damaged.delete(at, Math.max(end, at + 1));
        case 1 -> damaged.insert(at, damaged.substring(at, end));
        default -> damaged.setCharAt(at, "{}[],:\"0-9ae\\".charAt(random.nextInt(13)));
      }
      if (damaged.length() == 0) {
        damaged.append('x');
      }
    }
    assertThat(file("7", damaged.toString()))
        .isInstanceOfAny(EpochFile.Known.class, EpochFile.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9e9", "9223372036854775808", "-1", "07x", " 7", "7\r", "\u0667\u0667x", "NaN"})
  void aPromiseThatIsNoNumberCanNotBeReliedOn(String promise) {
    assertThat(file(promise, GOOD)).isInstanceOf(EpochFile.Unreadable.class);
  }

  @Property
  void factsOfAnyKindAreAnswered(@ForAll("facts") Map<String, String> facts) {
    EpochFile file = EpochFile.of(Facts.of(facts));

    assertThat(file).isNotNull();
    if (file instanceof EpochFile.Known known) {
      assertThat(known.promised()).isNotNegative();
    }
  }

  @Provide
  Arbitrary<Map<String, String>> facts() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "epoch.state",
            "epoch.promise",
            "epoch.record",
            "epoch.votes",
            "epoch.open",
            "epoch.heartbeat_ms",
            "epoch.maintenance_ms",
            "epoch.operation");
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.of("read", "none", "yes", "no", "7", "-7", "1e9", GOOD, "{}", "[]"));
    return Arbitraries.maps(keys, texts);
  }
}

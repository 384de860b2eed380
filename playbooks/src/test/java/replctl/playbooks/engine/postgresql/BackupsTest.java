package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.playbooks.world.Facts;

/** Which backup a follower can be made from. */
class BackupsTest {
  private static final String OLD = "20261128-010000F";
  private static final String NEW = "20261128-010000F_20261129-010000I";

  /** On timeline 3, which left 2 at 0/5000000, which left 1 at 0/3000000. */
  private static final Facts LEADER =
      Facts.of(
          Map.of(
              "system_identifier", "77",
              "timeline", "3",
              "history.timeline", "3",
              "history.text", "1\t0/3000000\tx\n2\t0/5000000\tx\n"));

  private static String backup(String label, int database, long timeline, String stop) {
    String segment = "%08X0000000000000002".formatted(timeline);
    return """
        {"archive":{"start":"%1$s","stop":"%1$s"},"backrest":{"format":5,"version":"2.45"},
         "database":{"id":%2$d,"repo-key":1},"error":false,"label":"%3$s",
         "lsn":{"start":"0/2000028","stop":"%4$s"},"type":"full"}"""
        .formatted(segment, database, label, stop);
  }

  private static Facts told(String... backups) {
    return Facts.of(
        Map.of(
            "backup.info",
            "[{\"archive\":[],\"backup\":["
                + String.join(",", backups)
                + "],\"db\":[{\"id\":1,\"system-id\":66},{\"id\":2,\"system-id\":77}],"
                + "\"name\":\"shop\",\"status\":{\"code\":0,\"message\":\"ok\"}}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0/9000000, the leader's own timeline",
    "2, 0/5000000, up to where it was left",
    "2, 0/4000000, before it was left",
    "1, 0/3000000, two timelines before",
  })
  void theNewestOfTheLeadersHistoryIsTaken(long timeline, String stop, String what) {
    assertThat(
            Backups.of(
                told(backup(OLD, 2, 1, "0/2000100"), backup(NEW, 2, timeline, stop)), LEADER))
        .as(what)
        .isEqualTo(new Backups(Optional.of(NEW), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 0/5000001, 'ends at 0/5000001 of timeline 2, which is not in the leader''s history'",
    "2, 1, 0/4000000, 'ends at 0/4000000 of timeline 1, which is not in the leader''s history'",
    "2, 4, 0/2000000, 'ends at 0/2000000 of timeline 4, which is not in the leader''s history'",
    "1, 3, 0/2000000, is of the cluster with the system identifier 66",
    "9, 3, 0/2000000, is of the cluster with the system identifier ''",
    "2, 3, x, has no end",
  })
  void anotherIsPassedOver(int database, long timeline, String stop, String why) {
    String bad = backup(NEW, database, timeline, stop);
    assertThat(Backups.of(told(backup(OLD, 2, 1, "0/2000100"), bad), LEADER).label()).contains(OLD);
    Backups none = Backups.of(told(bad), LEADER);
    assertThat(none.label()).isEmpty();
    assertThat(none.why()).isEqualTo("backup " + NEW + " " + why.replace("''", ""));
  }

  @Test
  void oneWithBadPagesIsPassedOver() {
    String bad = backup(NEW, 2, 3, "0/2000100").replace("\"error\":false", "\"error\":true");
    assertThat(Backups.of(told(bad), LEADER).why()).endsWith("has pages with a wrong checksum");
  }

  @Test
  void aLabelThatWouldBeAnOptionIsPassedOver() {
    assertThat(Backups.of(told(backup("x --repo1-path=/", 2, 3, "0/2000100")), LEADER).label())
        .isEmpty();
  }

  /** As pgBackRest 2.45 tells of a stanza that it does not know. */
  @Test
  void whyThereIsNoneIsSaid() {
    assertThat(Backups.of(told(), LEADER).why()).isEqualTo("it has no backup");
    assertThat(
            Backups.of(
                    Facts.of(
                        Map.of(
                            "backup.info",
                            "[{\"backup\":[],\"db\":[],\"name\":\"shop\",\"status\":{\"code\":1,"
                                + "\"message\":\"missing stanza path\"}}]")),
                    LEADER)
                .why())
        .isEqualTo("missing stanza path");
    assertThat(Backups.of(Facts.of(Map.of("backup.error", "it hangs")), LEADER).why())
        .isEqualTo("it hangs");
    assertThat(Backups.of(Facts.NONE, LEADER).why())
        .isEqualTo("its host was not asked for backups");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[]", "7", "null", "{\"backup\": 3}", "[[[[]]]]", "[{\"backup\":[7]}]"})
  void whatIsNotToldAsItShouldBeIsNoBackup(String info) {
    assertThat(Backups.of(Facts.of(Map.of("backup.info", info)), LEADER).label()).isEmpty();
  }
}

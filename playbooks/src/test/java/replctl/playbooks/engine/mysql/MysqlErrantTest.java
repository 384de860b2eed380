package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;

/**
 * Which of the transactions of my2 and my3 are certain to be no part of the history, where my1 does
 * not answer. 0 to 3 are servers: 1 is my1 and so on, 0 is none of the nodes.
 */
class MysqlErrantTest {
  private static final Map<String, String> UUIDS =
      Map.of(
          "0", "11111111-ec7e-11f1-a8ee-02000000000a",
          "1", "4752a50e-ec7e-11f1-bfbf-02000000000b",
          "2", "47138e39-ec7e-11f1-a8ee-02000000000c",
          "3", "47469248-ec7e-11f1-b75d-02000000000d");

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // what the row says: server and what it had; what my2 and my3 have; what of that is errant
        "1 1:1-4,2:1-3 | 1:1-9,2:1-3     | 1:1-9,2:1-3     |         |         ",
        "1 1:1-4,2:1-3 | 1:1-9,2:1-3     | 1:1-4,2:1-2     |         |         ",
        "1 1:1-4,2:1-3 | 1:1-9,2:1-5     | 1:1-9,2:1-3     | 2:4-5   |         ",
        "1 1:1-4,2:1-3 | 1:1-9,2:1-3     | 1:1-9,2:1-3,3:7 |         | 3:7     ",
        "1 1:1-4,2:1-3 | 1:1-9,2:1-3,2:5 | 1:1-9,2:1-3,3:7 | 2:5     | 3:7     ",
        // The leader was given it, and gave it to the other.
        "1 1:1-4,2:1-3 | 1:1-9,2:1-5     | 1:1-9,2:1-5     |         |         ",
        "1 1:1-4,2:1-3 | 1:1-9,2:1-5     | 1:1-9,2:1-4     | 2:5     |         ",
        // One that was opened since, whose row nobody has applied, is not among those that answer.
        "0 0:1-4       | 0:1-9,1:1-2     | 0:1-9           |         |         ",
        // No row, or one that is too long to be read.
        "1             | 1:1-9,2:1-5     | 1:1-9,2:1-3     |         |         ",
        // It led last itself.
        "2 1:1-4       | 1:1-4,2:1-9     | 1:1-4           |         |         ",
      })
  void onlyWhatAFollowerWroteSinceTheLeaderWasOpened(
      String row, String two, String three, String errant2, String errant3) {
    Snapshot seen = seen(row, two, three, "1");

    assertThat(errant(seen, "my2")).isEqualTo(set(errant2));
    assertThat(errant(seen, "my3")).isEqualTo(set(errant3));
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "2, 2:5"})
  void whatAnotherReceivedFromItsWriterIsSoThereToo(String source, String errant) {
    Snapshot seen = seen("1 1:1-4", "1:1-9,2:5", "1:1-9,2:5", source);

    assertThat(errant(seen, "my2")).isEqualTo(set(errant));
    assertThat(errant(seen, "my3")).isEqualTo(set(errant));
  }

  private static Snapshot seen(String row, String two, String three, String sourceOfThree) {
    String[] words = row.split(" ");
    Map<String, String> opened = new LinkedHashMap<>();
    opened.put("opened.epoch", "7");
    opened.put("opened.server", UUIDS.get(words[0]));
    if (words.length > 1) {
      opened.put("opened.transactions", set(words[1]));
    }
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    answers.put(
        new NodeName("my2"),
        new Answer.Done(
            follower(two, "1")
                .and(
                    Facts.of(
                        Map.of("sql.server_uuid", UUIDS.get("2"), "server_uuid", UUIDS.get("2"))))
                .and(Facts.of(opened))));
    answers.put(new NodeName("my3"), new Answer.Done(follower(three, sourceOfThree)));
    return RecordedMysql.read(3, answers);
  }

  private static Facts follower(String has, String source) {
    return facts(
        "follower",
        "gtid.executed",
        set(has),
        "channel.1.received",
        "",
        "channel.1.source_uuid",
        UUIDS.get(source));
  }

  private static String errant(Snapshot seen, String node) {
    Position position =
        seen.node(new NodeName(node)).server().orElseThrow().position().orElseThrow();
    return ((MysqlPosition) position).errant().toString();
  }

  private static String set(String brief) {
    if (brief == null || brief.isEmpty()) {
      return "";
    }
    String all =
        Arrays.stream(brief.split(","))
            .map(part -> UUIDS.get(part.substring(0, 1)) + part.substring(1))
            .collect(Collectors.joining(","));
    return GtidSet.parse(all).orElseThrow().toString();
  }
}

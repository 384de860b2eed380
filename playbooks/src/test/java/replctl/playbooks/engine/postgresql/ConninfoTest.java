package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Database;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.setup.SetupScene;

/** The connection string of a follower, whatever its values are. */
class ConninfoTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");

  /** Longer names are cut off by the server, and two of them could become one (NAMEDATALEN). */
  private static final int LONGEST = 63;

  private static String to(String host, String state) {
    SetupScene scene = SetupScene.bare();
    scene.declare(at(scene.declared("pg1"), host));
    return Conninfo.text(scene.site(), PG2, PG1, state);
  }

  private static Node at(Node node, String host) {
    return new Node(
        node.name(),
        host,
        node.region(),
        node.leader(),
        node.priority(),
        node.mayLead(),
        node.cascadeFrom(),
        node.delay(),
        node.connection(),
        node.ssh(),
        new Database(
            5432,
            Database.Access.TUNNEL,
            "replctl",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        node.layout(),
        node.fence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "10.0.0.1|host=10.0.0.1 port=",
        "x host=evil sslmode=disable|host='x host=evil sslmode=disable' port=",
        "x' host='evil|host='x\\' host=\\'evil' port=",
        "x\\' host=evil|host='x\\\\\\' host=evil' port=",
        "|host='' port=",
      })
  void aValueStaysOneValue(String host, String text) {
    assertThat(to(host == null ? "" : host, "/state")).startsWith(text);
  }

  @Test
  void whatLiesBehindItCanNotSwitchVerificationOff() {
    assertThat(to("10.0.0.1", "/s sslmode=disable'"))
        .contains(" sslmode=verify-full ")
        .contains(" passfile='/s sslmode=disable\\'/passfile' ");
  }

  @Test
  void neitherAPasswordNorAnythingOfItStandsInIt() {
    assertThat(to("10.0.0.1", "/state")).doesNotContain("password=");
  }

  /** Names of nodes have no underscore, so that two of them are never one slot. */
  @Test
  void slotsOfTheLongestNamesDiffer() {
    String longest = "a".repeat(38);
    Set<String> slots = new TreeSet<>();
    for (String name : Set.of(longest + "-b", longest + "-c", longest + "-", longest + "bb")) {
      slots.add(Conninfo.slot(new NodeName(name)));
    }

    assertThat(slots)
        .hasSize(4)
        .allMatch(slot -> slot.length() <= LONGEST && slot.matches("[a-z0-9_]+"));
  }
}

package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * An inventory is proposed of a cluster that runs, from whichever of its hosts, and shows the same
 * cluster; nothing is changed on any of them.
 */
abstract class ImportCases {
  /** replctl with the inventory that is known to be right. */
  abstract Replctl replctl();

  abstract String cluster();

  abstract List<String> nodes();

  abstract String leader();

  /** The folder of the operator's inventory and secrets. */
  abstract Path operator();

  /** What must stay as it is on a host. */
  abstract String fingerprint(String node);

  private String propose(String host, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "inventory",
                "import",
                "--from",
                "dba@" + host,
                "-c",
                cluster(),
                "--identity",
                operator().resolve("id_ed25519").toString(),
                "--known-hosts",
                operator().resolve("known_hosts").toString()));
    words.addAll(List.of(more));
    return replctl().run(words.toArray(String[]::new)).exits(0).out();
  }

  private Path written(String text) {
    Path file = operator().resolve("proposed.yaml");
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return file;
  }

  /** Of each node: its role, its upstream, whether it streams. */
  private static Map<String, String> shown(Replctl replctl, String cluster) {
    try {
      JsonNode status =
          new ObjectMapper().readTree(replctl.run("status", cluster, "-o", "json").exits(0).out());
      Map<String, String> shown = new TreeMap<>();
      status
          .path("nodes")
          .forEach(
              n ->
                  shown.put(
                      n.path("name").asText(),
                      n.path("role").asText()
                          + " "
                          + n.path("upstream").asText()
                          + " "
                          + n.path("streaming").asText()));
      return shown;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void fromTheLeaderAndFromAFollowerTheSameClusterIsProposed() {
    Map<String, String> before = new TreeMap<>();
    nodes().forEach(n -> before.put(n, fingerprint(n)));
    String follower = nodes().stream().filter(n -> !n.equals(leader())).findFirst().orElseThrow();

    String fromLeader = propose(leader());
    String fromFollower = propose(follower);

    assertThat(fromFollower).isEqualTo(fromLeader);
    Map<String, String> known = shown(replctl(), cluster());
    assertThat(fromLeader)
        .contains("    " + leader() + ": {host: \"" + leader() + "\", leader: true}\n")
        .contains("replication: {mode: semi-sync, acks: 1, on_lost_sync: block}")
        .contains("# decide: region and fence of each node")
        .doesNotContain("not taken in", "cascade_from");
    // What no server tells is the operator's to add: the password that the account has.
    String decided =
        fromLeader.replaceAll(
            "database: \\{port: ([0-9]+)\\}",
            "database: {port: $1, password: {file: " + operator().resolve("secrets/shop") + "}}");
    assertThat(decided).isNotEqualTo(fromLeader);
    Replctl proposed = replctl().withInventory(written(decided));
    proposed.run("inventory", "validate").exits(0);
    assertThat(shown(proposed, cluster())).isEqualTo(known);
    assertThat(proposed.run("init", cluster(), "--dry-run").exits(0).out())
        .contains("Nothing to do: all is as it should be.");
    nodes().forEach(n -> assertThat(fingerprint(n)).isEqualTo(before.get(n)));
  }

  @Test
  void aHostThatCanNotBeAskedIsSaidAndAWrongOneIsRefused() {
    assertThat(
            replctl()
                .run("inventory", "import", "--from", "dba@no-such-host", "--timeout", "3s")
                .exits(69)
                .err())
        .contains("no server of a cluster was found on no-such-host", "its name has no address");
    assertThat(
            replctl()
                .run("inventory", "import", "--from", "nobody@" + leader(), "--timeout", "5s")
                .exits(69)
                .err())
        .contains("no server of a cluster was found on " + leader());
  }
}

package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.doctor.Diagnosis;
import replctl.playbooks.world.Facts;

/** What is in a bundle, and what is not. */
class BundleTest {
  private static final String SAID = "row of Ann \"the\" first can't be put in";

  private static final Map<String, String> FACTS =
      Map.of(
          "setting.max_connections", "100",
          "channel.1.applier_error_text", SAID,
          "channel.1.state", "ON",
          "long.1.user", "ann-smith",
          "replay.blocker.application", "anns-app",
          "unsafe.1.statement", "update ann set x",
          "role.1.settings", "app.key=hidden-in-a-role",
          "role.1.name", "replctl");

  private static SortedMap<String, String> files() {
    Snapshot seen =
        new Snapshot(
            Shop.SEEN.at(),
            Shop.SEEN.nodes().stream()
                .map(n -> n.name().value().equals("pg1") ? with(n, FACTS) : n)
                .toList());
    Diagnosis found =
        new Diagnosis(
            List.of(),
            Map.of(
                new NodeName("pg1"),
                List.of(
                    new Finding(Finding.Level.WARNING, "applier", "it stopped: " + SAID, "why"))));
    return new Bundle(
            seen.at(),
            Map.of("replctl", "1.2.3"),
            new Inventory(Path.of("/etc/replctl/inventory.yaml"), List.of(Shop.CLUSTER)),
            Shop.look(seen),
            found,
            List.of(),
            Map.of("op-1", List.of("{\"why\":\"pg1's server has 'Bob' for key 'x', pg2's not\"}")))
        .files();
  }

  private static NodeView with(NodeView node, Map<String, String> more) {
    Server s = node.server().orElseThrow();
    return new NodeView(
        node.name(),
        node.contact(),
        Optional.of(
            new Server(
                s.presence(),
                s.role(),
                s.identity(),
                s.version(),
                s.position(),
                s.applied(),
                s.upstream(),
                s.streaming(),
                s.sync(),
                s.lag(),
                s.acks(),
                s.findings(),
                s.facts().and(Facts.of(more)))));
  }

  @Test
  void whatAClientWroteOrIsIsNowhereInIt() {
    files()
        .forEach(
            (name, text) ->
                assertThat(text)
                    .as(name)
                    .doesNotContainIgnoringCase("row of ann")
                    .doesNotContain(
                        "ann-smith", "anns-app", "update ann", "hidden-in-a-role", "Bob"));
    assertThat(files().get("doctor.json")).contains("it stopped: (struck out)");
    assertThat(files().get("operations/op-1.jsonl"))
        .isEqualTo("{\"why\":\"pg1's server has '?' for key '?', pg2's not\"}\n");
  }

  @Test
  void theRestIsThereAndTheManifestNamesIt() throws IOException {
    SortedMap<String, String> files = files();
    assertThat(files.keySet())
        .containsExactly(
            "doctor.json",
            "inventory.json",
            "manifest.json",
            "operations.json",
            "operations/op-1.jsonl",
            "status.json",
            "survey/pg1.txt",
            "survey/pg2.txt",
            "survey/pg3.txt",
            "survey/pg4.txt");
    assertThat(files.get("survey/pg1.txt"))
        .startsWith("contact answers\n")
        .contains("channel.1.state ON\n", "setting.max_connections 100\n", "role.1.name replctl\n");
    assertThat(files.get("survey/pg4.txt")).startsWith("contact ");
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().endsWith(".json")) {
        JsonNode read = new ObjectMapper().readTree(file.getValue());
        assertThat(read.path("apiVersion").asText()).as(file.getKey()).isEqualTo("replctl/v1");
      }
    }
    JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json"));
    assertThat(manifest.path("madeBy").path("replctl").asText()).isEqualTo("1.2.3");
    assertThat(manifest.path("files").findValuesAsText("name"))
        .containsExactlyElementsOf(
            files.keySet().stream().filter(n -> !n.equals("manifest.json")).toList());
    assertThat(manifest.path("leftOut").size()).isGreaterThan(3);
  }
}

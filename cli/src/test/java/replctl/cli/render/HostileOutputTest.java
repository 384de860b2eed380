package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;

/** What servers and hosts say, where it is shown: no terminal obeys it, and data stays data. */
class HostileOutputTest {
  static Stream<String> texts() {
    return Stream.of(
        "\u001b]0;title\u0007",
        "\u001b]52;c;cm0gLXJmIC8=\u0007",
        "\u001b[2J\u001b[1;1Hall is well",
        "a\r\nREFUSED\nNext: rm -rf /",
        "\u009b31m",
        "\u202egnp.exe",
        "=cmd()|'/C calc'!A0",
        "<script>alert(1)</script>",
        "\"}, \"leader\": \"pg9\"",
        "- x: {y: 'z'}\n...\n---\n");
  }

  /** The same text wherever a host has a say. */
  private static Look look(String said) {
    NodeView leader = Shop.leader("pg1");
    Server server = leader.server().orElseThrow();
    NodeView odd =
        new NodeView(
            leader.name(),
            Contact.ANSWERED,
            Optional.of(
                new Server(
                    server.presence(),
                    server.role(),
                    Optional.of(said),
                    Optional.of(said),
                    server.position(),
                    server.applied(),
                    server.upstream(),
                    server.streaming(),
                    server.sync(),
                    new Lag(
                        server.lag().bytes(),
                        server.lag().received(),
                        server.lag().time(),
                        Lag.Cause.QUERY,
                        Optional.of(said)),
                    List.of(new Finding(Finding.Level.CRITICAL, "disk", said, said)),
                    Facts.of(Map.of("presence_why", said, "disk.1.mount", said)))));
    NodeView silent =
        new NodeView(new NodeName("pg2"), new Contact(Trouble.SILENT, said), Optional.empty());
    return Shop.look(
        new Snapshot(Instant.EPOCH, List.of(odd, silent, Shop.lagging("pg3"), Shop.silent("pg4"))));
  }

  private static List<String> shown(String said) {
    Look look = look(said);
    List<String> all = new ArrayList<>();
    for (Consumer<Lines> printer :
        List.<Consumer<Lines>>of(
            new StatusPrinter(look)::lines,
            new TopologyPrinter(look)::lines,
            new LagPrinter(look)::lines)) {
      all.add(Rendered.plain(printer));
      all.add(Rendered.with(new Lines.Look(false, false, false, 120), printer));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noTerminalObeysIt(String said) {
    int lines = shown("plain").get(0).split("\n").length;

    for (String text : shown(said)) {
      assertThat(text.chars().filter(c -> c != '\n').noneMatch(Visible::hidden)).isTrue();
      assertThat(text.lines())
          .noneMatch(line -> line.startsWith("Next:") || line.startsWith("..."));
    }
    assertThat(shown(said).get(0).split("\n")).hasSize(lines);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void dataStaysData(String said) throws Exception {
    Look look = look(said);
    JsonNode json = new ObjectMapper().readTree(Json.of(new StatusPrinter(look).doc()));

    assertThat(json.toString()).contains("\"leader\":\"pg1\"");
    assertThat(json.findValuesAsText("version")).contains(said);
    assertThat(Json.of(new StatusPrinter(look).doc()).chars()).noneMatch(c -> c < ' ' && c != '\n');
    assertThat(Yaml.of(new StatusPrinter(look).doc()).chars()).noneMatch(c -> c < ' ' && c != '\n');
  }
}

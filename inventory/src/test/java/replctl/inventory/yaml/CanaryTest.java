package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret, however badly it is written where one belongs, is never repeated. */
class CanaryTest {
  private static final String CANARY = "hunter2";

  private static final List<String> WAYS =
      List.of(
          "hunter2",
          "'hunter2'",
          "\"hunter2\"",
          "\"hunter2\\nx\"",
          "\"hunter2\\0x\"",
          "\"hunter2",
          "'hunter2",
          "\"\\hunter2\"",
          "*hunter2",
          "&hunter2",
          "&hunter2 x",
          "!hunter2",
          "!hunter2!x",
          "!<hunter2> x",
          "!!hunter2 x",
          "%hunter2",
          "@hunter2",
          "`hunter2`",
          "|hunter2",
          ">hunter2",
          ">-\n hunter2",
          "hunter2: x",
          "hunter2 #: x: y",
          "x: hunter2: y",
          "{hunter2",
          "{hunter2}",
          "{hunter2: x}",
          "{hunter2: x, hunter2: y}",
          "{hunter2: !x y}",
          "{hunter2: {hunter2: *hunter2}}",
          "{hunter2: {<<: x}}",
          "{[hunter2]: x}",
          "{? hunter2 : x}",
          "[hunter2]",
          "[hunter2",
          "[[hunter2]]",
          "- hunter2",
          "? hunter2",
          "{file: [hunter2]}",
          "{file: {hunter2: x}}",
          "{file: \"hunter2\\n\"}",
          "{file: ~hunter2}",
          "{fil: hunter2}",
          "{command: hunter2}",
          "{command: {hunter2: x}}",
          "{command: [[hunter2]]}",
          "{command: [\"hunter2\\n\"]}",
          "{command: [-hunter2]}",
          "{env: \"hunter2!\"}",
          "{env: [hunter2]}",
          "{credential: ../hunter2}",
          "{credential: \"hunter2\\0\"}",
          "{env: x, hunter2: y}");

  private static final List<String> PLACES =
      List.of(
          "database: {password: SECRET}",
          "database:\n  password: SECRET",
          "database: {tls: {ca: a, certificate: b, key: SECRET}}",
          "nodes: {n: {host: h, fence: {agent: fence_x, passwd: SECRET}}}",
          "nodes:\n  n:\n    host: h\n    fence:\n      agent: fence_x\n      password: SECRET",
          "nodes: {n: {host: h, fence: [[{agent: fence_x, snmp_priv_passwd: SECRET}]]}}");

  static Stream<String> inventories() {
    return PLACES.stream()
        .flatMap(
            place ->
                WAYS.stream()
                    .map(
                        way ->
                            "version: 1\nclusters:\n  a:\n    engine: mysql\n"
                                + "    replication: {mode: async}\n"
                                + place.replace("SECRET", way).indent(4)
                                + (place.startsWith("nodes")
                                    ? ""
                                    : "    nodes: {n: {host: h}}\n")));
  }

  @ParameterizedTest
  @MethodSource("inventories")
  void isNeverRepeated(String text) {
    Reading reading =
        new InventoryReader(Marked.HOME).read(Marked.FILE, text.getBytes(StandardCharsets.UTF_8));

    assertThat(reading.problems().toString()).doesNotContainIgnoringCase(CANARY);
    // A name of a file, program, variable or credential is no secret, and is shown.
    if (!reading.toString().contains("From")) {
      assertThat(reading.toString()).doesNotContainIgnoringCase(CANARY);
      reading
          .inventory()
          .map(InventoryShow::of)
          .ifPresent(shown -> assertThat(shown.toString()).doesNotContain(CANARY));
    }
  }
}

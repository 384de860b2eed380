package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.Node;

/**
 * An inventory's text in which {@code ¦} stands in front of each place where a problem is expected.
 */
final class Marked {
  static final Path FILE = Path.of("/inv/shop.yaml");
  static final Path HOME = Path.of("/home/dba");
  private static final char MARK = '¦';

  private final String text;
  private final List<String> places = new ArrayList<>();

  private Marked(String marked) {
    StringBuilder clean = new StringBuilder();
    int line = 1;
    int column = 1;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == MARK) {
        places.add(FILE + ":" + line + ":" + column + ": ");
        continue;
      }
      clean.append(c);
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    this.text = clean.toString();
  }

  /** The text as it stands. */
  static Marked text(String marked) {
    return new Marked(marked);
  }

  /** A cluster {@code a} of PostgreSQL with these lines of its own besides three good nodes. */
  static Marked cluster(String lines) {
    return text(
        """
        version: 1
        clusters:
          a:
            engine: postgresql
        """
            + lines.indent(4)
            + """
                nodes:
                  n1: {host: n1.example.net}
                  n2: {host: n2.example.net}
                  n3: {host: n3.example.net}
            """);
  }

  /** The same with just these nodes. */
  static Marked nodes(String lines) {
    return text(
        """
        version: 1
        clusters:
          a:
            engine: postgresql
            nodes:
        """
            + lines.indent(6));
  }

  /** The same with one of three nodes, {@code n1}, having these keys as a flow map's inside. */
  static Marked node(String keys) {
    return nodes("n1: {" + keys + "}\nn2: {host: n2.example.net}\nn3: {host: n3.example.net}");
  }

  Reading read() {
    return new InventoryReader(HOME).read(FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  Inventory inventory() {
    Reading reading = read();
    assertThat(reading.errors()).isEmpty();
    return reading.inventory().orElseThrow();
  }

  Cluster onlyCluster() {
    return inventory().clusters().get(0);
  }

  Node firstNode() {
    return onlyCluster().nodes().get(0);
  }

  /** Just these problems, each {@code error: ...} or {@code warning: ...}, at the marks in turn. */
  void finds(String... problems) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < problems.length; i++) {
      expected.add(places.get(i) + problems[i]);
    }
    Reading reading = read();
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactlyElementsOf(expected);
    assertThat(reading.inventory().isPresent()).isEqualTo(reading.errors().isEmpty());
  }

  /** Just these errors at the marks; warnings are not looked at. */
  void findsErrors(String... problems) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < problems.length; i++) {
      expected.add(places.get(i) + problems[i]);
    }
    Reading reading = read();
    assertThat(reading.errors()).extracting(Problem::toString).containsExactlyElementsOf(expected);
    assertThat(reading.inventory()).isEmpty();
  }

  /** Just one error, at the mark, whose text holds this. */
  void findsOneError(String part) {
    Reading reading = read();
    assertThat(reading.errors()).hasSize(1);
    assertThat(reading.errors().get(0).toString()).startsWith(places.get(0)).contains(part);
    assertThat(reading.inventory()).isEmpty();
  }
}

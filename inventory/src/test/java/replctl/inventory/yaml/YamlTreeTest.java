package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any key is looked at. */
class YamlTreeTest {
  record Case(String name, String marked, String problem) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> refused() {
    return Stream.of(
        new Case(
            "a tag that names a class",
            "version: 1\nclusters: ¦!!javax.script.ScriptEngineManager [x]\n",
            "error: a YAML tag (!): tags are not taken; text that starts with ! needs" + " quotes"),
        new Case(
            "a merge key that overrides fencing",
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                fencing: {¦<<: {accept: [stopped]}, accept: [power, stopped]}
                nodes: {n1: {host: h1}, n2: {host: h2}, n3: {host: h3}}
            """,
            "error: a merge key (<<): write the keys out, or put them in the"
                + " cluster's defaults"),
        new Case(
            "a key twice",
            """
            version: 1
            clusters:
              a:
                engine: postgresql
                fencing: {accept: [power, stopped]}
                ¦fencing: {accept: [stopped]}
                nodes: {n1: {host: h1}, n2: {host: h2}, n3: {host: h3}}
            """,
            "error: a key that stands already on line 5"),
        new Case(
            "a directive", "¦%YAML 1.1\n---\nversion: 1\n", "error: YAML directives (%) are not"),
        new Case("two documents", "version: 1\n¦---\nversion: 1\n", "error: a second document"),
        new Case("a list as a key", "¦[a]: 1\n", "error: a key must be plain text"),
        new Case(
            "an alias of nothing",
            "version: ¦*one\n",
            "error: an alias (*) of nothing that stands above; text that starts with *"
                + " needs quotes"),
        new Case(
            "an alias of what holds it",
            "version: &v [¦*v]\n",
            "error: an alias (*) of nothing that stands above"),
        new Case(
            "a tab in front",
            "version: 1\nclusters:\n¦\ta: 1\n",
            "error: not valid YAML: a tab; indent with spaces"),
        new Case(
            "a colon too many",
            "version: 1\nclusters: a¦: b\n",
            "error: not valid YAML: a \":\" where no key can stand"),
        new Case(
            "a line too far left",
            "version: 1\nclusters:\n    a: 1\n  ¦b: 2\n",
            "error: not valid YAML: indented unlike the lines above"),
        new Case(
            "a flow map that does not end",
            "version: {a: 1\n¦",
            "error: not valid YAML: expected \",\" or the end of what { or [ began"),
        new Case(
            "a quote that does not end",
            "version: \"abc\n¦",
            "error: not valid YAML: a quote that does not end"),
        new Case(
            "an escape on which the parser itself stumbles",
            "version: \"\\U¦FFFFFFFF\"\n",
            "error: not valid YAML here, or just before"),
        new Case(
            "text that starts like no text",
            "version: ¦@x\n",
            "error: not valid YAML: text that starts with this character needs quotes"),
        new Case(
            "RTL override, even in a comment",
            "version: 1 # ¦\u202etxt\n",
            "error: the character U+202E can't stand here"),
        new Case("NUL", "version: ¦\0 1\n", "error: the character U+0000 can't stand here"),
        new Case(
            "a line separator",
            "version: 1 #¦\u2028clusters:\n",
            "error: the character U+2028 can't stand here"),
        new Case(
            "a byte order mark",
            "¦\ufeffversion: 1\n",
            "error: a byte order mark: save it as UTF-8 without one"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWhereItStands(Case refused) {
    int mark = refused.marked().indexOf('¦');
    String before = refused.marked().substring(0, mark);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = mark - before.lastIndexOf('\n');

    Reading reading = Marked.text(refused.marked()).read();

    assertThat(reading.inventory()).isEmpty();
    assertThat(reading.problems())
        .extracting(Problem::toString)
        .anyMatch(
            text ->
                text.startsWith(
                    Marked.FILE + ":" + line + ":" + column + ": " + refused.problem()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE"})
  void utf16IsNamed(String charset) {
    Reading reading = read("version: 1\n".getBytes(Charset.forName(charset)));

    assertThat(reading.problems())
        .extracting(Problem::toString)
        .containsExactly(Marked.FILE + ":1:1: error: it is UTF-16: save it as UTF-8");
  }

  @Test
  void theByteThatIsNoUtf8IsFound() {
    byte[] bytes = "version: 1\nname: M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(read(bytes).problems())
        .extracting(Problem::toString)
        .containsExactly(Marked.FILE + ":2:8: error: not UTF-8 from here on");
  }

  @Test
  void anEmptyFileIsNamed() {
    assertThat(read(new byte[0]).problems())
        .extracting(Problem::toString)
        .containsExactly(Marked.FILE + ": error: the file is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void tenThousandLevelsAreRefused(String level) {
    String text = "version: 1\nclusters:\n  " + level.repeat(10_000);

    Reading reading = read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(reading.problems())
        .extracting(Problem::message)
        .anyMatch(message -> message.equals("nested deeper than 20 levels"));
  }

  @Test
  void anAliasBombIsDefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }

    Reading reading = read(bomb.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(reading.problems())
        .extracting(Problem::message)
        .containsExactly("too many aliases: at most 100, repeating at most 10000 values");
  }

  @Test
  void aFewAliasesAreFine() {
    Reading reading =
        Marked.text(
                """
                version: 1
                clusters:
                  a:
                    engine: postgresql
                    nodes:
                      n1: {host: n1.example.net, ssh: &login {user: dba, port: 2222}}
                      n2: {host: n2.example.net, ssh: *login}
                      n3: {host: n3.example.net, ssh: *login}
                """)
            .read();

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.inventory().orElseThrow().clusters().get(0).nodes())
        .allMatch(node -> node.ssh().port().equals(Optional.of(2222)));
  }

  @Test
  void aFileOfNonsenseIsNotToldWhole() {
    StringBuilder lines = new StringBuilder("version: 1\n");
    for (int i = 0; i < 1000; i++) {
      lines.append("x").append(i).append(": y\n");
    }

    Reading reading = read(lines.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(reading.problems()).hasSize(Problems.MOST + 1);
    // 1000 unknown keys, and no clusters.
    assertThat(reading.problems().get(Problems.MOST).message())
        .isEqualTo("801 more errors are not shown");
  }

  private static Reading read(byte[] bytes) {
    return new InventoryReader(Marked.HOME).read(Marked.FILE, bytes);
  }
}

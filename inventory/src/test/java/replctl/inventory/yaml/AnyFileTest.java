package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a file holds: the reader answers, with an inventory or with a reason and its place. */
class AnyFileTest {
  private static final List<String> EXAMPLES =
      List.of("shop", "minimal", "local-demo", "two-nodes-and-witness", "mysql");

  /** What an editor, a template or an attacker puts where it does not belong. */
  private static final List<String> SPLINTERS =
      List.of(
          "\t",
          "\n",
          "\r\n",
          "\0",
          "\ufeff",
          "\u202e",
          ":",
          ": ",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "#",
          "'",
          "\"",
          "\\",
          "|",
          ">",
          "*a",
          "&a ",
          "!x ",
          "!!int ",
          "<<: ",
          "? ",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "\"\\ud800\"",
          "\"\\UFFFFFFFF\"",
          "~",
          "null",
          "08",
          "1e3",
          "99999999999",
          "\ud83d\ude00",
          "\udc00");

  @Property
  void anyBytesAreAnswered(@ForAll byte[] bytes) {
    answered(bytes);
  }

  @Property
  void anyTextIsAnswered(@ForAll String text) {
    answered(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void anyPunctuationIsAnswered(@ForAll("punctuation") String text) {
    answered(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1500)
  void aDamagedInventoryIsAnswered(
      @ForAll("examples") String text,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 4) int wounds) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 0; i < wounds; i++) {
      int at = random.nextInt(damaged.length() + 1);
      int end = Math.min(damaged.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> damaged.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
        case 1 -> damaged.delete(at, end);
        case 2 -> damaged.insert(at, damaged.substring(at, end));
        default -> damaged.setLength(Math.max(1, at));
      }
    }
    answered(damaged.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void aFlippedByteIsAnswered(
      @ForAll("examples") String text, @ForAll Random random, @ForAll byte value) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] = value;
    answered(bytes);
  }

  @Provide
  Arbitrary<String> punctuation() {
    return Arbitraries.of(SPLINTERS)
        .list()
        .ofMaxSize(30)
        .map(splinters -> "version: 1\n" + String.join("", splinters));
  }

  @Provide
  Arbitrary<String> examples() {
    return Arbitraries.of(EXAMPLES).map(AnyFileTest::example);
  }

  private static String example(String name) {
    try {
      return Files.readString(Path.of("examples", name + ".yaml"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static void answered(byte[] bytes) {
    Reading reading = new InventoryReader(Marked.HOME).read(Marked.FILE, bytes);

    assertThat(reading.inventory().isPresent()).isEqualTo(reading.errors().isEmpty());
    for (Problem problem : reading.problems()) {
      assertThat(problem.line() == 0).isEqualTo(problem.column() == 0);
      // One line of plain text, whatever the file holds.
      assertThat(problem.toString()).matches("[ -~]+");
    }
    // What was read can be shown.
    reading.inventory().ifPresent(inventory -> assertThat(InventoryShow.of(inventory)).isNotNull());
  }
}

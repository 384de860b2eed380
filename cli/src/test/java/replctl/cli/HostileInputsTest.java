package replctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The hostile inputs that replctl is held against (hostile-inputs.txt): each has its tests, and
 * they are still there.
 */
class HostileInputsTest {
  private static final Path ROOT = Path.of(System.getProperty("replctl.root")).normalize();
  private static final int ALL = 70;

  /** What these are put into is not there, so nothing of them can be tried. */
  private static final List<Integer> NOT_BUILT = List.of();

  private static final Pattern NUMBER = Pattern.compile("^([0-9]+) \\S.*$");
  private static final Pattern NAMED =
      Pattern.compile("^ {2}([A-Za-z0-9]+)#([A-Za-z0-9]+)(?: : (.+))?$");
  private static final Pattern TEST =
      Pattern.compile("(?m)^  @(Test|ParameterizedTest|Property)\\b");
  private static final Pattern MISSING = Pattern.compile("^ {2}not built: \\S.*$");

  /**
   * A test that is named.
   *
   * @param input which text must stand in its file; may be empty
   */
  private record Named(String type, String method, String input) {}

  private static Map<Integer, List<Named>> table() throws IOException {
    Map<Integer, List<Named>> table = new TreeMap<>();
    int number = 0;
    for (String line : lines()) {
      Matcher begins = NUMBER.matcher(line);
      Matcher names = NAMED.matcher(line);
      if (begins.matches()) {
        number = Integer.parseInt(begins.group(1));
        assertThat(table.put(number, new ArrayList<>())).as(line).isNull();
      } else if (names.matches()) {
        String input = names.group(3) == null ? "" : names.group(3);
        table.get(number).add(new Named(names.group(1), names.group(2), input));
      } else {
        assertThat(line).matches(MISSING);
      }
    }
    return table;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = HostileInputsTest.class.getResourceAsStream("hostile-inputs.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  /** The sources of all modules' tests, by the class's name. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    for (String folder :
        List.of("inventory/src/test", "playbooks/src/test", "cli/src/test", "cli/src/it")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          tests.merge(name, Files.readString(file), (a, b) -> a + b);
        }
      }
    }
    return tests;
  }

  @Test
  void eachHasATestOrIsNotBuilt() throws IOException {
    Map<Integer, List<Named>> table = table();

    assertThat(table.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ALL).boxed().toList());
    assertThat(
            table.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList())
        .isEqualTo(NOT_BUILT);
  }

  @Test
  void theTestsAreThere() throws IOException {
    Map<String, String> tests = tests();

    String missing =
        table().values().stream()
            .flatMap(List::stream)
            .filter(named -> !isThere(named, tests.getOrDefault(named.type(), "")))
            .map(Named::toString)
            .collect(Collectors.joining("\n"));

    assertThat(missing).isEmpty();
  }

  /** A method that is run as a test, in a class that nobody has switched off. */
  private static boolean isThere(Named named, String source) {
    int method = source.indexOf("  void " + named.method() + "(");
    if (method < 0 || source.contains("@Disabled") || !source.contains(named.input())) {
      return false;
    }
    String before = source.substring(0, method);
    int ends = Math.max(before.lastIndexOf("\n  }\n"), before.lastIndexOf(";\n\n"));
    return TEST.matcher(before.substring(Math.max(0, ends))).find();
  }
}

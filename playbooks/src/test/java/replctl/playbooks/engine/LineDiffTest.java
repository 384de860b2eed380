package replctl.playbooks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void showsWhatGoesAndWhatComes() {
    assertThat(LineDiff.of("a\nb\nc\n", "a\nx\nc\nd\n")).isEqualTo("- b\n+ x\n+ d");
    assertThat(LineDiff.of("", "a")).isEqualTo("+ a");
    assertThat(LineDiff.of("a\n", "a")).isEmpty();
  }

  /** The lines that are not taken away, with those that are added, are the new text's. */
  @Property
  void countsEveryLine(
      @ForAll @Size(max = 8) List<@CharRange(from = 'a', to = 'c') @StringLength(1) String> before,
      @ForAll @Size(max = 8) List<@CharRange(from = 'a', to = 'c') @StringLength(1) String> after) {
    List<String> left = new ArrayList<>(before);
    String diff = LineDiff.of(String.join("\n", before), String.join("\n", after));
    for (String line : diff.isEmpty() ? new String[0] : diff.split("\n")) {
      String text = line.substring(2);
      if (line.startsWith("- ")) {
        assertThat(left.remove(text)).isTrue();
      } else {
        left.add(text);
      }
    }
    assertThat(left).containsExactlyInAnyOrderElementsOf(after);
    assertThat(diff.isEmpty()).isEqualTo(before.equals(after));
  }
}

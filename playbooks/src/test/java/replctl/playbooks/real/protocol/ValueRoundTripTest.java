package replctl.playbooks.real.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import replctl.playbooks.real.local.LocalShell;

class ValueRoundTripTest {
  private static final Trial TRIAL = Trial.local(LocalShell.self());

  @AfterContainer
  static void close() {
    TRIAL.close();
  }

  @Provide
  static Arbitrary<List<String>> texts() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .filter(text -> text.indexOf('\0') < 0 && text.chars().noneMatch(LOW::contains));
    Arbitrary<String> shell =
        Arbitraries.of(
                "'",
                "\"",
                "\\",
                "$(",
                "`",
                ")",
                "${V[a]}",
                "\n",
                "\r",
                "\t",
                "!",
                "*",
                "~",
                " ",
                "&",
                ";",
                "|",
                "<",
                ">",
                "#",
                "\u0001",
                "\u007f",
                "\u001b",
                "é",
                "€",
                "\uD83D\uDE00",
                "EOF",
                "-n",
                "%s",
                "\\n",
                "]",
                "=")
            .list()
            .ofMaxSize(20)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(any, shell).list().ofMaxSize(40);
  }

  /** Half characters are refused: they are no text in any encoding. */
  private static final class Surrogates {
    boolean contains(int c) {
      return Character.isSurrogate((char) c);
    }
  }

  private static final Surrogates LOW = new Surrogates();

  @Property(tries = 60)
  void everyTextArrivesInBashAsItIs(@ForAll("texts") List<String> texts) {
    Map<String, String> values = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < texts.size(); i++) {
      values.put("v" + i, texts.get(i));
      expected.put("value.v" + i, texts.get(i));
    }
    Map<String, String> facts = TRIAL.probe("echo", values).facts().byName();
    assertThat(facts).containsAllEntriesOf(expected);
  }
}

package replctl.playbooks.real.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program says of itself where a fence agent's metadata is expected. */
class AgentMetadataTest {
  private static final String GOOD =
      """
      <?xml version="1.0" ?>
      <resource-agent name="fence_trial" shortdesc="x">
      <parameters>
      <parameter name="action" unique="0" required="1"><content type="string"/></parameter>
      <parameter name="ip" unique="0" required="1" obsoletes="ipaddr"/>
      </parameters>
      </resource-agent>
      """;

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    readOrRefused(text);
  }

  @Property(tries = 1000)
  void damagedMetadataIsReadOrRefused(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int wounds) {
    StringBuilder damaged = new StringBuilder(GOOD);
    for (int i = 0; i < wounds && damaged.length() > 0; i++) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, end);
        case 1 -> damaged.insert(at, damaged.substring(at, end));
        case 2 -> damaged.setCharAt(at, (char) random.nextInt(0x100));
        default -> damaged.setLength(Math.max(1, at));
      }
    }
    readOrRefused(damaged.toString());
  }

  /** Options that it names, or a refusal in words; nothing else. */
  private static void readOrRefused(String text) {
    try {
      AgentMetadata read = AgentMetadata.read(text);
      assertThat(read.options()).isNotEmpty();
      assertThat(read.objection("fence_trial", Set.of("no such option")).orElse(""))
          .startsWith("fence_trial knows no option");
    } catch (UnusableDevice refused) {
      assertThat(refused.getMessage())
          .isIn("its metadata can't be read", "its metadata names no option");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Success: Powered OFF",
        "<a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><parameter name=\"&x;\"/>",
        "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;&x;\">]><parameter name=\"&z;\"/>",
        "<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> AgentMetadata.read(text)).isInstanceOf(UnusableDevice.class);
  }

  /** As much as is read of a program, and as deep. */
  @Test
  @Timeout(20)
  void oneThatIsDeepIsAnswered() {
    readOrRefused("<a>".repeat(AgentProcess.MOST_PRINTED / 3));
    readOrRefused(
        GOOD.replace("</parameters>", "<x>".repeat(5000) + "</x>".repeat(5000) + "</parameters>"));
  }
}

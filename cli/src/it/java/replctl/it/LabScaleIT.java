package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.site.ScaleLab;
import replctl.it.site.Shell;

/** What {@code lab/scale nodes} tries with two hundred nodes, with a dozen. */
@Tag("lab")
class LabScaleIT {
  /** The script itself looks at who is said to be what, and counts connections. */
  @Test
  void ofTwelveNodesThreeAreSilentAndEachIsDialledOnce() {
    Shell.Ended ended = ScaleLab.nodes(12, 3);

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out())
        .containsPattern("\\| status, [0-9.]+ of the time-out, 12 dials, ")
        .containsPattern("\\| topology, [0-9.]+ of the time-out, 12 dials, ");
  }
}

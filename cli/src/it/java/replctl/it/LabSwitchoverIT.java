package replctl.it;

import java.util.List;
import org.junit.jupiter.api.Tag;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Handing leadership over on real hosts, over SSH. */
@Tag("lab")
class LabSwitchoverIT extends SwitchoverCases {
  @Override
  Site open() {
    return LabSite.open();
  }

  /** In the hand-over, right after it, and when the others shall follow. */
  @Override
  List<Kill> kills(int lines, int handOver) {
    return List.of(
        new Kill(handOver, "abort"),
        new Kill(handOver + 1, "resume"),
        new Kill(lines - 4, "resume"));
  }
}

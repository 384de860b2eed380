package replctl.it;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/**
 * Handing leadership over on real hosts, over SSH, with systemd, hosts that freeze, and a replctl
 * that is killed. What ends in the operator's own process, or in the servers' settings, is the same
 * on this machine, where {@link LocalSwitchoverIT} shows it.
 */
@Tag("lab")
@Tag("long")
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

  @Override
  List<Mode> modes() {
    return List.of(Mode.SEMI_SYNC);
  }

  @Override
  @Test
  void anOperatorThatSleptWhileAnotherTookOverDoesNothingMore() {
    super.anOperatorThatSleptWhileAnotherTookOverDoesNothingMore();
  }

  @Override
  @ParameterizedTest
  @ValueSource(strings = {"INT", "HUP"})
  void aHandOverIsFinishedWithAllThatFollowsWhenItIsInterrupted(String signal) {
    super.aHandOverIsFinishedWithAllThatFollowsWhenItIsInterrupted(signal);
  }
}

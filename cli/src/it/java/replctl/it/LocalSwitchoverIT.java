package replctl.it;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Handing leadership over on this machine. */
class LocalSwitchoverIT extends SwitchoverCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  /**
   * Every other line, and the hand-over's both ways; the simulator tries each step with every way
   * to fail.
   */
  @Override
  List<Kill> kills(int lines, int handOver) {
    return Stream.concat(
            Stream.of(new Kill(handOver, "resume"), new Kill(handOver, "abort")),
            IntStream.iterate(1, line -> line < lines, line -> line + 2)
                .filter(line -> line != handOver)
                .mapToObj(line -> new Kill(line, line % 4 == 1 ? "resume" : "abort")))
        .toList();
  }
}

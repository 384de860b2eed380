package replctl.it;

import java.util.List;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Setting up on this machine. */
class LocalInitIT extends InitCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  @Override
  List<Integer> killedAfter() {
    return List.of(9, 24, 41, 58);
  }
}

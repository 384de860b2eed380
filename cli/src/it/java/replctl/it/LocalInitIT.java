package replctl.it;

import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Setting up on this machine. */
class LocalInitIT extends InitCases {
  @Override
  Site open() {
    return LocalSite.open();
  }
}

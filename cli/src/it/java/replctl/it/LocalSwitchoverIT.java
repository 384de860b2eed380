package replctl.it;

import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Handing leadership over on this machine. */
class LocalSwitchoverIT extends SwitchoverCases {
  @Override
  Site open() {
    return LocalSite.open();
  }
}

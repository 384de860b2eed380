package replctl.it;

import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Servers of this machine, which no unit starts. */
class LocalParameterIT extends ParameterCases {
  @Override
  Site open() {
    return LocalSite.open();
  }
}

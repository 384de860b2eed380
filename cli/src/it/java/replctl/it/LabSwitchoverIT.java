package replctl.it;

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
}

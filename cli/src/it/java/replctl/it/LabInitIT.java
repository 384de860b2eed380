package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Setting up real hosts over SSH. */
@Tag("lab")
class LabInitIT extends InitCases {
  @Override
  Site open() {
    return LabSite.open();
  }
}

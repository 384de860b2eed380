package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/**
 * Servers of real hosts, which systemd starts, behind their start guards; of local ones the same is
 * tried in each build.
 */
@Tag("lab")
@Tag("long")
class LabParameterIT extends ParameterCases {
  @Override
  Site open() {
    return LabSite.open();
  }
}

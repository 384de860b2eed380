package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Servers of real hosts, which systemd starts, behind their start guards. */
@Tag("lab")
@Tag("long")
class LabRestartIT extends RestartCases {
  @Override
  Site open() {
    return LabSite.open();
  }
}

package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.Hosts;
import replctl.it.site.LabSite;

/** Before PostgreSQL. */
@Tag("lab")
class LabShellIT extends ShellCases {
  @Override
  Hosts ready() {
    LabSite site = LabSite.open();
    site.ready("pg1");
    return site;
  }

  @Override
  String cluster() {
    return "shop";
  }
}

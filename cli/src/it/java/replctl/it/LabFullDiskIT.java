package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.Hosts;
import replctl.it.site.LabSite;

/** PostgreSQL, where replctl's files of a node have no room. */
@Tag("long")
class LabFullDiskIT extends FullDiskCases {
  @Override
  Hosts open() {
    LabSite lab = LabSite.open();
    lab.ready("pg1");
    return lab;
  }
}

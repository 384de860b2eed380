package replctl.it;

import replctl.it.site.Hosts;
import replctl.it.site.LabSite;

/** PostgreSQL, where replctl's files of a node have no room. */
class LabFullDiskIT extends FullDiskCases {
  @Override
  Hosts open() {
    LabSite lab = LabSite.open();
    lab.ready("pg1");
    return lab;
  }
}

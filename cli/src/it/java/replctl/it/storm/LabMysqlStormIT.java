package replctl.it.storm;

import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/** MySQL in a short storm. */
class LabMysqlStormIT extends StormCases {
  @Override
  Field open() {
    return new MysqlField(MysqlHosts.ready(), Site.SEMI_SYNC);
  }
}

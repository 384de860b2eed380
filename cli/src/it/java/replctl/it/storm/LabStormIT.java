package replctl.it.storm;

import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** PostgreSQL in a short storm. */
class LabStormIT extends StormCases {
  @Override
  Field open() {
    return new PostgresqlField(LabSite.open(), Site.SEMI_SYNC);
  }
}

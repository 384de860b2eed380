package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.Hosts;
import replctl.it.site.MysqlHosts;

/** Two MySQL servers: what is left of three when one has been removed. */
@Tag("lab")
@Tag("long")
class LabMysqlTwoNodesIT extends TwoNodesCases {
  @Override
  Hosts open() {
    MysqlHosts two = MysqlHosts.ready();
    two.replctl().run("remove", "my3", "--yes").exits(0);
    two.only("my1", "my2");
    return two;
  }
}

package replctl.it;

import org.junit.jupiter.api.Tag;
import replctl.it.site.Hosts;
import replctl.it.site.MysqlHosts;

/** Before MySQL. */
@Tag("lab")
@Tag("long")
class LabMysqlShellIT extends ShellCases {
  @Override
  Hosts ready() {
    return MysqlHosts.ready();
  }

  @Override
  String cluster() {
    return "blog";
  }
}

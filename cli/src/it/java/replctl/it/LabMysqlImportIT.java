package replctl.it;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.MysqlHosts;

/** MySQL on real hosts. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlImportIT extends ImportCases {
  private MysqlHosts hosts;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @Override
  Replctl replctl() {
    return hosts.replctl();
  }

  @Override
  String cluster() {
    return "blog";
  }

  @Override
  List<String> nodes() {
    return hosts.nodes();
  }

  @Override
  String leader() {
    return hosts.leaders().get(0);
  }

  @Override
  Path operator() {
    return hosts.operator();
  }

  @Override
  String fingerprint(String node) {
    return hosts.fingerprint(node);
  }
}

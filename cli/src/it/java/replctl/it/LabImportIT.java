package replctl.it;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.LabSite;

/** PostgreSQL on real hosts. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabImportIT extends ImportCases {
  private LabSite site;

  @BeforeAll
  void begin() {
    site = LabSite.open();
    site.ready();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @Override
  Replctl replctl() {
    return site.replctl();
  }

  @Override
  String cluster() {
    return "shop";
  }

  @Override
  List<String> nodes() {
    return site.nodes();
  }

  @Override
  String leader() {
    return site.leaders().get(0);
  }

  @Override
  Path operator() {
    return site.secrets().getParent();
  }

  @Override
  String fingerprint(String node) {
    return site.fingerprint(node);
  }
}

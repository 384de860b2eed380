package replctl.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import replctl.it.site.LabSite;
import replctl.it.site.Site;

/** Of real hosts; of local ones the same is tried in each build. */
@Tag("lab")
@Tag("long")
class LabRotateIT extends RotateCases {
  @Override
  Site open() {
    return LabSite.open();
  }

  @Override
  Path secrets() {
    return ((LabSite) site).secrets().resolve("shop");
  }

  @Override
  String state(String node) {
    return ((LabSite) site).state(node);
  }
}

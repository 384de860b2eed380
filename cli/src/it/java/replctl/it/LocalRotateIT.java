package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Of servers of this machine. */
class LocalRotateIT extends RotateCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  @Override
  Path secrets() {
    return ((LocalSite) site).folder().resolve("replctl-secrets/shop");
  }

  @Override
  String state(String node) {
    return ((LocalSite) site).folder().resolve(node + "/state").toString();
  }

  @Test
  void aNodeThatIsDownIsNotForgottenUnlessThatIsTyped() {
    LocalSite local = (LocalSite) site;
    local.pgCtl("pg3", "stop", "-m", "fast", "-w");
    assertThat(site.replctl().run("rotate", "password", "--yes").exits(69).err())
        .contains("pg3 is stopped", "--without pg3", "Nothing was changed.");
    assertThat(site.replctl().run("rotate", "certificate", "--yes").exits(69).err())
        .contains("replctl rotate certificate pg1 pg2");
    site.replctl().run("rotate", "password", "--without", "pg3", "--yes").exits(0);
    site.replctl().run("start", "pg3", "--yes").exits(0);
    site.awaitFollowers("pg1");
  }
}

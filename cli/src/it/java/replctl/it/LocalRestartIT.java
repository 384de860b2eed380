package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Servers of this machine, which no unit starts. */
class LocalRestartIT extends RestartCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  @Test
  void aLeaderThatIsDownIsNotStartedAsAFollower() {
    ((LocalSite) site).pgCtl(leader, "stop", "-m", "fast", "-w");
    assertThat(site.replctl().run("start", leader, "--yes").exits(10).err())
        .contains("has " + leader + " as the leader", "replctl open " + leader);
    site.replctl().run("open", "--yes").exits(0);
    site.awaitFollowers(leader);
  }
}

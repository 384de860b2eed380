package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.Layout;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.setup.SetupScene;

class HostLayoutTest {
  private static HostLayout of(SetupScene scene, Optional<Integer> major) {
    Site site = scene.site();
    NodeName pg1 = new NodeName("pg1");
    return HostLayout.of(site.declared(pg1), site.facts(pg1), major);
  }

  @Test
  void liesWhereDebiansToolsPutIt() {
    assertThat(of(SetupScene.bare(), Optional.empty()))
        .isEqualTo(
            new HostLayout(
                17,
                "/var/lib/postgresql/17/main",
                "/etc/postgresql/17/main",
                "/usr/lib/postgresql/17/bin",
                "postgresql@17-main",
                "17/main",
                5432,
                "/var/run/postgresql",
                "/var/lib/postgresql/.replctl/shop/pg1"));
  }

  @Test
  void takesTheLeadersVersionWhereSeveralAreInstalled() {
    SetupScene scene =
        SetupScene.bare()
            .fact("pg1", "installed.count", "2")
            .fact("pg1", "installed.2.major", "15")
            .fact("pg1", "installed.2.bin_directory", "/usr/lib/postgresql/15/bin");
    HostLayout layout = of(scene, Optional.of(15));
    assertThat(layout.bin()).isEqualTo("/usr/lib/postgresql/15/bin");
    assertThat(layout.data()).isEqualTo("/var/lib/postgresql/15/main");
    assertThat(layout.service()).isEqualTo("postgresql@15-main");
  }

  @Test
  void liesWhereItWasFound() {
    SetupScene scene =
        SetupScene.bare()
            .runs("pg1", true)
            .fact("pg1", "data_directory", "/srv/pg")
            .fact("pg1", "config_directory", "/srv/pg")
            .fact("pg1", "service", "pg-shop");
    HostLayout layout = of(scene, Optional.empty());
    assertThat(layout.data()).isEqualTo("/srv/pg");
    assertThat(layout.config()).isEqualTo("/srv/pg");
    assertThat(layout.service()).isEqualTo("pg-shop");
    assertThat(layout.debian()).isEmpty();
  }

  @Test
  void isPlainOnThisMachine() {
    SetupScene scene = SetupScene.bare();
    Node node = scene.declared("pg1");
    scene.declare(
        new Node(
            node.name(),
            node.host(),
            node.region(),
            node.leader(),
            node.priority(),
            node.mayLead(),
            node.cascadeFrom(),
            node.delay(),
            Node.Connection.LOCAL,
            node.ssh(),
            node.database(),
            new Layout(
                Optional.empty(),
                Optional.of("/tmp/demo/one"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            node.fence()));
    scene.fact("pg1", "sockets", "no");
    HostLayout layout = of(scene, Optional.empty());
    assertThat(layout.debian()).isEmpty();
    assertThat(layout.service()).isEmpty();
    assertThat(layout.data()).isEqualTo("/tmp/demo/one");
    assertThat(layout.config()).isEqualTo("/tmp/demo/one");
    assertThat(layout.socket()).isEqualTo("/tmp");
  }
}

package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Database;
import replctl.inventory.EngineKind;
import replctl.inventory.FenceDevice;
import replctl.inventory.Inventory;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.secret.SecretSource;

class ExamplesTest {
  private static final Path FOLDER = Path.of("examples").toAbsolutePath();
  private static final Path HOME = Path.of("/home/dba");

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleReads(Path example) throws IOException {
    Reading reading = new InventoryReader(HOME).read(example, Files.readAllBytes(example));

    assertThat(reading.errors()).isEmpty();
    assertThat(reading.inventory()).isPresent();
  }

  @Test
  void theShopReadsAsItIsMeant() throws IOException {
    Path file = FOLDER.resolve("shop.yaml");
    Reading reading = new InventoryReader(HOME).read(file, Files.readAllBytes(file));

    assertThat(reading.problems()).isEmpty();
    Inventory inventory = reading.inventory().orElseThrow();
    assertThat(inventory.file()).isEqualTo(file);
    Cluster shop = inventory.cluster(new ClusterName("shop")).orElseThrow();
    assertThat(shop.engine()).isEqualTo(EngineKind.POSTGRESQL);
    assertThat(shop.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(shop.nodes())
        .extracting(node -> node.name().value())
        .containsExactly("pg1", "pg2", "pg3", "pg4");
    Node pg1 = shop.declaredLeader().orElseThrow();
    assertThat(pg1.name()).isEqualTo(new NodeName("pg1"));
    assertThat(pg1.ssh().user()).contains("dba");
    assertThat(pg1.ssh().identity()).contains(HOME.resolve(".ssh/id_ed25519"));
    assertThat(pg1.ssh().jump()).containsExactly("ops@bastion.example.net");
    assertThat(pg1.database().port()).isEqualTo(5432);
    assertThat(pg1.database().access()).isEqualTo(Database.Access.TUNNEL);
    assertThat(pg1.database().password())
        .contains(new SecretSource.FromFile(FOLDER.resolve("secrets/shop")));
    FenceDevice.Agent agent = (FenceDevice.Agent) pg1.fence().get(0).devices().get(0);
    assertThat(agent.agent()).isEqualTo("fence_ipmilan");
    assertThat(agent.options()).containsEntry("ip", "10.9.0.1").containsEntry("username", "admin");
    assertThat(agent.secrets())
        .containsEntry("password", new SecretSource.FromCommand(List.of("pass", "bmc/pg1")));
    Node pg4 = shop.node(new NodeName("pg4")).orElseThrow();
    assertThat(pg4.mayLead()).isFalse();
    assertThat(pg4.cascadeFrom()).contains(new NodeName("pg2"));
    assertThat(pg4.priority()).isEqualTo(50);
  }
}

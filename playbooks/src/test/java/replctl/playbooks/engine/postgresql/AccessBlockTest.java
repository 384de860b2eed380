package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Database;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.setup.SetupScene;

class AccessBlockTest {
  private static final NodeName PG1 = new NodeName("pg1");

  @Test
  void letsTheNodesInAndNobodyElse() {
    assertThat(AccessBlock.text(SetupScene.bare().goal("pg1"), PG1))
        .isEqualTo(
            """
            # Written by replctl init: its own roles, from the nodes, with TLS and a password.
            hostssl replication,postgres replctl_replication 10.0.0.2/32 scram-sha-256
            hostssl postgres replctl_rewind,replctl 10.0.0.2/32 scram-sha-256
            hostssl replication,postgres replctl_replication 10.0.0.3/32 scram-sha-256
            hostssl postgres replctl_rewind,replctl 10.0.0.3/32 scram-sha-256
            hostssl replication,postgres replctl_replication 127.0.0.1/32 scram-sha-256
            hostssl postgres replctl_rewind,replctl 127.0.0.1/32 scram-sha-256
            host postgres replctl 127.0.0.1/32 scram-sha-256
            host postgres replctl ::1/128 scram-sha-256
            host replication,all replctl_replication,replctl_rewind,replctl all reject""");
  }

  @Test
  void takesANamesAddressesFromTheNodeThatMustKnowThem() {
    SetupScene scene = SetupScene.bare();
    scene.declare(with(scene.declared("pg2"), "pg2.example.net", Database.Access.TUNNEL));

    assertThat(AccessBlock.unknown(scene.goal("pg1"), PG1)).containsExactly(new NodeName("pg2"));
    scene.fact("pg1", "address.pg2", "fd00::2 10.9.0.2 not-an-address 10.9.0.2");
    assertThat(AccessBlock.unknown(scene.goal("pg1"), PG1)).isEmpty();
    assertThat(AccessBlock.text(scene.goal("pg1"), PG1))
        .contains("replctl_replication 10.9.0.2/32 ", "replctl_replication fd00::2/128 ")
        .doesNotContain("not-an-address", "pg2.example.net");
  }

  @Test
  void opensItselfToTheOperatorOnlyWhereReadsGoDirectly() {
    SetupScene scene = SetupScene.bare();
    scene.declare(with(scene.declared("pg1"), "10.0.0.1", Database.Access.DIRECT));
    assertThat(AccessBlock.text(scene.goal("pg1"), PG1))
        .contains("\nhostssl postgres replctl all scram-sha-256\n");
  }

  @ParameterizedTest
  @CsvSource({"replctl, replctl", "all, \"all\"", "my-role, \"my-role\"", "a\"b, \"a\"\"b\""})
  void quotesWhatWouldMeanSomethingElse(String role, String written) {
    assertThat(AccessBlock.quoted(role)).isEqualTo(written);
  }

  private static Node with(Node node, String host, Database.Access access) {
    return new Node(
        node.name(),
        host,
        node.region(),
        node.leader(),
        node.priority(),
        node.mayLead(),
        node.cascadeFrom(),
        node.delay(),
        node.connection(),
        node.ssh(),
        new Database(
            node.database().port(),
            access,
            node.database().user(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        node.layout(),
        node.fence());
  }
}

package replctl.playbooks.verb.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Ssh;
import replctl.inventory.Witness;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Ways;
import replctl.playbooks.world.Passage;

/** Whether the way to the hosts goes with one of them. */
class WayChecksTest {
  private static Ssh through(String jumps) {
    return new Ssh(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        jumps == null || jumps.isEmpty() ? List.of() : List.of(jumps.split(" ")),
        Ssh.Transport.SSHJ,
        Ssh.DEFAULTS.connectTimeout());
  }

  /** pg1, pg2, ... at pg1.example.net, ...; each reached as it is said. */
  private static Cluster reached(String... jumps) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < jumps.length; i++) {
      Node plain = Recorded.cluster(jumps.length).nodes().get(i);
      nodes.add(
          new Node(
              plain.name(),
              plain.name() + ".example.net",
              plain.region(),
              plain.leader(),
              plain.priority(),
              true,
              plain.cascadeFrom(),
              plain.delay(),
              Node.Connection.SSH,
              through(jumps[i]),
              plain.database(),
              plain.layout(),
              plain.fence()));
    }
    return Recorded.cluster(jumps.length).with(nodes);
  }

  @ParameterizedTest
  @CsvSource({
    "pg1.example.net,              true",
    "ops@pg1.example.net:2222,     true",
    "bastion ops@pg1,              true",
    "bastion,                      false",
    "pg1.example.org,              false",
    "'',                           false",
  })
  void aMemberThatAnotherIsReachedThrough(String jumps, boolean named) {
    Cluster cluster = reached("", jumps, "");
    Node pg2 = cluster.node(new NodeName("pg2")).orElseThrow();

    List<Finding> found = WayChecks.of(cluster, pg2, Ways.UNKNOWN);

    assertThat(found)
        .extracting(Finding::code)
        .isEqualTo(named ? List.of("jump-member") : List.of());
    assertThat(found).allMatch(f -> f.text().startsWith("its host is reached through pg1's: "));
  }

  @ParameterizedTest
  @CsvSource({
    "ops@bastion, bastion:22, a bastion, bastion",
    "'[fd00::1]:22', 'x@[fd00::1]', '[fd00::1]', fd00::1",
    "bastion, bastion, '', ''",
    "bastion, other, bastion, ''",
    "'', '', '', ''",
  })
  void oneHostThatAllAreReachedThrough(String one, String two, String three, String named) {
    List<Finding> found = WayChecks.of(reached(one, two, three), Ways.UNKNOWN);

    assertThat(found)
        .extracting(Finding::code)
        .isEqualTo(named.isEmpty() ? List.of() : List.of("jump-single"));
    assertThat(found).allMatch(f -> f.text().contains("are reached through " + named + ":"));
  }

  /** The inventory names no jump; ~/.ssh/config does, by another name than the inventory's. */
  @Test
  void whatTheOperatorsOwnSettingsPassThroughCounts() {
    Cluster cluster = reached("", "", "");
    Passage gate = new Passage("gate", "10.0.0.9");
    Passage pg1 = new Passage("pg1.example.net", "10.0.0.1");
    Ways ways =
        new Ways(
            Map.of(
                new NodeName("pg1"),
                List.of(gate, pg1),
                new NodeName("pg2"),
                List.of(gate, new Passage("first", "10.0.0.1"), new Passage("pg2", "10.0.0.2")),
                new NodeName("pg3"),
                List.of(new Passage("other", "10.0.0.9"), new Passage("pg3", "10.0.0.3"))));

    List<Finding> found = WayChecks.of(cluster, cluster.nodes().get(1), ways);
    assertThat(found).extracting(Finding::code).containsExactly("jump-member");
    assertThat(found.get(0).text()).startsWith("its host is reached through pg1's: ");
    assertThat(found.get(0).cure()).startsWith("ProxyJump in ~/.ssh/config: ");
    assertThat(WayChecks.of(cluster, cluster.nodes().get(2), ways)).isEmpty();
    List<Finding> all = WayChecks.of(cluster, ways);
    assertThat(all).extracting(Finding::code).containsExactly("jump-single");
    assertThat(all.get(0).text()).contains("are reached through gate (10.0.0.9):");
  }

  @Test
  void aWitnessThatIsReachedAnotherWayIsLeft() {
    Cluster plain = reached("bastion", "bastion");
    Cluster cluster =
        new Cluster(
            plain.name(),
            plain.engine(),
            plain.replication(),
            plain.fencing(),
            plain.limits(),
            plain.nodes(),
            List.of(
                new Witness(new NodeName("here"), "localhost", Node.Connection.SSH, Ssh.DEFAULTS)));

    assertThat(WayChecks.of(plain, Ways.UNKNOWN)).hasSize(1);
    assertThat(WayChecks.of(cluster, Ways.UNKNOWN)).isEmpty();
  }
}

package replctl.playbooks.verb.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Cluster;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.engine.postgresql.Recorded;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/** What shows only when a host is lost. */
class DiagnosisTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final String[] FILES = {"leader", "follower", "follower3"};

  private static Snapshot seen(int nodes) {
    return Recorded.look(Arrays.copyOf(FILES, nodes));
  }

  private static List<String> codes(List<Finding> found) {
    return found.stream().map(Finding::code).toList();
  }

  @Test
  void aNodeWithoutADeviceCanNotBeProvenClosed() {
    Diagnosis found = Diagnosis.of(Recorded.cluster(3), seen(3), new PostgresqlEngine());

    assertThat(found.nodes().get(PG1))
        .filteredOn(f -> f.code().equals("fence-none"))
        .singleElement()
        .satisfies(f -> assertThat(f.cure()).contains("--confirm-fenced pg1"));
  }

  @ParameterizedTest
  @CsvSource({"STOPPED, true", "POWER, true", "COMMIT, false", "ROUTE, false"})
  void unlessAnotherProofIsAccepted(Fencing.Strength accepted, boolean said) {
    Cluster plain = Recorded.cluster(3);
    Cluster cluster =
        new Cluster(
            plain.name(),
            plain.engine(),
            plain.replication(),
            new Fencing(Set.of(accepted)),
            plain.limits(),
            plain.nodes(),
            plain.witnesses());
    Diagnosis found = Diagnosis.of(cluster, seen(3), new PostgresqlEngine());

    assertThat(codes(found.nodes().get(PG1)).contains("fence-none")).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "2, voters-few", "3, ''"})
  void aMajorityIsToBeLeftWhenAHostIsLost(int nodes, String code) {
    Diagnosis found = Diagnosis.of(Recorded.cluster(nodes), seen(nodes), new PostgresqlEngine());

    assertThat(codes(found.cluster()).stream().filter(c -> c.startsWith("voters")).toList())
        .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
  }

  @Test
  void somebodyIsToBeAbleToLead() {
    Facts held = Recorded.facts("follower", "replay.paused", "yes", "receiver.status", "");
    Diagnosis good = Diagnosis.of(Recorded.cluster(2), seen(2), new PostgresqlEngine());
    Diagnosis none =
        Diagnosis.of(
            Recorded.cluster(2),
            Recorded.read(Recorded.facts("leader"), held),
            new PostgresqlEngine());

    assertThat(codes(good.cluster())).doesNotContain("no-candidate");
    assertThat(codes(none.cluster())).contains("no-candidate");
  }

  @Test
  void theWorstComesFirstAndAllOfAStatusIsThere() {
    Diagnosis found =
        Diagnosis.of(
            Recorded.cluster(2),
            Recorded.read(
                Recorded.facts("leader", "setting.fsync", "off"),
                Recorded.facts("follower", "setting.max_connections", "1")),
            new PostgresqlEngine());

    assertThat(codes(found.nodes().get(PG1))).contains("fsync-off");
    for (List<Finding> one : found.nodes().values()) {
      List<Level> levels = one.stream().map(Finding::level).toList();
      List<Level> sorted = new ArrayList<>(levels);
      sorted.sort(java.util.Comparator.reverseOrder());
      assertThat(levels).isEqualTo(sorted);
    }
    assertThat(found.worst()).contains(Level.CRITICAL);
    assertThat(found.count(Level.CRITICAL)).isPositive();
  }
}

package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.playbooks.engine.Survey;
import replctl.playbooks.engine.postgresql.PostgresqlSurvey;
import replctl.playbooks.engine.postgresql.Recorded;

/**
 * Where replctl's files lie, of hosts too that do not say so: a promise in another folder would be
 * one that nobody sees.
 */
class StateDirectoryTest {
  private static List<Optional<String>> folders(Survey survey, Cluster cluster) {
    return survey.settled(cluster).nodes().stream().map(n -> n.layout().stateDirectory()).toList();
  }

  @Test
  void ofMysqlInAFolderThatRootHasMade() {
    assertThat(folders(new MysqlSurvey(), RecordedMysql.cluster(2)))
        .containsExactly(
            Optional.of("/var/lib/replctl/blog/my1"), Optional.of("/var/lib/replctl/blog/my2"));
  }

  @Test
  void orWhereItIsDeclared() {
    Cluster cluster = RecordedMysql.cluster(2);
    Node first = cluster.nodes().get(0);
    Cluster declared =
        cluster.with(List.of(first.with(first.layout().keeping("/srv/r")), cluster.nodes().get(1)));

    assertThat(folders(new MysqlSurvey(), declared))
        .containsExactly(Optional.of("/srv/r"), Optional.of("/var/lib/replctl/blog/my2"));
  }

  @Test
  void ofPostgresqlInItsUsersHome() {
    assertThat(folders(new PostgresqlSurvey(), Recorded.cluster(2))).containsOnly(Optional.empty());
  }
}

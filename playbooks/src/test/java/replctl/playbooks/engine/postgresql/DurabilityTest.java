package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.setup.SetupScene;

class DurabilityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ASYNC; 1; pg1; ''; on",
        "SEMI_SYNC; 1; pg1; ANY 1 (\"pg2\", \"pg3\"); on",
        "SEMI_SYNC; 2; pg2; ANY 2 (\"pg1\", \"pg3\"); on",
        "SEMI_SYNC; 9; pg1; ANY 2 (\"pg2\", \"pg3\"); on",
        "SYNC; 1; pg3; FIRST 2 (\"pg1\", \"pg2\"); remote_apply",
      })
  void speaksPostgresql(
      Replication.Mode mode, int acks, String leading, String names, String commit) {
    Durability durability =
        Durability.of(
            SetupScene.bare().replication(mode, acks, Replication.OnLostSync.BLOCK).goal("pg1"),
            new NodeName(leading));
    assertThat(durability.names()).isEqualTo(names);
    assertThat(durability.commit()).isEqualTo(commit);
  }
}

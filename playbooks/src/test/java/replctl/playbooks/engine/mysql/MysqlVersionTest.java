package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called how in which version: the manual's lists of what was added and renamed. */
class MysqlVersionTest {
  private static MysqlVersion version(String text) {
    return MysqlVersion.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.23,   slave,   semisync_master.so, semisync_slave.so,   rpl_semi_sync_master, rpl_semi_sync_slave",
    "8.0.25,   slave,   semisync_master.so, semisync_slave.so,   rpl_semi_sync_master, rpl_semi_sync_slave",
    "8.0.26,   replica, semisync_source.so, semisync_replica.so, rpl_semi_sync_source, rpl_semi_sync_replica",
    "8.0.43,   replica, semisync_source.so, semisync_replica.so, rpl_semi_sync_source, rpl_semi_sync_replica",
    "8.4.0,    replica, semisync_source.so, semisync_replica.so, rpl_semi_sync_source, rpl_semi_sync_replica",
    "9.7.4-2,  replica, semisync_source.so, semisync_replica.so, rpl_semi_sync_source, rpl_semi_sync_replica"
  })
  void names(
      String text,
      String replica,
      String sourceFile,
      String replicaFile,
      String source,
      String replicaPlugin) {
    MysqlVersion version = version(text);

    assertThat(version.replica()).isEqualTo(replica);
    assertThat(version.semiSyncSource()).isEqualTo(sourceFile);
    assertThat(version.semiSyncReplica()).isEqualTo(replicaFile);
    assertThat(version.semiSyncSourcePlugin()).isEqualTo(source);
    assertThat(version.semiSyncReplicaPlugin()).isEqualTo(replicaPlugin);
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.36, 8.0.36, true",
    "8.0.36, 8.0.37, false",
    "8.0.37, 8.0.36, false",
    "8.0.37, 8.0.43, true",
    "8.4.0,  8.4.6,  true",
    "8.4.6,  8.0.43, false",
    "9.7.4,  9.7.0,  true",
    "9.7.4,  9.6.0,  false"
  })
  void whoCanBeACopyOfWhom(String recipient, String donor, boolean can) {
    assertThat(version(recipient).clones(version(donor))).isEqualTo(can);
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.22, true",
    "5.7.44, true",
    "8.0.23, false",
    "8.4.0,  false",
    "9.7.4,  false",
    "10.0.0, false"
  })
  void olderThanReplctlWorksWith(String text, boolean older) {
    assertThat(version(text).compareTo(MysqlVersion.OLDEST) < 0).isEqualTo(older);
  }

  @Test
  void whatIsNoVersionIsNone() {
    assertThat(MysqlVersion.parse("unknown")).isEmpty();
    assertThat(MysqlVersion.parse("9.7")).isEmpty();
    assertThat(version("9.7.4")).hasToString("9.7.4");
  }
}

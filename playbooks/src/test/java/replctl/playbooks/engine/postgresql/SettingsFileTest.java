package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.setup.SetupScene;

class SettingsFileTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");

  private static String text(SetupScene scene, NodeName node) {
    SetupGoal goal = scene.goal("pg1");
    return SettingsFile.text(goal, node, new Scripts(goal.site(), PG1).layout(node));
  }

  private static String names(SetupScene scene, NodeName node) {
    return SettingsFile.values(text(scene, node)).keySet().stream()
        .collect(Collectors.joining(" "));
  }

  @Test
  void givesANewLeaderEverything() {
    assertThat(text(SetupScene.bare(), PG1))
        .isEqualTo(
            """
            # Parameters of node pg1 of cluster shop, written by replctl init.
            # Yours belong into other files; where they and this file differ, init says so.
            cluster_name = 'pg1'
            listen_addresses = '*'
            password_encryption = 'scram-sha-256'
            ssl = 'on'
            ssl_cert_file = '/var/lib/postgresql/.replctl/shop/pg1/tls/current/server.crt'
            ssl_key_file = '/var/lib/postgresql/.replctl/shop/pg1/tls/current/server.key'
            wal_level = 'replica'
            hot_standby = 'on'
            max_wal_senders = '10'
            max_replication_slots = '10'
            wal_keep_size = '512MB'
            max_slot_wal_keep_size = '25GB'
            wal_receiver_timeout = '10s'
            wal_retrieve_retry_interval = '1s'
            recovery_target_timeline = 'latest'
            """);
  }

  @Test
  void aDelayIsSetWhereItIsDeclared() {
    SetupGoal goal = SetupScene.bare().delayed("pg2", java.time.Duration.ofHours(1)).goal("pg1");

    assertThat(SettingsFile.text(goal, PG2, new Scripts(goal.site(), PG1).layout(PG2)))
        .endsWith("recovery_min_apply_delay = '3600000'\n");
    assertThat(SettingsFile.text(goal, PG1, new Scripts(goal.site(), PG1).layout(PG1)))
        .doesNotContain("recovery_min_apply_delay");
  }

  @Test
  void everyNodeHasTheRestoreCommandThatIsDeclared() {
    SetupScene scene = SetupScene.adopted().archive("cp '/backup/%f' %p");

    assertThat(text(scene, PG1)).endsWith("restore_command = 'cp ''/backup/%f'' %p'\n");
    assertThat(names(scene.fact("pg2", "setting.restore_command", "set"), PG2))
        .isEqualTo("ssl_cert_file ssl_key_file restore_command");
    assertThat(names(SetupScene.adopted().fact("pg2", "setting.restore_command", "set"), PG2))
        .isEqualTo("ssl_cert_file ssl_key_file");
  }

  /** PostgreSQL 13 takes it only at a start. */
  @ParameterizedTest
  @CsvSource({"sighup, false", "postmaster, true"})
  void whetherARestoreCommandNeedsARestartTheServerSays(String context, boolean restart) {
    SetupScene scene =
        SetupScene.adopted()
            .archive("cp /backup/%f %p")
            .fact("pg2", "setting_context.restore_command", context);

    assertThat(new PostgresqlDrift(scene.goal("pg1")).waiting(PG2).contains("restore_command"))
        .isEqualTo(restart);
  }

  @Test
  void givesAServerThatWasThereOnlyWhatItLacks() {
    assertThat(names(SetupScene.adopted(), PG1)).isEqualTo("ssl_cert_file ssl_key_file");
  }

  @ParameterizedTest
  @CsvSource({
    "wal_level, minimal, wal_level",
    "wal_level, logical, ''",
    "max_wal_senders, 3, max_wal_senders",
    "max_wal_senders, 4, ''",
    "max_wal_senders, 50, ''",
    "max_slot_wal_keep_size, -1, max_slot_wal_keep_size",
    "wal_keep_size, 0, wal_keep_size",
    "wal_receiver_timeout, 60000, wal_receiver_timeout",
    "wal_receiver_timeout, 0, wal_receiver_timeout",
    "wal_receiver_timeout, 5000, ''",
    "wal_retrieve_retry_interval, 5000, wal_retrieve_retry_interval",
    "wal_retrieve_retry_interval, 500, ''",
    "listen_addresses, localhost, listen_addresses",
    "listen_addresses, '', listen_addresses",
    "listen_addresses, '10.0.0.1, localhost', ''",
    "listen_addresses, 0.0.0.0, ''",
    "hot_standby, off, hot_standby",
    "recovery_target_timeline, current, recovery_target_timeline",
    "cluster_name, other, ''",
    "password_encryption, md5, ''",
  })
  void asksForWhatIsTooLittle(String name, String value, String asked) {
    String usual = "ssl_cert_file ssl_key_file";
    String names = names(SetupScene.adopted().fact("pg1", "setting." + name, value), PG1);
    assertThat((" " + names + " ").contains(" " + name + " ")).isEqualTo(!asked.isEmpty());
    assertThat(names.replace(asked, "").replaceAll(" +", " ").strip()).isEqualTo(usual);
  }

  @Test
  void asksForHintsOnlyWithoutChecksums() {
    assertThat(names(SetupScene.adopted().fact("pg1", "control.data_checksums", "0"), PG1))
        .contains("wal_log_hints");
  }

  @Test
  void knowsBeforeACopyIsMadeThatItWillHaveNoChecksums() {
    SetupScene scene =
        SetupScene.bare().runs("pg1", true).fact("pg1", "control.data_checksums", "0");
    assertThat(names(scene, PG2)).contains("wal_log_hints");
    assertThat(names(SetupScene.bare().runs("pg1", true), PG2)).doesNotContain("wal_log_hints");
  }

  @ParameterizedTest
  @CsvSource({
    "max_connections, 500",
    "max_worker_processes, 16",
    "max_prepared_transactions, 20",
    "max_locks_per_transaction, 256",
    "max_wal_senders, 40",
  })
  void raisesOnAFollowerWhatTheLeaderHasMoreOf(String name, String value) {
    assertThat(text(SetupScene.adopted().fact("pg1", "setting." + name, value), PG2))
        .contains(name + " = '" + value + "'\n");
    assertThat(text(SetupScene.bare().runs("pg1", true).fact("pg1", "setting." + name, value), PG2))
        .contains(name + " = '" + value + "'\n");
  }

  @Test
  void givesTheSameTextAgainWhateverTheServerSaysThen() {
    String first = text(SetupScene.bare(), PG1);
    SetupScene later =
        SetupScene.adopted()
            .fact("pg1", "config.text", first)
            .fact("pg1", "setting.max_wal_senders", "10")
            .fact("pg1", "disk.1.total", Long.toString(900L << 30));
    assertThat(text(later, PG1)).isEqualTo(first);
  }

  @Test
  void keepsALimitThatTheLeaderLowered() {
    String first = text(SetupScene.adopted().fact("pg1", "setting.max_connections", "500"), PG2);
    assertThat(text(SetupScene.adopted().fact("pg2", "config.text", first), PG2)).isEqualTo(first);
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(SettingsFile.values("# x\na = 'it''s'\nnot a line\nb = '1'\n"))
        .containsExactly(entry("a", "it's"), entry("b", "1"));
  }
}

package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.world.Facts;

/** What is no harm today, by what real servers said and one thing of it otherwise. */
class MysqlCheckupTest {
  private static final NodeName MY2 = new NodeName("my2");
  private static final String[] NOTHING = {};

  private static List<Finding> ofFollower(String... otherwise) {
    return new MysqlCheckup()
        .of(
            new Site(
                RecordedMysql.cluster(2),
                RecordedMysql.read(
                    RecordedMysql.facts("leader", "setting.max_connections", "151"),
                    RecordedMysql.facts("follower", otherwise))))
        .getOrDefault(MY2, List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          setting.sync_binlog                    | 0       | sync-binlog
          setting.sync_binlog                    | 1000    | sync-binlog
          setting.sync_binlog                    | 1       | -
          setting.innodb_flush_log_at_trx_commit | 2       | innodb-flush-log-at-trx-commit
          setting.replica_preserve_commit_order  | OFF     | commit-order
          setting.binlog_row_image               | MINIMAL | row-image
          setting.max_connections                | 100     | fewer-connections
          setting.max_connections                | 151     | -
          setting.max_connections                | 1000    | -
          """)
  void oneThingOtherwise(String fact, String value, String code) {
    List<Finding> found = ofFollower(fact, value);

    assertThat(found.stream().map(Finding::code).toList())
        .isEqualTo(code == null ? List.of() : List.of(code));
    assertThat(found).allMatch(f -> f.text().contains(value) || code.equals("commit-order"));
  }

  @Test
  void theOldNameOfASettingCounts() {
    assertThat(
            ofFollower(
                "setting.replica_preserve_commit_order",
                "",
                "setting.slave_preserve_commit_order",
                "OFF"))
        .extracting(Finding::code)
        .containsExactly("commit-order");
  }

  @Test
  void ofAServerThatDoesNotAnswerNothingIsSaid() {
    assertThat(ofFollower("sql", "timeout", "setting.sync_binlog", "0")).isEmpty();
    assertThat(
            new MysqlCheckup()
                .of(new Site(RecordedMysql.cluster(1), RecordedMysql.read(Facts.NONE))))
        .isEmpty();
  }

  private static List<Finding> onHosts(int node, String... otherwise) {
    return new MysqlCheckup()
        .of(
            new Site(
                RecordedMysql.cluster(3),
                RecordedMysql.read(
                    RecordedMysql.facts("checked-leader", node == 1 ? otherwise : NOTHING),
                    RecordedMysql.facts("checked-follower", node == 2 ? otherwise : NOTHING),
                    RecordedMysql.facts("checked-follower3", node == 3 ? otherwise : NOTHING))))
        .get(new NodeName("my" + node));
  }

  private static List<String> codes(List<Finding> found) {
    return found.stream().map(Finding::code).toList();
  }

  @Test
  void whatHostsSaidOfWhatWasAmissOnThem() {
    assertThat(onHosts(1))
        .extracting(Finding::code, Finding::text)
        .containsExactly(
            tuple(
                "no-primary-key",
                "tables without a primary key: 1 (app.nokey); a follower looks through the whole"
                    + " table for each row that is changed, and falls behind"),
            tuple(
                "not-innodb",
                "tables of another storage engine than InnoDB: 1 (app.old (MyISAM)); a crash may"
                    + " leave these otherwise here and there, and a copy by CLONE leaves their rows"
                    + " out"),
            tuple(
                "definer-missing",
                "events, routines, triggers or views whose definer is no account: 1 (view app.v of"
                    + " gone@localhost); these fail when they are used, an event without a word to"
                    + " anybody"),
            tuple(
                "log-expires",
                "binlog_expire_logs_seconds is 3600: a follower that is away or behind for longer"
                    + " than 60 min must be copied anew"));
    assertThat(codes(onHosts(2)))
        .containsExactly("setting-differs", "setting-smaller", "plugin-missing", "accounts-differ");
    assertThat(onHosts(2).get(3).text())
        .isEqualTo(
            "its accounts are not those of my1: missing 'only'@'%'; with another password or other"
                + " rights 'app'@'%'; that my1 does not have 'more'@'%'; should it lead, clients are"
                + " refused, or may more than they should");
    assertThat(codes(onHosts(3))).containsExactly("plugin-missing", "accounts-differ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          1 | keyless.count                      | 0      | no-primary-key     | no
          1 | foreign.count                      | 0      | not-innodb         | no
          1 | orphan.count                       | ''     | definer-missing    | no
          1 | held.count                         | 2      | events-held        | yes
          1 | setting.binlog_expire_logs_seconds | 86400  | log-expires        | no
          1 | setting.binlog_expire_logs_seconds | 0      | log-expires        | no
          1 | xa.count                           | 1      | xa-prepared        | yes
          1 | xa.count                           | 0      | xa-prepared        | no
          3 | setting.relay_log_recovery         | OFF    | relay-log-recovery | yes
          3 | setting.replica_net_timeout        | 60     | net-timeout        | yes
          3 | setting.replica_net_timeout        | 10     | net-timeout        | no
          3 | setting.lower_case_table_names     | 1      | setting-differs    | yes
          3 | setting.system_time_zone           | CET    | setting-differs    | yes
          3 | setting.time_zone                  | +00:00 | setting-differs    | yes
          3 | setting.time_zone                  | UTC    | setting-differs    | no
          3 | setting.innodb_buffer_pool_size    | 1      | setting-smaller    | yes
          3 | setting.innodb_buffer_pool_size    | 999999999999 | setting-smaller | no
          3 | plugins                            | ''     | plugin-missing     | no
          3 | accounts                           | ''     | accounts-differ    | no
          """)
  void anEdgeIsNamedWhereItIs(int node, String fact, String value, String code, String named) {
    assertThat(codes(onHosts(node, fact, value)).contains(code)).isEqualTo(named.equals("yes"));
  }

  @Test
  void aTransactionThatASwitchoverWouldEnd() {
    String[] old = {
      "long.count", "1", "long.1.age", "12000", "long.1.user", "app", "long.1.id", "7"
    };
    String[] young = {"long.count", "1", "long.1.age", "9000", "long.1.user", "app"};

    assertThat(onHosts(1, old))
        .filteredOn(f -> f.code().equals("transaction-open"))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.text()).startsWith("a transaction of app (connection 7) is 12 s old"));
    assertThat(codes(onHosts(1, young))).doesNotContain("transaction-open");
    assertThat(codes(onHosts(3, old))).doesNotContain("transaction-open");
  }
}

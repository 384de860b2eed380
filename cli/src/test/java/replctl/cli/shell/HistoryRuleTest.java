package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameter set --password hunter2",
        "parameter set --db-password=hunter2",
        "parameter --set password=hunter2",
        "parameter --set primary_conninfo='host=a password=hunter2'",
        "parameter --set 'Password = hunter2'",
        "PGPASSWORD=hunter2 status",
        "rotate --token abc",
        "rotate --api-key=abc",
        "rotate --secret-key abc",
        "inventory import --from postgresql://dba:hunter2@pg1/postgres",
        "run alter user x identified by 'hunter2'",
        "run alter role x password 'hunter2'",
        " status",
        "\tstatus",
        "  ",
        ""
      })
  void aSecretOrALineThatBeginsWithABlankIsNotKept(String line) {
    assertThat(HistoryRule.keeps(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "switchover --to pg2 --yes",
        "failover --leader-is-broken 'its disk fails' --accept-loss any",
        "rotate password",
        "why shop/pg3",
        "inventory import --from postgresql://dba@pg1:5432/postgres",
        "maintenance on --for 2h --reason 'new disks: pg1'"
      })
  void allElseIs(String line) {
    assertThat(HistoryRule.keeps(line)).isTrue();
  }
}

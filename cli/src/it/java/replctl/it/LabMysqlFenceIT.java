package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.site.Hosts;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Site;

/**
 * MySQL's nodes are closed. What does not depend on what runs on a host, is shown by {@link
 * LabFenceIT}: a device that hangs, a cable that is out, a word that is typed.
 */
@Tag("lab")
@Tag("long")
class LabMysqlFenceIT extends FenceCases {
  @Override
  Hosts open() {
    return MysqlHosts.ready();
  }

  @Override
  void whole() {
    hosts.awaitFollowers(hosts.leaders().get(0));
  }

  @Override
  String startByPackage() {
    return "service mysql start";
  }

  /** systemd takes away the folder of its socket with the unit. */
  @Override
  ByHand byHand() {
    return new ByHand(
        "install -d -o mysql /run/mysqld; runuser -u mysql -- mysqld --daemonize",
        "mysqladmin shutdown; while pidof mysqld; do sleep 0.01; done");
  }

  @Override
  void hasWhatClosesIt(String of) {
    hosts.shell(of, "grep -rix 'super_read_only *= *\\(on\\|1\\)' /etc/mysql/mysql.conf.d");
  }

  @Override
  List<String> silences() {
    return List.of("freeze NODE");
  }

  @Override
  List<BadDevice> badDevices() {
    return List.of(
        new BadDevice("fail", "E-FENCE-01", "exit code 1"),
        new BadDevice("lie", "E-FENCE-03", "reports off"),
        new BadDevice("wired-to THIRD", "E-FENCE-03", "The device points at another machine"));
  }

  /** As for PostgreSQL in {@link LabFailoverIT}. */
  @ParameterizedTest
  @CsvSource({
    "fail,           [E-FENCE-01], exit code 1",
    "wired-to THIRD, [E-FENCE-03], The device points at another machine",
  })
  void aLeaderIsNotReplacedWhereItsDeviceProvesNothing(String mode, String code, String words) {
    lab("bmc LEADER " + mode);
    hosts.lab("freeze", leader);

    assertThat(hosts.replctl().run("failover", "--yes").exits(11).err()).contains(code, words);

    hosts.heal();
    Site.await("it leads", () -> hosts.leaders().equals(List.of(leader)));
    hosts.awaitFollowers(leader);
    assertThat(hosts.unfinished()).isEmpty();
  }

  /** PostgreSQL's guard has seen to it by the time that a host answers. */
  @Test
  void whatIsOwedOfALeaderThatWasSwitchedOffIsPaidByTheNextOperation() {
    String owed = leader + " was closed from outside (power)";
    hosts.lab("freeze", leader);
    assertThat(hosts.replctl().run("failover", "--yes").exits(0).out())
        .contains(leader + " is closed: power", "owed  " + leader);
    String leads = hosts.leaders().get(0);
    assertThat(debts(leads)).isEqualTo("\"debts\":[\"" + leader + "\"]");
    hosts.heal();
    Site.await("its server", () -> hosts.isClosed(leader));
    hosts.shell(leader, "systemctl stop mysql");
    assertThat(hosts.isMasked(leader)).isFalse();
    assertThat(hosts.replctl().run("status").out()).contains(owed);

    hosts.replctl().run("sync", "--apply", "--yes").exits(0);

    assertThat(hosts.isMasked(leader)).isTrue();
    assertThat(hosts.shell(leader, "cat " + hosts.state(leader) + "/fenced")).isNotEmpty();
    assertThat(debts(leads)).isEqualTo("\"debts\":[]");
    assertThat(hosts.replctl().run("status").out()).doesNotContain(owed);
    hosts.replctl().run("rejoin", leader, "--yes").exits(0);
    hosts.awaitFollowers(leads);
  }

  private String debts(String leads) {
    return hosts.shell(
        leads, "grep -o '\"debts\":[^]]*]' " + hosts.state(leads) + "/epoch | tail -n 1");
  }
}

package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Phase;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;

/** What setting up makes of what was seen: options, drift, stages, refusals. */
class MysqlSetupTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");

  private final MysqlSetup setup = new MysqlSetup();

  private static Site site(Facts leader, Facts... followers) {
    Facts[] all = Stream.concat(Stream.of(leader), Arrays.stream(followers)).toArray(Facts[]::new);
    return new Site(RecordedMysql.cluster(all.length), RecordedMysql.read(all));
  }

  private static SetupGoal goal(Site site, boolean restart) {
    return new SetupGoal(
        site,
        MY1,
        site.cluster().nodes().stream().map(n -> n.name()).toList(),
        new SetupGoal.Policy(restart, false, false, false));
  }

  /** A server as its package has made it, and nobody has touched. */
  private static Facts pristine(String... otherwise) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.schemas", "0",
                "data.accounts", "0",
                "channel.count", "0",
                "sender.count", "0",
                "identity.cluster", ""));
    all.addAll(Arrays.asList(otherwise));
    return facts("leader", all.toArray(String[]::new));
  }

  @Test
  void aServerInWhichNobodyHasMadeAnythingHasNoData() {
    Site site = site(pristine(), pristine("data.schemas", "1"), pristine("data.accounts", "1"));

    assertThat(site.seen(MY1).presence()).isEqualTo(Presence.ABSENT);
    assertThat(site.seen(MY1).role()).isEqualTo(Role.UNKNOWN);
    assertThat(site.seen(MY2).presence()).isEqualTo(Presence.RUNNING);
    assertThat(site.seen(new NodeName("my3")).presence()).isEqualTo(Presence.RUNNING);
  }

  /** No server was ever made there. */
  private static Facts empty(String... otherwise) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "presence", "absent",
                "sql", "",
                "writable", "",
                "processes", "0",
                "data_empty", "yes",
                "binary_version", "9.7.4"));
    all.addAll(Arrays.asList(otherwise));
    return facts("stopped", all.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "data_empty=yes | ",
        "data_empty=no  | there is something in /var/lib/mysql on my2, and it is no server's data.",
        "data_empty=    | there is no folder /var/lib/mysql on my2.",
        "os_user=root   | /var/lib/mysql on my2 belongs to root.",
      })
  void anEmptyServerIsMadeInAFolderThatIsEmpty(String fact, String refused) {
    String[] parts = fact.strip().split("=", 2);
    SetupGoal goal = goal(site(facts("leader"), empty(parts[0], parts[1])), false);

    assertThat(
            setup.objections(goal).stream()
                .map(Refusal::found)
                .filter(f -> f.contains("/var/lib/mysql")))
        .isEqualTo(refused == null ? List.of() : List.of(refused));
    assertThat(setup.copy(goal, MY2, MY1).stream().map(Step::name))
        .startsWith("options-my2", "create-my2", "start-my2", "copy-my2", "follow-my2");
  }

  @Test
  void aLeaderWithoutAServerGetsOneAndIsNamedOnceItTakesWrites() {
    SetupGoal goal = goal(site(empty(), facts("follower")), false);

    assertThat(setup.create(goal).stream().map(Step::name)).containsExactly("create-my1");
    assertThat(setup.configure(goal, MY1).stream().map(Step::name)).containsExactly("options-my1");
    assertThat(setup.start(goal).stream().map(Step::name))
        .containsExactly("start-my1", "restart-my1", "found-my1");
  }

  @ParameterizedTest
  @CsvSource({
    // bytes of a copy of the leader, bytes that are free at the follower, whether that is enough
    "1000000000, 2000000000, true",
    "1000000000, 1050000001, true",
    "1000000000, 1050000000, false",
    "'',         5,          true",
    "1000000000, '',         true",
  })
  void aCopyMustFit(String bytes, String free, boolean fits) {
    Site site =
        site(
            facts("leader", "clone.bytes", bytes),
            empty("disk.count", "1", "disk.1.use", "data", "disk.1.free", free));

    assertThat(
            setup.objections(goal(site, false)).stream()
                .map(Refusal::found)
                .filter(f -> f.startsWith("a copy")))
        .isEqualTo(
            fits
                ? List.of()
                : List.of(
                    "a copy of my1 needs 1001 MiB, and 1001 MiB are free for it on my2, in"
                        + " /var/lib/mysql."));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // what of my3, a follower, is otherwise; whose data my2 gets
        "version=9.7.4                 | my3",
        "plugin.clone=                 | my1",
        "channel.1.applier=OFF         | my1",
        "channel.1.state=OFF           | my1",
        "version=8.4.6                 | my1",
        "identity.cluster=another      | my1",
        "presence=hung                 | my1",
      })
  void aFollowerIsCopiedWhereItHasAllAndNothingElse(String fact, String donor) {
    String[] parts = fact.strip().split("=", 2);
    Site site = site(facts("leader"), empty(), facts("follower", parts[0], parts[1]));

    assertThat(MysqlDonor.of(goal(site, false), MY2, MY1)).isEqualTo(new NodeName(donor));
  }

  @Test
  void oneThatWasWrittenToIsNotCopied() {
    Site site =
        site(
            facts("leader"),
            empty(),
            facts(
                "follower",
                "gtid.executed",
                "4752a50e-ec7e-11f1-bfbf-02000000000b:1-9,47469248-ec7e-11f1-b75d-02000000000d:1"));

    assertThat(MysqlDonor.of(goal(site, false), MY2, MY1)).isEqualTo(MY1);
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.23, skip_slave_start = ON,   slave_net_timeout = 10,   loose_rpl_semi_sync_slave_enabled = ON,   plugin_load_add = semisync_master.so",
    "8.0.36, skip_replica_start = ON, replica_net_timeout = 10, loose_rpl_semi_sync_replica_enabled = ON, plugin_load_add = semisync_source.so",
    "8.4.6,  skip_replica_start = ON, replica_net_timeout = 10, loose_rpl_semi_sync_replica_enabled = ON, plugin_load_add = semisync_source.so",
    "9.7.4,  skip_replica_start = ON, replica_net_timeout = 10, loose_rpl_semi_sync_replica_enabled = ON, plugin_load_add = semisync_source.so"
  })
  void theFileOfOptions(
      String version, String start, String timeout, String acknowledges, String plugin) {
    SetupGoal goal = goal(site(facts("leader", "version", version), facts("follower")), false);

    assertThat(new MysqlOptions(goal, MY1).text().lines())
        .contains(
            "[mysqld]",
            "super_read_only = ON",
            start,
            "relay_log_recovery = ON",
            "sync_relay_log = 1",
            "event_scheduler = OFF",
            "gtid_mode = ON",
            "binlog_format = ROW",
            timeout,
            acknowledges,
            plugin,
            "plugin_load_add = mysql_clone.so");
  }

  @Test
  void aServersOwnNumberStaysWhereNoOtherHasIt() {
    SetupGoal same =
        goal(
            site(
                facts("leader", "setting.server_id", "1"),
                facts("follower", "setting.server_id", "1")),
            false);
    SetupGoal others =
        goal(
            site(
                facts("leader", "setting.server_id", "7"),
                facts("follower", "setting.server_id", "102")),
            false);
    SetupGoal kept =
        goal(site(facts("leader", "config.text", "server_id = 42\n"), facts("follower")), false);

    assertThat(new MysqlOptions(same, MY1).text()).contains("server_id = 101\n");
    assertThat(new MysqlOptions(same, MY2).text()).contains("server_id = 102\n");
    assertThat(new MysqlOptions(others, MY1).text()).contains("server_id = 7\n");
    assertThat(new MysqlOptions(kept, MY1).text()).contains("server_id = 42\n");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, *", "localhost, *", "10.0.0.7, 10.0.0.7", "*, *"})
  void nobodyCouldFollowTheLoopbackAlone(String has, String becomes) {
    SetupGoal goal = goal(site(facts("leader", "setting.bind_address", has)), false);

    assertThat(new MysqlOptions(goal, MY1).text()).contains("bind_address = " + becomes + "\n");
  }

  @Test
  void whoIsDeclaredThereStaysOnTheLoopback() {
    Facts has = facts("leader", "setting.bind_address", "127.0.0.1");
    Site site = new Site(RecordedMysql.cluster(1, n -> "127.0.0.1"), RecordedMysql.read(has));

    assertThat(new MysqlOptions(goal(site, false), MY1).text())
        .contains("bind_address = 127.0.0.1\n");
  }

  @Test
  void onlyAFileInAFolderOfRootsIsWrittenAsRoot() {
    Facts roots = facts("leader", "config.text", "");
    Facts own = facts("leader", "config.text", "", "options.own", "yes");

    assertThat(titleOfConfigure(roots)).isEqualTo("write my1's zz-replctl.cnf, as root");
    assertThat(titleOfConfigure(own)).isEqualTo("write my1's zz-replctl.cnf");
  }

  private static String titleOfConfigure(Facts leader) {
    return new MysqlSetup().configure(goal(site(leader), false), MY1).get(0).title();
  }

  @Test
  void whatIsPersistedIsShown() {
    SetupGoal goal =
        goal(site(facts("leader"), facts("follower", "persisted.super_read_only", "OFF")), false);

    assertThat(new MysqlDrift(goal).options(MY2).orElseThrow().change())
        .contains("! super_read_only = OFF was persisted, and would win at a start");
  }

  @Test
  void gtidsAreTurnedOnByStagesThatAllServersReachTogether() {
    Facts off = facts("leader", "setting.gtid_mode", "OFF");
    List<Phase> phases =
        setup.together(goal(site(off, facts("follower", "setting.gtid_mode", "OFF")), false));

    assertThat(phases)
        .extracting(
            p -> p.lanes().stream().flatMap(l -> l.steps().stream()).map(Step::name).toList())
        .containsExactly(
            List.of("gtid-consistent-my1", "gtid-consistent-my2"),
            List.of("gtid-off-permissive-my1", "gtid-off-permissive-my2"),
            List.of("gtid-on-permissive-my1", "gtid-on-permissive-my2"),
            List.of("gtid-on-my1", "gtid-on-my2"));
    assertThat(setup.together(goal(site(facts("leader"), facts("follower")), false))).isEmpty();
  }

  @Test
  void aLeaderThatMustRestartIsAskedFor() {
    Site site =
        site(
            facts(
                "leader",
                "plugin.clone",
                "",
                "client",
                "/usr/bin/mysql",
                "bin_directory",
                "/usr/sbin",
                "config_directory",
                "/etc/mysql/mysql.conf.d"),
            facts(
                "follower",
                "client",
                "/usr/bin/mysql",
                "bin_directory",
                "/usr/sbin",
                "config_directory",
                "/etc/mysql/mysql.conf.d"));

    assertThat(new MysqlSetupObjections(goal(site, false)).all())
        .extracting(Refusal::found)
        .anyMatch(f -> f.startsWith("my1 must restart before a follower can be copied from it"));
    assertThat(new MysqlSetupObjections(goal(site, true)).all()).isEmpty();
    assertThat(setup.restart(goal(site, false), MY1)).isEmpty();
    assertThat(setup.restart(goal(site, true), MY1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1045, true", "1698, true", "2002, false", "1040, false"})
  void theScriptsAccountIsAnAdministratorsToMake(String number, boolean said) {
    Site site = site(facts("leader", "sql", "refused", "sql_error_number", number, "writable", ""));

    assertThat(setup.refuses(site, MY1).isPresent()).isEqualTo(said);
    if (said) {
      assertThat(setup.refuses(site, MY1).orElseThrow().next().toString())
          .contains("create user 'mysql'@'localhost' identified with auth_socket");
    }
  }

  @Test
  void anAccountWithMoreIsSomebodyElses() {
    SetupGoal goal =
        goal(
            site(
                facts(
                    "leader",
                    "attributes.replctl_clone",
                    "caching_sha2_password ANY N N",
                    "account.replctl_clone",
                    "GRANT USAGE ON *.* TO `replctl_clone`@`%`\n"
                        + "GRANT BACKUP_ADMIN ON *.* TO `replctl_clone`@`%`",
                    "attributes.replctl_replication",
                    "caching_sha2_password ANY N N",
                    "account.replctl_replication",
                    "GRANT REPLICATION SLAVE, SUPER ON *.* TO `replctl_replication`@`%`"
                        + " WITH GRANT OPTION")),
            false);
    MysqlDrift drift = new MysqlDrift(goal);
    List<MysqlAccounts.Account> accounts =
        MysqlAccounts.of(goal.site().declared(MY1)).stream().skip(1).toList();

    assertThat(drift.account(accounts.get(1))).isEmpty();
    assertThat(drift.foreign(accounts.get(1))).isEmpty();
    assertThat(drift.foreign(accounts.get(0)))
        .containsExactly("GRANT OPTION ON *.*", "SUPER ON *.*");
  }
}

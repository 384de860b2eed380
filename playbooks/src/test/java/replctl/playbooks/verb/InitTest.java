package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.postgresql.PostgresqlSetup;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.setup.PlanText;
import replctl.playbooks.setup.SetupScene;
import replctl.playbooks.world.Value;

class InitTest {
  private static final String CREDENTIALS =
      """
      there is an authority for certificates
        here authority
      every node has its credentials
        | pg1 key-pg1, here sign-pg1, pg1 certificate-pg1, pg1 passwords-pg1
        | pg2 key-pg2, here sign-pg2, pg2 certificate-pg2, pg2 passwords-pg2
        | pg3 key-pg3, here sign-pg3, pg3 certificate-pg3, pg3 passwords-pg3
      """;
  private static final String COPIES =
      """
      followers stream
        | pg1 slot-pg2, pg2 configuration-pg2, pg2 copy-pg2, pg2 settings-pg2, pg2 access-pg2,\
       pg2 start-pg2, pg2 follow-pg2
        | pg1 slot-pg3, pg3 configuration-pg3, pg3 copy-pg3, pg3 settings-pg3, pg3 access-pg3,\
       pg3 start-pg3, pg3 follow-pg3
      """;
  private static final String RECORD = "every host knows who leads\n  here record\n";
  private static final String ACCOUNTS =
      "account-reader, pg1 account-replication, pg1 account-rewind\n";

  private final Init init = new Init(new PostgresqlSetup());

  private String decide(SetupScene scene) {
    return decide(scene, Init.Options.USUAL);
  }

  private String decide(SetupScene scene, Init.Options options) {
    return PlanText.of(init.decide("op-1", scene.site(), options));
  }

  private static Init.Options without(String node) {
    return new Init.Options(List.of(new NodeName(node)), SetupGoal.Policy.CAUTIOUS);
  }

  private static Init.Options allowing(boolean restart, boolean renew, boolean replace) {
    return new Init.Options(List.of(), new SetupGoal.Policy(restart, renew, replace, false));
  }

  @Test
  void makesAClusterFromNothing() {
    assertThat(decide(SetupScene.bare()))
        .isEqualTo(
            "pg1 has an empty server\n  pg1 create-pg1\n"
                + CREDENTIALS
                + "pg1 leads, configured and with its accounts\n"
                + "  pg1 settings-pg1, pg1 access-pg1, pg1 start-pg1, pg1 "
                + ACCOUNTS
                + COPIES
                + RECORD);
  }

  @Test
  void adoptsALeaderAndCopiesTheRest() {
    assertThat(decide(SetupScene.bare().runs("pg1", true)))
        .isEqualTo(
            CREDENTIALS
                + "pg1 leads, configured and with its accounts\n"
                + "  pg1 settings-pg1, pg1 access-pg1, pg1 "
                + ACCOUNTS
                + COPIES
                + RECORD);
  }

  @Test
  void copiesNoFollowerThatHasItsData() {
    assertThat(decide(SetupScene.adopted()))
        .isEqualTo(
            CREDENTIALS
                + """
                followers are configured
                  | pg2 settings-pg2, pg2 access-pg2
                  | pg3 settings-pg3, pg3 access-pg3
                pg1 leads, configured and with its accounts
                  pg1 settings-pg1, pg1 access-pg1, pg1\
                """
                    .stripTrailing()
                + " "
                + ACCOUNTS
                + """
                followers stream
                  | pg1 slot-pg2, pg2 follow-pg2
                  | pg1 slot-pg3, pg3 follow-pg3
                """
                + RECORD);
  }

  @Test
  void dropsTheSlotThatAFollowerUsedBefore() {
    assertThat(decide(SetupScene.adopted().fact("pg2", "upstream.slot", "standby1")))
        .contains("  | pg1 slot-pg2, pg2 follow-pg2, pg1 drop-old-slot-pg2\n");
  }

  @Test
  void letsTheFullModeOfDurabilityComeLast() {
    assertThat(
            decide(
                SetupScene.bare()
                    .replication(Replication.Mode.SEMI_SYNC, 2, Replication.OnLostSync.BLOCK)))
        .startsWith(
            "! a write waits for all 2 followers that may acknowledge it: when one is lost,"
                + " writes wait\n")
        .endsWith(
            "pg1 is as durable as asked\n  pg1 durability-pg1\n"
                + "those that writes wait for have what came before\n  pg1 reached-pg1\n"
                + RECORD);
  }

  @Test
  void saysThatNobodyDegradesWithoutAWatch() {
    assertThat(
            decide(
                SetupScene.bare()
                    .replication(Replication.Mode.SYNC, 1, Replication.OnLostSync.DEGRADE)))
        .startsWith("! on_lost_sync: degrade is done by a running replctl watch only;");
  }

  @Test
  void copiesFollowersOfFollowersAfterThem() {
    SetupScene scene = SetupScene.bare();
    scene.declare(cascading(scene.declared("pg3"), "pg2"));

    assertThat(decide(scene))
        .contains("followers of followers stream\n  pg2 slot-pg3, pg3 configuration-pg3,");
  }

  @Test
  void restartsFollowersBeforeTheLeaderAndOnlyWhenAllowed() {
    SetupScene scene =
        SetupScene.adopted()
            .fact("pg1", "setting.max_wal_senders", "3")
            .fact("pg2", "setting.max_wal_senders", "3");

    assertThat(decide(scene))
        .startsWith(
            """
            ! pg1 must restart before these take hold: max_wal_senders; when its clients can do\
             without it for a moment: replctl init --restart
            ! pg2 must restart before these take hold: max_wal_senders; when its clients can do\
             without it for a moment: replctl init --restart
            """)
        .doesNotContain("restart-pg");
    assertThat(decide(scene, allowing(true, false, false)))
        .contains(
            "followers have restarted\n  pg2 restart-pg2\n",
            "pg1 access-pg1, pg1 restart-pg1, pg1 account-reader")
        .doesNotContain("! ");
  }

  @Test
  void leavesALeaderThatIsNotTheDeclaredOne() {
    SetupScene scene = SetupScene.bare().runs("pg2", true);

    assertThat(decide(scene))
        .startsWith(
            "! pg2 leads and stays leader, although the inventory says pg1; to change that:"
                + " replctl switchover --to pg1\n")
        .contains("pg2 slot-pg1, pg1 configuration-pg1, pg1 copy-pg1");
  }

  @Test
  void goesOnWithoutANodeThatIsLeftOut() {
    assertThat(decide(SetupScene.adopted().silent("pg3"), without("pg3")))
        .startsWith("! left out for now, as asked: pg3\n")
        .doesNotContain("pg3 ");
  }

  /** A follower that is only away for now keeps its access and its word. */
  @Test
  void takesNothingFromANodeThatIsLeftOut() {
    SetupScene scene =
        SetupScene.adopted()
            .replication(Replication.Mode.SEMI_SYNC, 1, Replication.OnLostSync.BLOCK)
            .fact("pg1", "setting.synchronous_standby_names", "ANY 1 (\"pg2\", \"pg3\")")
            .silent("pg3");
    Decision decision = init.decide("op-1", scene.site(), without("pg3"));

    assertThat(PlanText.of(decision)).doesNotContain("durability-pg1");
    Plan plan = ((Decision.Planned) decision).plan();
    assertThat(value(plan, "access-pg1", "block")).contains(" 10.0.0.3/32 ");
    assertThat(value(plan, "passwords-pg1", "hosts")).contains("10.0.0.3 5432");
  }

  private static String value(Plan plan, String step, String name) {
    Action.Run run = (Action.Run) plan.step(step).orElseThrow().action();
    return ((Value.Text) run.call().values().get(name)).text();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "two leaders",
            SetupScene.bare().runs("pg1", true).runs("pg2", true),
            "E-SPLIT-01 pg1, pg2 take writes, each on its own."),
        Arguments.of(
            "a silent follower",
            SetupScene.adopted().silent("pg3"),
            "-> go on without: replctl init --without pg3"),
        Arguments.of("a silent leader", SetupScene.adopted().silent("pg1"), "E-REACH-01 pg1: "),
        Arguments.of(
            "no leader, data on followers",
            SetupScene.bare().runs("pg2", false),
            "E-STATE-01 no node takes writes, and there is data on pg2."),
        Arguments.of(
            "another cluster's data",
            SetupScene.adopted().fact("pg2", "system_identifier", "7300000000000000002"),
            "E-IDENTITY-01 pg2's data in /var/lib/postgresql/17/main belongs to another cluster"
                + " (7300000000000000002) than pg1's (7300000000000000001)."),
        Arguments.of(
            "an old leader",
            stopped(SetupScene.adopted(), "pg2"),
            "E-STATE-01 pg2 has this cluster's data and would lead when started: it led before."),
        Arguments.of(
            "a server that hangs",
            SetupScene.adopted().fact("pg2", "presence", "hung"),
            "E-STATE-01 pg2's server is hung"),
        Arguments.of(
            "no package",
            SetupScene.bare().fact("pg2", "installed.count", "0"),
            "E-STATE-01 PostgreSQL is not installed on pg2.\n"
                + "-> on pg2, as root: apt-get install postgresql-17"),
        Arguments.of(
            "another version",
            SetupScene.bare()
                .fact("pg3", "installed.1.major", "16")
                .fact("pg3", "newest_major", "16"),
            "E-STATE-01 pg3 has PostgreSQL 16, and pg1 has 17: a follower has the leader's major"
                + " version."),
        Arguments.of(
            "a data folder with something in it",
            SetupScene.bare().fact("pg3", "filled", "precious "),
            "E-ADOPT-01 pg3's data folder /var/lib/postgresql/17/main is not empty, and there is"
                + " no server in it: precious."),
        Arguments.of(
            "root's configuration folder",
            SetupScene.bare()
                .fact("pg1", "configurable", "no")
                .fact("pg1", "configurable_why", "install -d -o postgres /etc/postgresql/17"),
            "-> on pg1, as root: install -d -o postgres /etc/postgresql/17"),
        Arguments.of(
            "one server that two nodes lead to",
            reachedTwice(),
            "E-IDENTITY-01 pg1 and pg2 are one server: both lead to /srv/pg on db1.\n"
                + "-> correct host or database.port of pg1 or pg2 in the inventory, or the name"
                + " service"),
        Arguments.of(
            "somebody else's role",
            SetupScene.adopted().fact("pg1", "powers.replctl_rewind", "superuser"),
            "E-ADOPT-01 the role replctl_rewind of pg1 is somebody else's: it has more than"
                + " replctl gives it (superuser)."),
        Arguments.of(
            "a certificate that clients may verify",
            SetupScene.adopted().fact("pg1", "setting.ssl_cert_file", "/etc/ssl/shop.pem"),
            "E-ADOPT-01 pg1 shows its clients the certificate /etc/ssl/shop.pem"),
        Arguments.of(
            "a leader that must restart first",
            SetupScene.bare().runs("pg1", true).fact("pg1", "setting.wal_level", "minimal"),
            "E-ADOPT-01 pg1 must restart before a follower can be copied from it, for wal_level."),
        Arguments.of(
            "too few who may acknowledge",
            SetupScene.bare()
                .replication(Replication.Mode.SEMI_SYNC, 3, Replication.OnLostSync.BLOCK),
            "E-STATE-01 durability semi-sync asks for 3 acknowledging followers, and 2 take"));
  }

  private static SetupScene reachedTwice() {
    SetupScene scene = SetupScene.adopted();
    for (String node : List.of("pg1", "pg2")) {
      scene
          .runs(node, true)
          .fact(node, "machine_id", "1")
          .fact(node, "boot_id", "2")
          .fact(node, "hostname", "db1")
          .fact(node, "port", "5432")
          .fact(node, "data_directory", "/srv/pg");
    }
    return scene;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesInWords(String what, SetupScene scene, String words) {
    assertThat(decide(scene)).contains(words).matches("(?s)E-[A-Z]+-01 .*\n-> .*");
  }

  @Test
  void makesNoFirstLeaderWhileANodeIsNotSeen() {
    assertThat(decide(SetupScene.bare().silent("pg3"), without("pg3")))
        .startsWith(
            "E-STATE-01 pg3 may have the data of a cluster that leads: a first leader is started"
                + " only when every node is seen.");
  }

  @Test
  void saysAllThatSpeaksAgainstItAtOnce() {
    assertThat(decide(SetupScene.bare().fact("pg1", "openssl", "no").fact("pg2", "openssl", "no")))
        .contains("not installed on pg1", "not installed on pg2");
  }

  private static SetupScene stopped(SetupScene scene, String node) {
    return scene
        .without(node, "in_recovery")
        .without(node, "postmaster_pid")
        .fact(node, "sql", "not-asked")
        .fact(node, "presence", "stopped")
        .fact(node, "standby_signal", "no")
        .fact(node, "control.state", "shut down");
  }

  private static Node cascading(Node node, String from) {
    return new Node(
        node.name(),
        node.host(),
        node.region(),
        node.leader(),
        node.priority(),
        node.mayLead(),
        Optional.of(new NodeName(from)),
        node.delay(),
        node.connection(),
        node.ssh(),
        node.database(),
        node.layout(),
        node.fence());
  }
}

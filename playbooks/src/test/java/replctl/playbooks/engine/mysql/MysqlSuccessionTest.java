package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Lane;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Value;

class MysqlSuccessionTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final NodeName MY2 = new NodeName("my2");
  private static final NodeName MY3 = new NodeName("my3");

  @Test
  void aHealthyFollowerMayLead() {
    assertThat(against(List.of(), List.of())).isEmpty();
  }

  @Test
  void whoeverHoldsTheLeaderOpenIsNamed() {
    assertThat(
            against(
                List.of(
                    "blocking.count", "3",
                    "blocking.1.id", "71",
                    "blocking.1.user", "shop",
                    "blocking.1.address", "10.0.0.7",
                    "blocking.1.seconds", "12",
                    "blocking.1.why", "ack",
                    "blocking.2.id", "72",
                    "blocking.2.user", "batch",
                    "blocking.2.seconds", "9",
                    "blocking.2.why", "locked",
                    "blocking.3.id", "73",
                    "blocking.3.user", "dba",
                    "blocking.3.seconds", "4",
                    "blocking.3.why", "statement"),
                List.of()))
        .containsExactly(
            "my1 can't be closed now: connection 71 of shop@10.0.0.7, whose commit has waited for a"
                + " follower's acknowledgement for 12 s",
            "my1 can't be closed now: connection 72 of batch holds LOCK TABLES, and has been idle"
                + " for 9 s",
            "my1 can't be closed now: connection 73 of dba has changed something for 4 s, and is"
                + " not done");
  }

  @Test
  void anOlderFollowerCouldNotFollow() {
    assertThat(against(List.of("version", "8.4.3"), List.of()))
        .containsExactly("my1 is MySQL 8.4.3, older than my2's 9.7.4: it could not follow");
    assertThat(against(List.of("version", "9.7.0"), List.of())).isEmpty();
    assertThat(against(List.of(), List.of("version", "8.4.3"))).isEmpty();
  }

  @Test
  void aCandidateWithoutALogForOthersIsNone() {
    assertThat(
            against(
                List.of(),
                List.of(
                    "setting.log_bin", "OFF",
                    "setting.log_replica_updates", "OFF",
                    "setting.gtid_mode", "ON_PERMISSIVE")))
        .containsExactly(
            "my2 has no binary log (log_bin = OFF): nobody could follow it",
            "my2 does not log what it received (log_replica_updates = OFF):"
                + " its followers would lack it",
            "my2 has gtid_mode = ON_PERMISSIVE: followers ask by GTID");
  }

  @Test
  void oneThatIsToWaitNeedsThePlugin() {
    List<String> waits = List.of("semi_sync", "needed 1\ntimeout 4294967295\nackers my1 my3");
    assertThat(against(List.of(), waits)).isEmpty();
    assertThat(
            against(
                List.of(),
                List.of(
                    "semi_sync",
                    "needed 1\ntimeout 4294967295\nackers my1 my3",
                    "plugin.rpl_semi_sync_source",
                    "")))
        .containsExactly(
            "my2 is to wait for its followers when it leads, and has not loaded the plugin for"
                + " that (rpl_semi_sync_source)");
  }

  @Test
  void whatAServerDidNotSayIsNotKnownOfIt() {
    assertThat(
            against(
                List.of(),
                List.of(
                    "semi_sync",
                    "needed 1\ntimeout 4294967295\nackers my1 my3",
                    "plugin.rpl_semi_sync_source",
                    "",
                    "sql_error",
                    "ERROR 1021 (HY000) at line 12: Disk full (/tmp)")))
        .containsExactly(
            "whether my2 has loaded the plugin by which it waits for its followers is not known:"
                + " it answers only in part (ERROR 1021 (HY000) at line 12: Disk full (/tmp))");
  }

  @Test
  void whatEndsWithItIsSaidBefore() {
    Site site =
        site(
            List.of(
                "long.count", "1",
                "long.1.id", "9",
                "long.1.age", "61000",
                "long.1.rows", "1",
                "long.1.user", "shop",
                "xa.count", "1",
                "events.enabled", "3",
                "event.1", "61.62",
                "event.2", "61.63"),
            List.of("setting.binlog_format", "MIXED"));

    assertThat(new MysqlSuccession().warnings(site, MY1, MY2))
        .containsExactly(
            "a transaction of connection 9 of shop on my1, 61 s old, will end, and if it has"
                + " changed anything it can't commit",
            "1 XA transaction on my1 stays prepared, to be ended on my2 (XA RECOVER)",
            "only 2 of 3 events are enabled on my2; the others are to be enabled by hand (ALTER"
                + " EVENT ... ENABLE)",
            "my2 has binlog_format = MIXED: what it writes may come out otherwise on its"
                + " followers");
  }

  @Test
  void whatItWillWaitForIsWhatItsFileSays() {
    Site site = site(List.of(), List.of("semi_sync", "needed 1\ntimeout 30000\nackers my1 my3"));

    Acks acks = new MysqlSuccession().acks(site, MY2);

    assertThat(acks.needed()).isEqualTo(1);
    assertThat(acks.ackers()).containsExactly(MY1, MY3);
    assertThat(new MysqlSuccession().acks(site, MY3)).isEqualTo(Acks.NONE);
  }

  /** A server that gives up by itself may have done so unseen. */
  @ParameterizedTest
  @CsvSource({"4294967295, 1", "30000, 0"})
  void onlyWhatWaitsForEverIsWrittenDown(String timeout, int written) {
    Site site =
        site(List.of(), List.of("semi_sync", "needed 1\ntimeout " + timeout + "\nackers my1 my3"));

    Acks acks = new MysqlSuccession().acks(site, MY2);

    assertThat(acks.recorded().needed()).isEqualTo(written);
    assertThat(MysqlDurability.of(acks).text())
        .isEqualTo("needed 1\ntimeout " + timeout + "\nackers my1 my3");
  }

  @Test
  void theOldLeadersEventsAndTheirClockMove() {
    Site site = site(List.of("event.1", "61.62", "setting.event_scheduler", "ON"), List.of());

    List<Lane> lanes = new MysqlSuccession().finish(site, MY1, MY2, List.of(MY1, MY3));

    assertThat(call(lanes.get(0).steps().get(0)).values())
        .containsEntry("events", Value.of("61.62"))
        .containsEntry("scheduler", Value.of("yes"));
  }

  @Test
  void theCandidateAndTheOthersAreToldOfEachOther() {
    Action.Handover handover =
        new MysqlSuccession().handover(site(List.of(), List.of()), MY1, MY2, List.of(MY3));

    assertThat(handover.closing().mode()).isEqualTo(ScriptCall.Mode.RESIDENT);
    Map<String, Value> follower = handover.following().get(MY3).values();
    assertThat(follower).containsEntry("source_host", Value.of("my2"));
    assertThat(follower.get("password")).isInstanceOf(Value.Hidden.class);
  }

  private static ScriptCall call(Step step) {
    return ((Action.Run) step.action()).call();
  }

  private static List<String> against(List<String> leader, List<String> candidate) {
    return new MysqlSuccession().objections(site(leader, candidate), MY1, MY2);
  }

  private static Site site(List<String> leader, List<String> candidate) {
    Facts follower = RecordedMysql.facts("follower");
    return new Site(
        RecordedMysql.cluster(3),
        RecordedMysql.read(
            RecordedMysql.facts("leader", leader.toArray(String[]::new)),
            RecordedMysql.facts("follower", candidate.toArray(String[]::new)),
            follower));
  }
}

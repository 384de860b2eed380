package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.inventory.Witness;
import replctl.playbooks.engine.Site;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.setup.SetupScene;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;

/**
 * pg1 leads, pg2 and pg3 follow, all with a vote; pg4 is declared, and there is nothing on it yet.
 */
class AddTest {
  private static final List<String> THREE = List.of("pg1", "pg2", "pg3");

  private static SetupScene scene() {
    return leading(SetupScene.adopted().more("pg4"))
        .recorded(THREE, THREE, List.of("pg2", "pg3"), 1)
        .replication(Replication.Mode.SEMI_SYNC, 1, Replication.OnLostSync.BLOCK)
        .fact("pg1", "setting.synchronous_standby_names", "ANY 1 (\"pg2\", \"pg3\")");
  }

  /** What rejoining wants to know of a leader. */
  private static SetupScene leading(SetupScene scene) {
    return scene
        .fact("pg1", "history.timeline", "1")
        .fact("pg1", "history.text", "")
        .fact("pg1", "lsn.write", "0/6000000")
        .fact("pg1", "lsn.flush", "0/6000000")
        .fact("pg1", "bytes", "1000000000")
        .fact("pg4", "disk.1.free", "90000000000");
  }

  private static Decision decide(SetupScene scene, String name) {
    NodeName node = new NodeName(name);
    Site site = scene.site();
    Rejoin.Aim aim = Add.aim(site, node, Add.Options.USUAL);
    return aim instanceof Rejoin.Aim.No no
        ? Decision.of(no.refusal())
        : new Add(new PostgresqlEngine())
            .decide("op-1", ((Rejoin.Aim.Reach) aim).goal(), Add.Options.USUAL);
  }

  private static Plan plan(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static List<String> names(Plan plan) {
    return plan.steps().map(Step::name).toList();
  }

  static List<NodeName> nodes(String... names) {
    return List.of(names).stream().map(NodeName::new).toList();
  }

  static LeaderRecord record(Plan plan, String step) {
    return ((Action.WriteDown) plan.step(step).orElseThrow().action()).wanted();
  }

  @Test
  void itFollowsFirstThenVotesAndOnlyThenWritesCountOnIt() {
    Plan plan = plan(decide(scene(), "pg4"));

    assertThat(names(plan))
        .containsSubsequence("access-pg1", "slot-pg4", "copy-pg4", "start-pg4", "follow-pg4")
        .containsSubsequence("follow-pg4", "record", "durability-pg1")
        .contains("access-pg2", "access-pg3", "passwords-pg2")
        .doesNotContain("record-durability");
    LeaderRecord wanted = record(plan, "record");
    assertThat(wanted.voters()).isEqualTo(nodes("pg1", "pg2", "pg3", "pg4"));
    assertThat(wanted.votersVersion()).isEqualTo(4);
    assertThat(wanted.ackers()).isEqualTo(nodes("pg2", "pg3", "pg4"));
    assertThat(wanted.acks()).isEqualTo(1);
    assertThat(plan.electorate().quorums())
        .containsExactly(nodes("pg1", "pg2", "pg3"), nodes("pg1", "pg2", "pg3", "pg4"));
    assertThat(plan.step("copy-pg4").orElseThrow().onFailure()).isEqualTo(Step.OnFailure.STOP);
    assertThat(plan.warnings()).anyMatch(w -> w.startsWith("4 hosts have a vote then"));
    assertThat(plan.verb()).isEqualTo("add pg4");
  }

  /** A leader that has ten senders need not restart for a fourth node. */
  @Test
  void aNodeMoreIsNoReasonToRestartTheLeader() {
    assertThat(names(plan(decide(scene(), "pg4")))).doesNotContain("restart-pg1");
  }

  /** One follower so far, and two acks asked for: more are waited for once there are two. */
  @Test
  void moreIsWaitedForBeforeMoreIsWrittenDown() {
    SetupScene scene =
        leading(SetupScene.adopted().undeclared("pg3").more("pg4"))
            .recorded(List.of("pg1", "pg2"), List.of("pg1", "pg2"), List.of("pg2"), 1)
            .replication(Replication.Mode.SEMI_SYNC, 2, Replication.OnLostSync.BLOCK)
            .fact("pg1", "setting.synchronous_standby_names", "ANY 1 (\"pg2\")");

    Plan plan = plan(decide(scene, "pg4"));

    assertThat(names(plan)).containsSubsequence("record", "durability-pg1", "record-durability");
    assertThat(record(plan, "record").acks()).isEqualTo(1);
    assertThat(record(plan, "record").ackers()).isEqualTo(nodes("pg2", "pg4"));
    assertThat(record(plan, "record-durability").acks()).isEqualTo(2);
    assertThat(record(plan, "record-durability").voters()).isEqualTo(nodes("pg1", "pg2", "pg4"));
  }

  @Test
  void oneAtATime() {
    Plan plan = plan(decide(scene().more("pg5"), "pg4"));

    assertThat(record(plan, "record").voters()).isEqualTo(nodes("pg1", "pg2", "pg3", "pg4"));
    assertThat(names(plan)).noneMatch(n -> n.endsWith("-pg5"));
    assertThat(plan.warnings()).contains("pg5 is not a member yet either: replctl add pg5");
  }

  /** A dead follower is often why another joins. */
  @Test
  void oneThatIsAwayLearnsOfItLater() {
    Plan plan = plan(decide(scene().silent("pg3"), "pg4"));

    assertThat(names(plan)).noneMatch(n -> n.endsWith("-pg3"));
    assertThat(record(plan, "record").ackers()).isEqualTo(nodes("pg2", "pg3", "pg4"));
    assertThat(plan.warnings())
        .contains("pg3 takes no part now, and learns of pg4 when it is back: replctl init");
  }

  /** Two of three must agree, and three of four. */
  @Test
  void withoutAMajorityOfTheOldAndTheNewNobodyJoins() {
    Refusal no = refusal(decide(scene().silent("pg2").silent("pg3"), "pg4"));

    assertThat(no.code()).isEqualTo(Refusal.Code.E_EPOCH_02);
    assertThat(no.found()).startsWith("only 1 of 3 hosts with a vote answered (pg1)");
  }

  @Test
  void oneThatMayNotLeadFollowsAndHasNoVote() {
    Plan plan = plan(decide(never(scene(), "pg4"), "pg4"));

    assertThat(names(plan)).contains("copy-pg4").doesNotContain("durability-pg1");
    assertThat(plan.electorate().quorums()).containsExactly(nodes("pg1", "pg2", "pg3"));
  }

  @Test
  void oneThatMayNotLeadAnyMoreGivesUpItsVote() {
    SetupScene scene = never(SetupScene.adopted(), "pg3").recorded(THREE, THREE, List.of(), 0);

    Plan plan = plan(decide(RemoveTest.streaming(leadingThree(scene)), "pg3"));

    assertThat(names(plan)).doesNotContain("copy-pg3");

    assertThat(record(plan, "record").voters()).isEqualTo(nodes("pg1", "pg2"));
    assertThat(plan.warnings()).anyMatch(w -> w.startsWith("two hosts have a vote then"));
  }

  private static SetupScene leadingThree(SetupScene scene) {
    return scene
        .fact("pg1", "history.timeline", "1")
        .fact("pg1", "history.text", "")
        .fact("pg3", "upstream.slot", "replctl_pg3");
  }

  private static SetupScene never(SetupScene scene, String name) {
    Node was = scene.declared(name);
    return scene.declare(
        new Node(
            was.name(),
            was.host(),
            was.region(),
            was.leader(),
            was.priority(),
            false,
            was.cascadeFrom(),
            was.delay(),
            was.connection(),
            was.ssh(),
            was.database(),
            was.layout(),
            was.fence()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pg1 | E_STATE_01    | leads                          | replctl switchover
          pg4 system_identifier=7300000000000000002 presence=stopped major=17 | E_IDENTITY_01 | belongs to another cluster | replctl add pg4
          pg4 presence=hung                                         | E_STATE_01    | server is hung   | replctl fence pg4
          pg4 installed.count=0 newest_bin_directory=               | E_STATE_01    | is not installed | apt-get install
          """)
  void itIsRefusedInWords(String changes, Refusal.Code code, String found, String next) {
    SetupScene scene = scene();
    String[] words = changes.strip().split(" ");
    for (int i = 1; i < words.length; i++) {
      String[] fact = words[i].split("=", 2);
      scene.fact(words[0], fact[0], fact[1]);
    }

    Refusal no = refusal(decide(scene, words[0]));

    assertThat(no.code()).isEqualTo(code);
    assertThat(no.found()).contains(found);
    assertThat(String.join("\n", no.next())).contains(next);
  }

  @Test
  void withoutALeaderNobodyJoins() {
    SetupScene scene =
        scene().fact("pg1", "in_recovery", "yes").fact("pg1", "standby_signal", "yes");
    assertThat(refusal(decide(scene, "pg4")).found()).startsWith("no node is seen to take writes");
  }

  @Test
  void aWitnessGetsItsVoteAndNothingElse() {
    Site site =
        SetupScene.adopted()
            .undeclared("pg3")
            .recorded(List.of("pg1", "pg2"), List.of("pg1", "pg2"), List.of("pg2"), 1)
            .witness("w1", new EpochFile.None())
            .site();
    Witness witness = site.cluster().witnesses().get(0);

    Plan plan = plan(new Add(new PostgresqlEngine()).decide("op-1", site, witness));

    assertThat(names(plan)).containsExactly("record");
    assertThat(record(plan, "record").voters()).isEqualTo(nodes("pg1", "pg2", "w1"));
    assertThat(record(plan, "record").ackers()).isEqualTo(nodes("pg2"));
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.electorate().joins(witness.name())).isTrue();
  }

  /** Behind add's and remove's back nobody gets a vote or loses it. */
  @Test
  void initChangesNoVoters() {
    Decision more =
        new Init(new PostgresqlEngine().setup()).decide("op-1", scene().site(), Init.Options.USUAL);
    assertThat(refusal(more).code()).isEqualTo(Refusal.Code.E_VOTERS_01);
    assertThat(refusal(more).next()).first().isEqualTo("replctl add pg4");

    Decision fewer =
        new Init(new PostgresqlEngine().setup())
            .decide("op-1", scene().undeclared("pg4").undeclared("pg3").site(), Init.Options.USUAL);
    assertThat(refusal(fewer).next()).containsExactly("replctl remove pg3");
  }

  @Test
  void whatIsAskedForByNameOrNotAtAll() {
    Add.Options by = new Add.Options(Optional.of("rewind"), false, false);
    Rejoin.Aim aim = Add.aim(scene().site(), new NodeName("pg4"), by);
    Refusal no =
        refusal(
            new Add(new PostgresqlEngine()).decide("op-1", ((Rejoin.Aim.Reach) aim).goal(), by));

    assertThat(no.next()).contains("replctl add pg4 --by clone");
  }
}

package replctl.playbooks.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.postgresql.PostgresqlEngine;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Step;
import replctl.playbooks.setup.SetupScene;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;

/**
 * pg1 leads, pg2 and pg3 follow it, each by a slot, and one of the two must acknowledge a write.
 */
class RemoveTest {
  private static final List<String> THREE = List.of("pg1", "pg2", "pg3");

  private static SetupScene scene() {
    return streaming(SetupScene.adopted())
        .recorded(THREE, THREE, List.of("pg2", "pg3"), 1)
        .replication(Replication.Mode.SEMI_SYNC, 1, Replication.OnLostSync.BLOCK)
        .fact("pg1", "setting.synchronous_standby_names", "ANY 1 (\"pg2\", \"pg3\")");
  }

  /** What the leader says of those who stream. */
  static SetupScene streaming(SetupScene scene) {
    scene.fact("pg1", "slot.count", "2").fact("pg1", "sender.count", "2");
    for (int n = 1; n <= 2; n++) {
      String node = "pg" + (n + 1);
      scene
          .fact("pg1", "slot." + n + ".name", "replctl_" + node)
          .fact("pg1", "slot." + n + ".active", "yes")
          .fact("pg1", "sender." + n + ".application", node)
          .fact("pg1", "sender." + n + ".state", "streaming")
          .fact("pg1", "sender." + n + ".address", "10.0.0." + (n + 1));
    }
    return scene;
  }

  private static SetupScene away(SetupScene scene, String node) {
    return idle(scene, node).silent(node);
  }

  private static SetupScene idle(SetupScene scene, String node) {
    int n = node.equals("pg2") ? 1 : 2;
    return scene
        .fact("pg1", "slot." + n + ".active", "no")
        .fact("pg1", "sender." + n + ".application", "nobody")
        .fact("pg1", "sender." + n + ".state", "catchup");
  }

  private static Decision decide(SetupScene scene, String node, Map<NodeName, String> confirmed) {
    return new Remove(new PostgresqlEngine())
        .decide("op-1", scene.site(), new NodeName(node), new Remove.Options(confirmed));
  }

  private static Plan plan(SetupScene scene, String node) {
    return plan(scene, node, Map.of());
  }

  private static Plan plan(SetupScene scene, String node, Map<NodeName, String> confirmed) {
    Decision decision = decide(scene, node, confirmed);
    assertThat(decision).isInstanceOf(Decision.Planned.class);
    return ((Decision.Planned) decision).plan();
  }

  private static Refusal refusal(SetupScene scene, String node) {
    Decision decision = decide(scene, node, Map.of());
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }

  private static List<String> names(Plan plan) {
    return plan.steps().map(Step::name).toList();
  }

  @Test
  void noWriteWaitsForItThenItHasNoVoteThenItStops() {
    Plan plan = plan(scene(), "pg3");

    assertThat(names(plan))
        .containsSubsequence("durability-pg1", "record", "stop-pg3", "drop-slot-pg1", "lift-pg3")
        .contains("access-pg1", "access-pg2", "passwords-pg1")
        .doesNotContain("record-durability", "access-pg3", "drop-slot-pg2");
    LeaderRecord wanted = AddTest.record(plan, "record");
    assertThat(wanted.voters()).isEqualTo(AddTest.nodes("pg1", "pg2"));
    assertThat(wanted.votersVersion()).isEqualTo(4);
    assertThat(wanted.ackers()).isEqualTo(AddTest.nodes("pg2"));
    assertThat(plan.electorate().quorums())
        .containsExactly(AddTest.nodes("pg1", "pg2", "pg3"), AddTest.nodes("pg1", "pg2"));
    assertThat(plan.warnings())
        .anyMatch(w -> w.startsWith("two hosts have a vote then (pg1, pg2)"))
        .anyMatch(w -> w.contains("pg3's data is left where it is, in /var/lib/postgresql/17/main"))
        .anyMatch(w -> w.startsWith("when it has left, take pg3 out of the inventory"));
    assertThat(plan.step("stop-pg3").orElseThrow().onFailure()).isEqualTo(Step.OnFailure.LET_GO);
  }

  /** Fewer must acknowledge: a failover must not count on more than there is. */
  @Test
  void whatIsLoweredIsWrittenDownFirst() {
    SetupScene scene =
        scene()
            .recorded(THREE, THREE, List.of("pg2", "pg3"), 2)
            .replication(Replication.Mode.SYNC, 0, Replication.OnLostSync.BLOCK)
            .fact("pg1", "setting.synchronous_commit", "remote_apply")
            .fact("pg1", "setting.synchronous_standby_names", "FIRST 2 (\"pg2\", \"pg3\")");

    Plan plan = plan(scene, "pg3");

    assertThat(names(plan)).containsSubsequence("record-durability", "durability-pg1", "record");
    assertThat(AddTest.record(plan, "record-durability").acks()).isEqualTo(1);
    assertThat(AddTest.record(plan, "record-durability").ackers())
        .isEqualTo(AddTest.nodes("pg2", "pg3"));
    assertThat(AddTest.record(plan, "record").ackers()).isEqualTo(AddTest.nodes("pg2"));
  }

  @Test
  void oneThatIsAwayIsLeftAsItIsAndThatIsSaid() {
    Plan plan = plan(away(scene(), "pg3"), "pg3");

    assertThat(names(plan))
        .containsSubsequence("durability-pg1", "record", "drop-slot-pg1")
        .doesNotContain("stop-pg3", "lift-pg3", "guard-leave-pg3");
    assertThat(plan.warnings())
        .anyMatch(w -> w.contains("owed there, once it answers: replctl remove pg3"));
  }

  /** Then nobody can reach it: the others take its vote. */
  @Test
  void oneThatTheInventoryDoesNotHaveLosesItsVote() {
    SetupScene scene = away(scene(), "pg3").undeclared("pg3");

    Plan plan = plan(scene, "pg3");

    assertThat(names(plan)).contains("durability-pg1", "record", "drop-slot-pg1");
    assertThat(AddTest.record(plan, "record").voters()).isEqualTo(AddTest.nodes("pg1", "pg2"));
    assertThat(plan.warnings()).noneMatch(w -> w.contains("out of the inventory"));
    assertThat(plan.electorate().hosts()).hasSize(2);
  }

  /** pg4 may never lead and has no vote: it leaves all the same. */
  @Test
  void whoHasNoVoteLeavesWithoutAChangeOfVoters() {
    SetupScene scene = scene().recorded(THREE, List.of("pg1", "pg2"), List.of("pg2", "pg3"), 1);

    Plan plan = plan(scene, "pg3");

    assertThat(names(plan)).contains("durability-pg1", "record", "stop-pg3", "drop-slot-pg1");
    assertThat(plan.electorate().quorums()).containsExactly(AddTest.nodes("pg1", "pg2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pg1 |                        | E_STATE_01 | pg1 leads                                  | replctl switchover shop
          pg9 |                        | E_STATE_01 | there is no pg9, neither                   | replctl status shop
          pg3 | pg1 in_recovery=yes,pg1 standby_signal=yes | E_STATE_01 | no node is seen to take writes | replctl status shop
          pg3 | pg2 in_recovery=no,pg2 standby_signal=no   | E_SPLIT_01 | pg1 and pg2 take writes        | replctl status shop
          pg3 | pg2 receiver.host=10.0.0.3,pg2 upstream.host=10.0.0.3 | E_STATE_01 | pg2 receives from pg3 | replctl rejoin pg2 --to pg1
          """)
  void itIsRefusedInWords(
      String node, String changes, Refusal.Code code, String found, String next) {
    SetupScene scene = scene();
    for (String change : changes == null ? new String[0] : changes.split(",")) {
      String[] words = change.strip().split("[ =]", 3);
      scene.fact(words[0], words[1], words[2]);
    }

    Refusal no = refusal(scene, node);

    assertThat(no.code()).isEqualTo(code);
    assertThat(no.found()).contains(found);
    assertThat(no.next()).anyMatch(n -> n.contains(next));
  }

  @Test
  void aDeclaredCascadeIsInTheWayToo() {
    SetupScene scene = scene();
    Node was = scene.declared("pg2");
    scene.declare(
        new Node(
            was.name(),
            was.host(),
            was.region(),
            was.leader(),
            was.priority(),
            was.mayLead(),
            Optional.of(new NodeName("pg3")),
            was.delay(),
            was.connection(),
            was.ssh(),
            was.database(),
            was.layout(),
            was.fence()));

    Refusal no = refusal(scene, "pg3");

    assertThat(no.found()).contains("pg2 is declared to receive from pg3");
    assertThat(no.next()).contains("take cascade_from of pg2 out of the inventory");
  }

  @Test
  void whereTooFewWouldAcknowledgeItIsRefused() {
    SetupScene two =
        scene()
            .undeclared("pg3")
            .recorded(List.of("pg1", "pg2"), List.of("pg1", "pg2"), List.of("pg2"), 1)
            .fact("pg1", "setting.synchronous_standby_names", "ANY 1 (\"pg2\")");
    Refusal no = refusal(two, "pg2");
    assertThat(no.found())
        .isEqualTo(
            "durability semi-sync asks for 1 follower that acknowledges, and without pg2 there are"
                + " 0: writes would wait for ever.");
    assertThat(no.next()).contains("add another node first: replctl add NODE");

    // The other one does not receive now: it would be waited for.
    Refusal waits = refusal(idle(scene(), "pg2"), "pg3");
    assertThat(waits.found())
        .isEqualTo(
            "writes would wait without pg3: they need 1 follower, and 0 are left that receive.");
    // One that holds writes up already is no reason to keep it.
    assertThat(names(plan(away(scene(), "pg2"), "pg2"))).contains("record");
  }

  @Test
  void oneThatStillReceivesAndCanNotBeStoppedIsClosedFirst() {
    Refusal no = refusal(scene().silent("pg3"), "pg3");

    assertThat(no.code()).isEqualTo(Refusal.Code.E_REACH_01);
    assertThat(no.next()).contains("close it first: replctl fence pg3");
  }

  /** Two voters, and one of them is gone: no majority, but for a node that is closed. */
  @Test
  void ofTwoTheLostOneIsClosedFirst() {
    SetupScene two =
        away(scene(), "pg2")
            .undeclared("pg3")
            .recorded(List.of("pg1", "pg2"), List.of("pg1", "pg2"), List.of(), 0)
            .replication(Replication.Mode.ASYNC, 0, Replication.OnLostSync.BLOCK)
            .fact("pg1", "setting.synchronous_standby_names", "");

    Plan plan = plan(two, "pg2", Map.of(new NodeName("pg2"), "ann@ops1"));

    assertThat(names(plan)).startsWith("fence-pg2", "record");
    assertThat(plan.electorate().minority()).isTrue();
    assertThat(AddTest.record(plan, "record").closed()).containsKey(new NodeName("pg2"));
    Action.Fence fence = (Action.Fence) plan.step("fence-pg2").orElseThrow().action();
    assertThat(fence.confirmed()).contains("ann@ops1");
  }

  /**
   * Of three, two are gone: the other must be seen off too, and nothing is switched off unasked.
   */
  @Test
  void ofThreeTheOtherLostOneIsClosedOnlyWhereThatIsTyped() {
    SetupScene one = away(away(scene(), "pg2"), "pg3");

    Refusal no = refusal(one, "pg3");

    assertThat(no.code()).isEqualTo(Refusal.Code.E_EPOCH_02);
    assertThat(no.next()).anyMatch(n -> n.endsWith("replctl remove pg3 --confirm-fenced pg2"));
    Plan plan = plan(one, "pg3", Map.of(new NodeName("pg2"), "ann@ops1"));
    assertThat(names(plan)).contains("fence-pg2", "fence-pg3");
    assertThat(refusal(one.undeclared("pg3"), "pg3").next())
        .containsExactly("put pg3 back into the inventory, then: replctl remove pg3");
  }

  /**
   * Whatever changes: who may acknowledge is written down, and never more acks than are waited for.
   */
  @Property
  void whatIsWrittenDownIsNeverMoreThanHolds(
      @ForAll @IntRange(max = 7) int before,
      @ForAll @IntRange(max = 7) int after,
      @ForAll @IntRange(max = 3) int acksBefore,
      @ForAll @IntRange(max = 3) int acksAfter) {
    LeaderRecord last =
        new LeaderRecord(
            7,
            "op-7",
            new NodeName("pg1"),
            AddTest.nodes("pg1"),
            1,
            some(before),
            acksBefore,
            new TreeMap<>(),
            List.of());
    Votes votes =
        new Votes(
            last,
            Optional.of(acks(before, acksBefore)),
            acks(after, acksAfter),
            AddTest.nodes("pg1", "pg4"),
            Map.of());

    assertThat(votes.meanwhile().ackers()).containsAll(some(before)).containsAll(some(after));
    assertThat(votes.meanwhile().acks()).isEqualTo(Math.min(acksBefore, acksAfter));
    assertThat(votes.after().ackers()).isEqualTo(some(after));
    assertThat(votes.weakens()).isEqualTo(acksAfter < acksBefore);
    assertThat(votes.atOnce())
        .isEqualTo(acksAfter <= acksBefore && some(after).containsAll(some(before)));
  }

  private static Acks acks(int which, int needed) {
    return new Acks(needed, Acks.Level.FLUSHED, false, some(which), List.of(), false, List.of());
  }

  private static List<NodeName> some(int bits) {
    return List.of(2, 3, 4).stream()
        .filter(n -> (bits >> (n - 2) & 1) == 1)
        .map(n -> new NodeName("pg" + n))
        .toList();
  }
}

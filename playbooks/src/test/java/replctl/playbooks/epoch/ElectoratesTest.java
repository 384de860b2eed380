package replctl.playbooks.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Voter;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.world.Trouble;

class ElectoratesTest {
  private static final Contact GONE = new Contact(Trouble.UNREACHABLE, "no answer in 2 s");

  private static EpochFile file(
      long promised, boolean open, OptionalLong heartbeat, String... voters) {
    List<NodeName> names = List.of(voters).stream().map(NodeName::new).toList();
    LeaderRecord leads =
        new LeaderRecord(
            promised, "op-x", names.get(0), names, 1, List.of(), 0, new TreeMap<>(), List.of());
    return new EpochFile.Known(
        true, promised, "op-x", open, "bob@adm2, process 7", heartbeat, Optional.of(leads));
  }

  private static Electorate called(Scene scene, Electorates.Wish wish) {
    Electorates.Called called = Electorates.of(scene.cluster(), scene.seen(), wish);
    assertThat(called).isInstanceOf(Electorates.Called.Of.class);
    return ((Electorates.Called.Of) called).electorate();
  }

  private static Refusal refused(Scene scene, Electorates.Wish wish) {
    Electorates.Called called = Electorates.of(scene.cluster(), scene.seen(), wish);
    assertThat(called).isInstanceOf(Electorates.Called.No.class);
    return ((Electorates.Called.No) called).refusal();
  }

  @Test
  void theNextNumberIsAboveAllThatWereSeen() {
    Electorate electorate = called(Scene.healthy(), Electorates.Wish.USUAL);
    assertThat(electorate.epoch()).isEqualTo(8);
    assertThat(electorate.first()).isFalse();
    assertThat(electorate.quorums())
        .containsExactly(List.of(new NodeName("pg1"), new NodeName("pg2"), new NodeName("pg3")));
  }

  @Test
  void oneOfThreeIsNoMajority() {
    Scene scene = Scene.healthy().silent("pg1", GONE).silent("pg3", GONE);
    Refusal refusal = refused(scene, Electorates.Wish.USUAL);
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_EPOCH_02);
    assertThat(refusal.found())
        .isEqualTo(
            "only 1 of 3 hosts with a vote answered (pg2). A majority is needed to be sure that no"
                + " other operation runs.");
    assertThat(called(scene, Electorates.Wish.EMERGENCY).minority()).isTrue();
  }

  @Test
  void anotherOperationThatIsNotOverHoldsTheCluster() {
    Scene scene =
        Scene.healthy().promised(file(9, true, OptionalLong.of(3_000), "pg1", "pg2", "pg3"));
    Refusal refusal = refused(scene, Electorates.Wish.USUAL);
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_EPOCH_01);
    assertThat(refusal.found())
        .isEqualTo(
            "operation op-x holds epoch 9 (bob@adm2, process 7, last at work 3 s ago) and is not"
                + " over.");
    assertThat(refused(scene, Electorates.Wish.EMERGENCY).code())
        .isEqualTo(Refusal.Code.E_EPOCH_01);
  }

  @Test
  void anEmergencyTakesThePlaceOfOneThatIsSilent() {
    Scene scene =
        Scene.healthy().promised(file(9, true, OptionalLong.of(61_000), "pg1", "pg2", "pg3"));
    assertThat(called(scene, Electorates.Wish.EMERGENCY).over()).containsExactly("op-x");
    assertThat(refused(scene, Electorates.Wish.USUAL).code()).isEqualTo(Refusal.Code.E_EPOCH_01);
  }

  @Test
  void anInventoryWithOtherVotersIsRefused() {
    Scene scene =
        Scene.healthy().promised(file(9, false, OptionalLong.empty(), "pg1", "pg2", "old"));
    Refusal refusal = refused(scene, Electorates.Wish.USUAL);
    assertThat(refusal.code()).isEqualTo(Refusal.Code.E_VOTERS_01);
    assertThat(refusal.next())
        .containsExactly(
            "replctl add pg3",
            "should pg3 have left, or not be there yet: take it out of the inventory",
            "replctl remove old");
    // Nobody joins or leaves a cluster that has lost its leader.
    assertThat(refused(scene, Electorates.Wish.EMERGENCY).next())
        .containsExactly(
            "should pg3 have left, or not be there yet: take it out of the inventory",
            "put old back into the inventory, until the cluster has a leader");
    assertThat(refused(scene.mayNotLead("pg2"), Electorates.Wish.USUAL).next())
        .contains("replctl add pg2, which follows on and gives up its vote");
  }

  private static List<NodeName> names(String... names) {
    return List.of(names).stream().map(NodeName::new).toList();
  }

  /** One that joins needs no file yet; what is recorded and not declared is in nobody's way. */
  @Test
  void whereVotersChangeTheOldAndTheNewAreAsked() {
    Scene scene = Scene.healthy().promised(file(9, false, OptionalLong.empty(), "pg1", "old"));
    Electorates.Wish joins = Electorates.Wish.voters(names("pg1", "old", "pg3"), false);

    // Of the two that vote only one can be asked.
    assertThat(refused(scene, joins).found()).startsWith("only 1 of 2 hosts with a vote answered");

    Scene three = Scene.healthy().promised(file(9, false, OptionalLong.empty(), "pg1", "pg2"));
    Electorate electorate =
        called(three, Electorates.Wish.voters(names("pg1", "pg2", "pg3"), false));
    assertThat(electorate.quorums())
        .containsExactly(names("pg1", "pg2"), names("pg1", "pg2", "pg3"));
    assertThat(electorate.joins(new NodeName("pg3"))).isTrue();
    assertThat(electorate.joins(new NodeName("pg2"))).isFalse();
    assertThat(electorate.hosts()).allMatch(Voter::votes);
  }

  @Test
  void withoutAnyRecordOnlyInitMayBegin() {
    Scene scene = Scene.healthy().promised(new EpochFile.None());
    assertThat(refused(scene, Electorates.Wish.USUAL).next()).containsExactly("replctl init shop");
    Electorate first = called(scene, Electorates.Wish.FOUNDING);
    assertThat(first.first()).isTrue();
    assertThat(first.epoch()).isEqualTo(1);
  }

  private static EpochFile maintained(OptionalLong limitMs, long knownMs) {
    EpochFile.Known file =
        (EpochFile.Known) file(9, false, OptionalLong.empty(), "pg1", "pg2", "pg3");
    Maintenance hands = new Maintenance("op-x", "bob@adm2", "new disks", limitMs);
    return new EpochFile.Known(
        true,
        9,
        "op-x",
        false,
        "bob@adm2",
        OptionalLong.empty(),
        file.leader().map(leads -> leads.maintained(Optional.of(hands))),
        OptionalLong.of(knownMs));
  }

  @ParameterizedTest
  @CsvSource({
    "usual, true",
    "founding, true",
    "emergency, true",
    "voters, true",
    "closing, false",
    "handsOff, false",
  })
  void underMaintenanceNothingBeginsButWhatClosesOrEndsIt(String name, boolean refused) {
    Electorates.Wish wish =
        switch (name) {
          case "usual" -> Electorates.Wish.USUAL;
          case "founding" -> Electorates.Wish.FOUNDING;
          case "emergency" -> Electorates.Wish.EMERGENCY;
          case "voters" -> Electorates.Wish.voters(names("pg1", "pg2", "pg3"), false);
          case "closing" -> Electorates.Wish.CLOSING;
          default -> Electorates.Wish.HANDS_OFF;
        };
    Scene scene = Scene.healthy().promised(maintained(OptionalLong.of(7_200_000), 300_000));

    if (refused) {
      Refusal refusal = refused(scene, wish);
      assertThat(refusal.code()).isEqualTo(Refusal.Code.E_MAINTENANCE_01);
      assertThat(refusal.code().exitCode()).isEqualTo(10);
      assertThat(refusal.found())
          .isEqualTo(
              "shop is under maintenance by bob@adm2, begun 5 min ago, for 2 h (new disks).");
      assertThat(refusal.next())
          .containsExactly(
              "the same with --in-maintenance, if that is meant for this too",
              "when it is over: replctl maintenance off shop");
    } else {
      called(scene, wish);
    }
    assertThat(Electorates.of(scene.cluster(), scene.seen().despiteMaintenance(), wish))
        .isInstanceOf(Electorates.Called.Of.class);
  }

  @Test
  void maintenanceIsOverByItselfWhereItWasMeantTo() {
    called(
        Scene.healthy().promised(maintained(OptionalLong.of(60_000), 60_000)),
        Electorates.Wish.USUAL);
    refused(
        Scene.healthy().promised(maintained(OptionalLong.of(60_000), 59_999)),
        Electorates.Wish.USUAL);
    refused(
        Scene.healthy().promised(maintained(OptionalLong.empty(), Long.MAX_VALUE / 2)),
        Electorates.Wish.USUAL);
  }

  @Test
  void aFileThatCanNotBeReliedOnIsNamed() {
    Scene scene = Scene.healthy().promised(new EpochFile.Unreadable("it is cut off"));
    assertThat(refused(scene, Electorates.Wish.USUAL).found())
        .startsWith("pg1's epoch file can't be relied on: it is cut off; pg2's epoch file");
  }
}

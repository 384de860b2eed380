package replctl.playbooks.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Epochs;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Trouble;

/** What the hosts' epoch files make of a cluster. */
class EpochRulesTest {
  private static final NodeName PG1 = new NodeName("pg1");
  private static final NodeName PG2 = new NodeName("pg2");
  private static final NodeName PG3 = new NodeName("pg3");

  private static LeaderRecord record(long epoch, NodeName leader, String op, NodeName... debts) {
    return new LeaderRecord(
        epoch,
        op,
        leader,
        List.of(PG1, PG2, PG3),
        1,
        List.of(),
        0,
        new TreeMap<>(Map.of(PG3, "power")),
        List.of(debts));
  }

  private static EpochFile file(LeaderRecord record) {
    return new EpochFile.Known(
        true,
        record.epoch(),
        record.operation(),
        false,
        "ann@ops1",
        OptionalLong.empty(),
        Optional.of(record));
  }

  private static EpochFile open(long epoch, OptionalLong heartbeat) {
    return new EpochFile.Known(
        true, epoch, "op-9", true, "bob@adm2 77", heartbeat, Optional.of(record(7, PG1, "op-7")));
  }

  private static Snapshot seen(EpochFile pg1, EpochFile pg2, EpochFile pg3) {
    Snapshot seen = Scene.healthy().seen();
    return new Snapshot(
        seen.at(), seen.nodes(), new Epochs(new TreeMap<>(Map.of(PG1, pg1, PG2, pg2, PG3, pg3))));
  }

  private static List<Finding> judge(Snapshot seen) {
    return EpochRules.of(Scene.healthy().cluster(), seen);
  }

  private static Finding only(Snapshot seen) {
    List<Finding> found = judge(seen);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60000|5000|hands off, by bob@adm2, begun 5 s ago, for 60 s (new disks)",
        "60000|150000|hands off, by bob@adm2, begun 2 min ago, and was meant for 60 s: it is over"
            + " by itself (new disks)",
        "-1|259200000|hands off, by bob@adm2, begun 3 d ago (new disks)",
      })
  void maintenanceIsSaidAndIsNoWarning(long limitMs, long knownMs, String what) {
    Maintenance hands =
        new Maintenance(
            "op-7",
            "bob@adm2",
            "new disks",
            limitMs < 0 ? OptionalLong.empty() : OptionalLong.of(limitMs));
    EpochFile file =
        new EpochFile.Known(
            true,
            7,
            "op-7",
            false,
            "bob@adm2",
            OptionalLong.empty(),
            Optional.of(record(7, PG1, "op-7").maintained(Optional.of(hands))),
            OptionalLong.of(knownMs));

    Finding said = only(seen(file, file, file));

    assertThat(said.level()).isEqualTo(Level.NOTE);
    assertThat(said.code()).isEqualTo("maintenance");
    assertThat(said.text()).isEqualTo(what);
    assertThat(said.cure()).isEqualTo("replctl maintenance off shop");
  }

  @Test
  void nothingIsSaidWhereAllHostsKnowTheSame() {
    EpochFile seven = file(record(7, PG1, "op-7"));

    assertThat(judge(seen(seven, seven, seven))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3000, NOTE, 'it was last at work 3 s ago', 'should its process be gone: '",
    "59999, NOTE, 'it was last at work 59 s ago', 'should its process be gone: '",
    "60000, WARNING, 'it was last at work 60 s ago', ''",
    "420000, WARNING, 'it was last at work 7 min ago', ''",
    "-1, WARNING, 'when it was last at work is not known', ''",
  })
  void anOperationThatIsNotOverIsNamed(long ms, Level level, String age, String before) {
    EpochFile eight = open(8, ms < 0 ? OptionalLong.empty() : OptionalLong.of(ms));

    Finding finding = only(seen(eight, eight, eight));

    assertThat(finding.code()).isEqualTo("operation-open");
    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.text())
        .isEqualTo("op-9 holds epoch 8 (bob@adm2 77) and is not over; " + age);
    assertThat(finding.cure()).isEqualTo(before + "replctl op resume op-9");
  }

  @Test
  void hostsThatWereAwayKnowAnOlderRecord() {
    EpochFile eight = file(record(8, PG1, "op-8"));

    Finding finding = only(seen(eight, eight, file(record(7, PG2, "op-7"))));

    assertThat(finding.level()).isEqualTo(Level.NOTE);
    assertThat(finding.text())
        .isEqualTo("not every host knows of epoch 8, leader pg1: pg3 has epoch 7, leader pg2");
  }

  @Test
  void aRecordOnOneHostOnlyIsNoMajoritys() {
    EpochFile seven = file(record(7, PG2, "op-7"));

    assertThat(judge(seen(file(record(8, PG1, "op-8")), seven, seven)))
        .extracting(Finding::code)
        .containsExactly("record-minority", "record-older");
  }

  @Test
  void twoRecordsOfOneEpochAreACorruption() {
    EpochFile one = file(record(8, PG1, "op-8"));

    Finding finding = only(seen(one, one, file(record(8, PG2, "op-x"))));

    assertThat(finding.level()).isEqualTo(Level.CRITICAL);
    assertThat(finding.text())
        .isEqualTo(
            "hosts disagree about who leads in epoch 8: pg1 (op-8) by pg1 and pg2, pg2 (op-x) by"
                + " pg3");
  }

  @Test
  void aLeaderThatNobodyWroteDownIsSaid() {
    EpochFile seven = file(record(7, PG2, "op-7"));

    Finding finding = only(seen(seven, seven, seven));

    assertThat(finding.code()).isEqualTo("leader-unrecorded");
    assertThat(finding.text())
        .isEqualTo("pg1 takes writes, and by the newest record (epoch 7) pg2 leads");
    assertThat(finding.cure()).contains("replctl open pg1 --re-record", "replctl fence pg1");
  }

  @Test
  void hostsWithoutAVoteAndTooFewOfThem() {
    EpochFile seven = file(record(7, PG1, "op-7"));

    assertThat(only(seen(seven, seven, new EpochFile.None())).text())
        .isEqualTo("pg3 has no vote: its epoch file is gone");
    assertThat(only(seen(seven, EpochFile.SILENT, EpochFile.SILENT)).text())
        .isEqualTo(
            "1 of 3 hosts with a vote answer: no majority, so that only a failover can begin");
    assertThat(only(seen(seven, seven, new EpochFile.Unreadable("it is cut off"))).text())
        .isEqualTo("pg3's epoch file can't be relied on: it is cut off");
  }

  @Test
  void withoutAnyRecordThereIsNothingToDecideBy() {
    EpochFile none = new EpochFile.None();

    assertThat(only(seen(none, none, none)).code()).isEqualTo("no-epoch");
  }

  @Test
  void whatIsOwedIsSaidWithTheNextCommand() {
    EpochFile eight = file(record(8, PG1, "op-8", PG3));
    Snapshot follows = seen(eight, eight, eight);
    Snapshot silent = silent(follows, PG3);

    assertThat(judge(follows)).as("a follower's disk says that it is closed").isEmpty();
    assertThat(Debts.of(follows)).isEmpty();
    Finding debt = only(silent);
    assertThat(debt.code()).isEqualTo(Debts.CODE);
    assertThat(debt.level()).isEqualTo(Level.WARNING);
    assertThat(debt.text()).startsWith("pg3 was closed from outside (power)");
    assertThat(debt.cure()).isEqualTo("switch it on by hand, then: replctl rejoin pg3");
  }

  private static Snapshot silent(Snapshot seen, NodeName name) {
    List<NodeView> nodes = new ArrayList<>();
    for (NodeView node : seen.nodes()) {
      nodes.add(
          node.name().equals(name)
              ? new NodeView(
                  name, new Contact(Trouble.SILENT, "said nothing for 2 s"), Optional.empty())
              : node);
    }
    return new Snapshot(seen.at(), nodes, seen.epochs());
  }
}

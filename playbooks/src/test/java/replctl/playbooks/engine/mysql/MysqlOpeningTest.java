package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static replctl.playbooks.engine.mysql.RecordedMysql.facts;

import java.util.Map;
import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Action;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** When a leader that is closed may be opened. */
class MysqlOpeningTest {
  private static final NodeName MY1 = new NodeName("my1");
  private static final String UUID1 = "4752a50e-ec7e-11f1-bfbf-02000000000b";
  private static final String UUID3 = "47469248-ec7e-11f1-b75d-02000000000d";

  private final MysqlOpening opening = new MysqlOpening();

  private static Site site(Facts leader, Facts follower) {
    return new Site(
        RecordedMysql.cluster(3),
        RecordedMysql.read(leader, facts("stopped", "server_uuid", ""), follower));
  }

  private static Facts closed(String... otherwise) {
    String[] all = new String[otherwise.length + 2];
    all[0] = "writable";
    all[1] = "no";
    System.arraycopy(otherwise, 0, all, 2, otherwise.length);
    return facts("leader", all);
  }

  @Test
  void oneThatRunsClosedOrIsStoppedCanBeOpenedAndAFollowerCanNot() {
    Site site = site(closed(), facts("follower"));

    assertThat(opening.isClosed(site.seen(MY1))).isTrue();
    assertThat(opening.isClosed(site.seen(new NodeName("my2")))).isTrue();
    assertThat(opening.isClosed(site.seen(new NodeName("my3")))).isFalse();
  }

  @Test
  void nothingSpeaksAgainstOneThatHasAll() {
    assertThat(opening.objections(site(closed(), facts("follower")), MY1)).isEmpty();
  }

  @Test
  void whatAnotherHasBesidesSpeaksAgainstIt() {
    assertThat(
            opening.objections(
                site(closed(), facts("follower", "channel.1.received", UUID1 + ":1-12")), MY1))
        .containsExactly(
            "my3 has 3 transactions that it lacks ("
                + UUID1
                + ":10-12): it is behind, or another was promoted");
    assertThat(
            opening.objections(
                site(
                    closed(), facts("follower", "gtid.executed", UUID1 + ":1-9," + UUID3 + ":1-2")),
                MY1))
        .containsExactly(
            "my3 has 2 transactions that it lacks ("
                + UUID3
                + ":1-2): written on my3, or that one was promoted");
  }

  /** By the epoch's row only my1 has made history since: it is no word on who was promoted. */
  @Test
  void whatAFollowerWroteOnTheSideIsNoObjection() {
    Facts errant =
        facts(
            "follower",
            "gtid.executed",
            UUID1 + ":1-9," + UUID3 + ":1-2",
            "opened.epoch",
            "7",
            "opened.server",
            UUID1,
            "opened.transactions",
            UUID1 + ":1-4");

    assertThat(opening.objections(site(closed(), errant), MY1)).isEmpty();
    assertThat(opening.warnings(site(closed(), errant), MY1))
        .containsExactly(
            "my3 has 2 transactions of its own, written while it followed ("
                + UUID3
                + ":1-2): the others never get that, and it must be rejoined");
    Step step = opening.open(site(facts("stopped"), errant), MY1).get(0);
    assertThat(((Action.Run) step.action()).call().values().get("others"))
        .isEqualTo(Value.of("my3 " + UUID1 + ":1-9"));
    Facts promoted = errant.and(Facts.of(Map.of("channel.count", "0")));
    assertThat(opening.objections(site(closed(), promoted), MY1)).hasSize(1);
  }

  /** What one that is stopped has is seen on its host, before it is opened. */
  @Test
  void itsHostIsToldWhatTheOthersHave() {
    Site site = site(facts("stopped"), facts("follower"));

    assertThat(opening.objections(site, MY1)).isEmpty();
    Step step = opening.open(site, MY1).get(0);
    Value others = ((Action.Run) step.action()).call().values().get("others");
    assertThat(others).isEqualTo(Value.of("my3 " + UUID1 + ":1-9"));
  }

  @Test
  void theMarkerOfAFenceKeepsItClosed() {
    assertThat(opening.closed(site(closed("fenced", "8 op-8"), facts("follower")), MY1))
        .contains("it was fenced: 8 op-8");
    assertThat(opening.closed(site(closed(), facts("follower")), MY1)).isEmpty();
  }
}

package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.cli.render.Shop;
import replctl.cli.render.Span;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

class HappeningsTest {
  private static List<String> between(Snapshot before, Snapshot after) {
    return Happenings.between(before, after).stream().map(Span::text).toList();
  }

  private static Snapshot seen(NodeView... nodes) {
    return new Snapshot(Instant.EPOCH, List.of(nodes));
  }

  @Test
  void nothingIsSaidWhereNothingHappened() {
    assertThat(between(Shop.owing(), Shop.owing())).isEmpty();
    assertThat(
            between(
                seen(Shop.leader("pg1"), Shop.keepingUp("pg2")),
                seen(Shop.leader("pg1"), Shop.lagging("pg2"))))
        .isEmpty();
  }

  @Test
  void anotherLeader() {
    Snapshot one = seen(Shop.leader("pg1"), Shop.keepingUp("pg2"));
    Snapshot other = seen(Shop.keepingUp("pg1"), Shop.leader("pg2"));
    Snapshot none = seen(Shop.keepingUp("pg1"), Shop.keepingUp("pg2"));

    assertThat(between(one, other)).containsExactly("pg2 leads; it was pg1");
    assertThat(between(one, none)).containsExactly("no leader is seen any more; it was pg1");
    assertThat(between(none, other)).containsExactly("pg2 leads");
    assertThat(between(one, seen(Shop.leader("pg1"), Shop.leader("pg2"))))
        .containsExactly("SPLIT BRAIN: pg1 and pg2 take writes");
  }

  @Test
  void aNodeThatIsLostAndComesBack() {
    Snapshot there = seen(Shop.leader("pg1"), Shop.keepingUp("pg2"));
    Snapshot gone = seen(Shop.leader("pg1"), Shop.silent("pg2"));

    assertThat(between(there, gone))
        .containsExactly("pg2 does not answer: took the connection and said nothing for 2 s");
    assertThat(between(gone, there)).containsExactly("pg2 answers again");
  }

  @Test
  void aDebtThatAppearsAndIsPaid() {
    assertThat(between(Shop.SEEN, Shop.owing()))
        .containsExactly(
            "owed: pg4 was closed from outside, and is not proven to be closed on its own disk");
    assertThat(between(Shop.owing(), Shop.SEEN))
        .containsExactly("paid: nothing is owed on pg4 any more");
  }
}

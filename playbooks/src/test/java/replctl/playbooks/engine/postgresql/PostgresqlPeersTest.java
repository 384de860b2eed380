package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;
import replctl.playbooks.world.Facts;

/** Whom a server tells of, from what real ones have said. */
class PostgresqlPeersTest {
  private static final Optional<String> SELF = Optional.of("7711821473607903562");

  private static Peers of(Facts facts) {
    Node node = Recorded.cluster(1).nodes().get(0);
    return new PostgresqlSurvey().peers(node, facts);
  }

  @Test
  void aLeaderTellsOfItsFollowers() {
    Peers leader = of(Recorded.facts("leader"));
    assertThat(leader.self()).isEqualTo(SELF);
    assertThat(leader.upstream()).isEmpty();
    assertThat(leader.followers())
        .containsExactly(
            new Peer("127.0.0.1", OptionalInt.empty(), Optional.of("pg2"), SELF),
            new Peer("127.0.0.1", OptionalInt.empty(), Optional.of("pg3"), SELF));
  }

  @Test
  void aFollowerTellsOfItsUpstreamAndHowLateItIs() {
    Peers follower = of(Recorded.facts("follower", "setting.recovery_min_apply_delay", "3600000"));
    assertThat(follower.upstream())
        .contains(new Peer("127.0.0.1", OptionalInt.of(21001), Optional.empty(), SELF));
    assertThat(follower.delay()).contains(Duration.ofHours(1));
    Peers stopped =
        of(
            Recorded.facts(
                "follower",
                "receiver.host",
                "",
                "upstream.host",
                "pg7,pg8",
                "upstream.port",
                "5433,5434"));
    assertThat(stopped.upstream())
        .contains(new Peer("pg7", OptionalInt.of(5433), Optional.empty(), SELF));
  }

  @Test
  void backupsAndLogicalSubscribersAreNoNodesAndNoNameIsNone() {
    Peers leader =
        of(
            Recorded.facts(
                "leader",
                "sender.1.state",
                "backup",
                "sender.2.application",
                "walreceiver",
                "sender.3.pid",
                "77",
                "sender.3.application",
                "sub",
                "sender.count",
                "3",
                "slot.count",
                "1",
                "slot.1.type",
                "logical",
                "slot.1.active_pid",
                "77"));
    assertThat(leader.followers()).singleElement().satisfies(p -> assertThat(p.name()).isEmpty());
    assertThat(leader.remarks()).singleElement().asString().contains("logical subscribers");
  }
}

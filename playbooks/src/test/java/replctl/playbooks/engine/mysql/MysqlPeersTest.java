package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;
import replctl.playbooks.world.Facts;

/** Whom a server tells of, from what real ones have said. */
class MysqlPeersTest {
  private static final Optional<String> LEADER =
      Optional.of("4752a50e-ec7e-11f1-bfbf-02000000000b");

  private static Peers of(Facts facts) {
    return new MysqlSurvey().peers(RecordedMysql.cluster(1).nodes().get(0), facts);
  }

  @Test
  void aLeaderTellsOfItsFollowersByTheirNamesOfTheirOwn() {
    Peers leader = of(RecordedMysql.facts("leader"));
    assertThat(leader.self()).isEqualTo(LEADER);
    assertThat(leader.upstream()).isEmpty();
    assertThat(leader.followers())
        .extracting(Peer::host, p -> p.self().orElse("?"))
        .containsExactly(
            tuple("my2", "47138e39-ec7e-11f1-a8ee-02000000000c"),
            tuple("my3", "47469248-ec7e-11f1-b75d-02000000000d"));
  }

  @Test
  void aFollowerTellsOfItsSourceAndHowLateItIs() {
    Peers follower = of(RecordedMysql.facts("follower", "channel.1.delay", "3600"));
    assertThat(follower.upstream())
        .contains(new Peer("my1", OptionalInt.of(3306), Optional.empty(), LEADER));
    assertThat(follower.delay()).contains(Duration.ofHours(1));
    assertThat(of(RecordedMysql.facts("follower", "channel.1.port", "70000")).upstream())
        .hasValueSatisfying(p -> assertThat(p.port()).isEmpty());
  }
}

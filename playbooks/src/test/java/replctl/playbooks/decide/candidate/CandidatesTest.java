package replctl.playbooks.decide.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Scene;
import replctl.playbooks.snapshot.Contact;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Trouble;

class CandidatesTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        fault("may-lead", "failover: never", s -> s.mayNotLead("pg2")),
        fault(
            "answers",
            "no answer in 2 s",
            s -> s.silent("pg2", new Contact(Trouble.UNREACHABLE, "no answer in 2 s"))),
        fault(
            "answers",
            "no answer over SSH (refused); its server answers SQL, and nothing can be done on its"
                + " host",
            s -> s.serverAlone("pg2", Trouble.REFUSED, "refused")),
        fault("answers", "stopped", s -> s.presence("pg2", Presence.STOPPED)),
        fault(
            "answers",
            "hung: it takes connections and does not answer",
            s -> s.presence("pg2", Presence.HUNG)),
        fault(
            "follows",
            "it takes no writes and follows nobody",
            s -> s.role("pg2", Role.CLOSED_LEADER)),
        fault("same-cluster", "identity 99, the leader has 7", s -> s.identity("pg2", "99")),
        fault(
            "same-history",
            "its history parted from the leader's: it is at 2/1100",
            s -> s.position("pg2", 2, 1100)),
        fault("streams", "it does not receive", s -> s.streaming("pg2", false)),
        fault("streams", "it receives from pg3", s -> s.upstream("pg2", "pg3")),
        fault(
            "close-behind",
            "200 MiB, 1.0 s behind (limits 100 MiB, 30.0 s)",
            s -> s.lag("pg2", 200L << 20, Duration.ofSeconds(1), Lag.Cause.LINK)),
        fault(
            "close-behind",
            "0 B, 31.0 s behind (limits 100 MiB, 30.0 s)",
            s -> s.lag("pg2", 0, Duration.ofSeconds(31), Lag.Cause.APPLY)),
        fault(
            "applies-freely",
            "replay is paused",
            s -> s.lag("pg2", 0, Duration.ZERO, Lag.Cause.PAUSED)),
        fault(
            "applies-freely",
            "a query holds replay",
            s -> s.lag("pg2", 0, Duration.ZERO, Lag.Cause.QUERY)));
  }

  private static Arguments fault(String rule, String words, UnaryOperator<Scene> change) {
    return Arguments.of(rule, words, change);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void aNodeIsPassedOverWithTheRuleAndTheReason(
      String rule, String words, UnaryOperator<Scene> change) {
    Scene scene = change.apply(Scene.healthy());
    Candidates candidates = Candidates.of(scene.cluster(), scene.seen());

    Candidate pg2 =
        candidates.ranked().stream()
            .filter(c -> c.node().value().equals("pg2"))
            .findFirst()
            .orElseThrow();
    assertThat(pg2.against().stream().filter(c -> c.rule().equals(rule)).map(Check::words))
        .containsExactly(words);
    assertThat(candidates.best().map(Candidate::node)).contains(new NodeName("pg3"));
  }

  @Test
  void aHealthyFollowerPassesEveryRule() {
    Scene scene = Scene.healthy();
    Candidates candidates = Candidates.of(scene.cluster(), scene.seen());
    assertThat(candidates.ranked()).allMatch(Candidate::eligible);
    assertThat(candidates.ranked().get(0).checks().stream().map(Check::rule))
        .containsExactlyElementsOf(Candidates.RULES.stream().map(Rule::name).toList());
  }

  @Test
  void priorityDecidesAmongThoseThatPassThenTheLeastLag() {
    assertThat(order(Scene.healthy().priority("pg3", 80))).containsExactly("pg3", "pg2");
    assertThat(order(Scene.healthy().lag("pg2", 10, Duration.ZERO, Lag.Cause.NONE)))
        .containsExactly("pg3", "pg2");
    assertThat(order(Scene.healthy())).containsExactly("pg2", "pg3");
    assertThat(order(Scene.healthy().priority("pg3", 80).streaming("pg3", false)))
        .containsExactly("pg2", "pg3");
  }

  @Test
  void withoutALeaderNobodyIsChosenOnHope() {
    Scene scene = Scene.healthy().silent("pg1", new Contact(Trouble.UNREACHABLE, "no answer"));
    assertThat(Candidates.of(scene.cluster(), scene.seen()).best()).isEqualTo(Optional.empty());
  }

  @Test
  void whileALeadersHostDoesNotAnswerNobodyTakesOver() {
    Scene scene = Scene.healthy().serverAlone("pg1", Trouble.REFUSED, "refused");
    Candidates candidates = Candidates.of(scene.cluster(), scene.seen());

    assertThat(scene.seen().leader().orElseThrow().name()).isEqualTo(new NodeName("pg1"));
    assertThat(candidates.best()).isEmpty();
    for (Candidate candidate : candidates.ranked()) {
      assertThat(candidate.against().stream().map(c -> c.rule() + ": " + c.words()))
          .containsExactly(
              "leader-answers: pg1 leads and can't be closed: no answer over SSH (refused); its"
                  + " server answers SQL");
    }
  }

  private static List<String> order(Scene scene) {
    return Candidates.of(scene.cluster(), scene.seen()).ranked().stream()
        .map(c -> c.node().value())
        .toList();
  }
}

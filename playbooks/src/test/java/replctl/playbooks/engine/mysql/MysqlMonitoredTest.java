package replctl.playbooks.engine.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.monitor.Applying;
import replctl.playbooks.verb.monitor.Aspect;
import replctl.playbooks.verb.monitor.Monitored;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.State;
import replctl.playbooks.verb.monitor.Thresholds;
import replctl.playbooks.verb.monitor.Verdict;
import replctl.playbooks.verb.monitor.Wish;

/** What a monitor is told of MySQL, by answers of real servers. */
class MysqlMonitoredTest {
  private static Monitored told(Snapshot seen, Optional<Snapshot> later, Aspect... aspects) {
    Sight sight =
        new Sight(
            RecordedMysql.cluster(seen.nodes().size()),
            seen,
            new MysqlSurvey().levels(),
            later.map(s -> new Sight.Later(s, Duration.ofSeconds(2))),
            Optional.empty());
    return Monitored.of(sight, new Wish(Set.of(aspects), List.of(), Thresholds.NONE));
  }

  @Test
  void serversThatAreWellAreOk() {
    Snapshot seen = RecordedMysql.look("leader", "follower");

    for (Verdict verdict :
        told(seen, Optional.empty(), Aspect.ROLE, Aspect.LAG, Aspect.APPLY, Aspect.DISK)
            .verdicts()) {
      assertThat(verdict.state()).as("%s", verdict).isEqualTo(State.OK);
    }
  }

  /** Its positions are sets of transactions: what is counted then is these. */
  @Test
  void aFollowerThatAppliesNothingIsAWarning() {
    Snapshot held = RecordedMysql.look("leader-ahead", "applier-stopped");

    assertThat(Applying.asksForMore(held, Wish.ALL)).isTrue();
    assertThat(told(held, Optional.of(held), Aspect.APPLY).problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.state()).isEqualTo(State.WARNING);
              assertThat(p.text()).containsPattern("has [0-9]+ transactions? to apply");
            });
  }
}

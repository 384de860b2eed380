package replctl.playbooks.verb.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Unready;

class AroundChecksTest {
  @Test
  void whatCouldNotDoItsPartIsNamedWithTheReason() {
    assertThat(AroundChecks.of(Unready.NOTHING)).isEmpty();
    assertThat(
            AroundChecks.of(
                new Unready(
                    Optional.of("no such file"),
                    Optional.of("not executable"),
                    List.of("vip: no"))))
        .extracting(Finding::text)
        .containsExactly(
            "the program that is asked before a promotion can't be run, and without its word"
                + " nothing is promoted: no such file",
            "the program that is told of a new leader can't be run: not executable",
            "clients would not be led to a new leader by vip: no");
  }
}

package replctl.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.cli.Failure;
import replctl.cli.wiring.Foreground;

class VerbRunTest {
  private final List<String> done = new ArrayList<>();
  private final VerbRun run =
      new VerbRun(true, () -> done.add("drop"), () -> done.add("end"), () -> done.add("mute"));

  @Test
  void oneThatWasInterruptedBeginsNoPlan() {
    run.interrupt();

    assertThat(run.interrupted()).isTrue();
    assertThat(done).containsExactly("mute");
    assertThatThrownBy(() -> run.hear("op-1", () -> {}))
        .isInstanceOf(Failure.class)
        .hasMessage("interrupted; nothing was changed");
  }

  @Test
  void oneThatRunsAPlanIsNotCutAndItsEndIsShown() {
    Foreground.Hearing hearing = run.hear("op-1", () -> {});
    run.interrupt();
    hearing.close();
    run.interrupt();

    assertThat(run.interrupted()).isFalse();
    assertThat(done).isEmpty();
    assertThat(run.stopped()).isEmpty();
  }
}

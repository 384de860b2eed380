package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Setting up on this machine. */
@Tag("long")
class LocalInitIT extends InitCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  @Override
  List<Integer> killedAfter() {
    return List.of(24, 58);
  }

  @ParameterizedTest
  @CsvSource({"5, HUP", "16, TERM"})
  void interruptedItSaysWhatIsLeftAndIsResumed(int line, String signal) {
    site.wipe();
    List<Path> before = site.journals();
    Replctl.Result result;
    try (Replctl.Running init = site.replctl().withSignals().start("init", "--yes")) {
      assertThat(site.signalWhen(init, before, j -> j.lines().count() >= line, signal)).isTrue();
      result = init.result().exits(130);
    }
    assertThat(result.err()).contains("interrupted: no further step is begun.");
    assertThat(result.out()).startsWith("INCOMPLETE  init of shop").contains("\nleft  ");
    String operation = site.journals().get(0).getFileName().toString().replace(".jsonl", "");
    assertThat(result.out())
        .contains("Next: replctl op resume " + operation + "\n")
        .contains("      replctl op abort " + operation + "\n");

    site.replctl().run("op", "resume", operation).exits(0);

    replicates();
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }
}

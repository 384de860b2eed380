package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.site.LocalSite;

/** What is asked at a real terminal, and what each answer does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromptIT {
  private static final String PROMPT = "init of shop: go on? [y/N]";

  @TempDir Path folder;
  private LocalSite site;

  @BeforeAll
  void begin() {
    site = LocalSite.open();
  }

  @AfterAll
  void end() {
    site.close();
  }

  private Terminal init() {
    Terminal terminal = Terminal.of(site.replctl(), folder, "init");
    assertThat(terminal.await(PROMPT)).contains("init of shop   op-", "1. ");
    return terminal;
  }

  @ParameterizedTest
  @CsvSource({
    "n Enter, exit=10",
    "Enter, exit=10",
    "C-d, exit=10",
    "yesss Enter, exit=10",
    "C-c, exit=130"
  })
  void anythingButYesChangesNothing(String keys, String exit) {
    site.wipe();
    try (Terminal terminal = init()) {
      terminal.type(keys.split(" "));
      String screen = terminal.await(exit);

      if (exit.equals("exit=10")) {
        assertThat(screen)
            .contains("REFUSED [E-CONFIRM-01] the answer was not yes.\nNothing was changed.\n");
      } else {
        assertThat(screen).doesNotContain("REFUSED", "error in replctl");
      }
    }
    assertThat(site.journals()).isEmpty();
    assertThat(site.leaders()).isEmpty();
  }

  @Test
  void yesRunsItAndCtrlCStopsItBetweenSteps() {
    site.wipe();
    try (Terminal terminal = init()) {
      terminal.type("y", "Enter");
      terminal.await("pg1: make an empty server with checksums");
      terminal.type("C-c");
      String screen = terminal.await("exit=");

      assertThat(screen)
          .contains("\ninterrupted: no further step is begun.")
          .contains("INCOMPLETE  init of shop", "it was interrupted\nleft  ")
          .contains("Next: replctl op resume op-", "      replctl op abort op-")
          .contains("exit=130");
    }
    assertThat(site.replctl().run("op", "resume").exits(0).out()).contains("DONE  init of shop");
    assertThat(site.leaders()).containsExactly("pg1");
    try (Terminal terminal = Terminal.of(site.replctl(), folder, "switchover", "--to", "pg2")) {
      terminal.await("switchover of shop: go on? [y/N]");
      terminal.type("yes", "Enter");

      assertThat(terminal.await("exit=")).contains("DONE  switchover of shop", "exit=0");
    }
    assertThat(site.leaders()).containsExactly("pg2");
  }
}

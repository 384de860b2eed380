package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** The shell at a real terminal, before three local nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShellIT {
  private static final String OF_PG1 = "shop pg1 lag 0 B epoch ";

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

  @BeforeEach
  void ready() {
    site.around("");
    site.ready("pg1");
  }

  private Terminal shell(String... options) throws IOException {
    Files.deleteIfExists(history());
    String[] words = new String[options.length + 3];
    words[0] = "--timeout";
    words[1] = "20s";
    words[2] = "shell";
    System.arraycopy(options, 0, words, 3, options.length);
    return Terminal.of(site.replctl(), folder, words);
  }

  private Path history() {
    return Path.of(site.replctl().environment().get("XDG_STATE_HOME"))
        .resolve("replctl/shell-history");
  }

  /** The last line that is not empty. */
  private static String last(Terminal terminal) {
    List<String> lines = terminal.screen().lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private static void awaitPrompt(Terminal terminal, String leader) {
    Site.await(
        "a prompt of " + leader,
        () -> last(terminal).matches("shop " + leader + " lag \\S+ \\S+ epoch \\d+>\\s*"));
  }

  @Test
  void verbsRunAndTabOffersWhoMayLead() throws IOException {
    try (Terminal terminal = shell()) {
      terminal.await(OF_PG1);
      terminal.type("stat", "Tab");
      terminal.await("> status");
      terminal.type("Enter");
      assertThat(terminal.await("ready  ")).contains("NODE  ROLE      STATE", "pg1   leader");
      awaitPrompt(terminal, "pg1");

      terminal.type("switchover --to ", "Tab", "Tab");
      String offered = terminal.await("pg3 (follower, streaming");
      assertThat(offered).contains("pg2 (follower, streaming").doesNotContain("pg1 (");
      terminal.type("C-c");

      terminal.type("why pg2", "Enter");
      terminal.await("could lead: every rule passes it");
      terminal.type("nonsense", "Enter");
      terminal.await("there is no verb nonsense");
      awaitPrompt(terminal, "pg1");
      terminal.type("C-d");
      terminal.await("exit=0");
    }
  }

  @Test
  void ctrlCEndsAWatchAndNotTheShell() throws IOException {
    try (Terminal terminal = shell()) {
      terminal.await(OF_PG1);
      terminal.type("lag --watch --every 200ms", "Enter");
      terminal.await("▁▁▁▁");
      terminal.type("C-c");
      awaitPrompt(terminal, "pg1");
      terminal.type("version", "Enter");
      terminal.await("replctl 0.");
    }
  }

  @Test
  void whatWasPastedAsksInSpiteOfYes() throws IOException {
    try (Terminal terminal = shell()) {
      terminal.await(OF_PG1);
      terminal.paste("version\nswitchover --to pg2 --yes\nstatus\n");
      terminal.await("> status");
      assertThat(terminal.screen()).doesNotContain("1 of 3", "go on?");

      terminal.type("Enter");
      assertThat(terminal.await("switchover of shop: go on? [y/N]"))
          .contains("1 of 3: version", "replctl 0.", "2 of 3: switchover --to pg2 --yes")
          .contains("This was pasted");
      terminal.type("Enter");
      assertThat(terminal.await("What follows it in the paste was not run: 1 more."))
          .contains("REFUSED [E-CONFIRM-01] the answer was not yes.");
      awaitPrompt(terminal, "pg1");
    }
    assertThat(site.leaders()).containsExactly("pg1");
  }

  /** A program that must agree takes its time; meanwhile somebody wishes to stop. */
  private void stopInTheMiddle(Terminal terminal) throws IOException {
    Files.deleteIfExists(site.folder().resolve("go"));
    Files.deleteIfExists(site.folder().resolve("asked"));
    int questions = times(terminal, "[f/u/L]");
    terminal.type("switchover --to pg2 --yes", "Enter");
    Site.await("the program is asked", () -> Files.exists(site.folder().resolve("asked")));
    int heard = times(terminal, "interrupted: no further step is begun");
    terminal.type("C-c");
    Site.await(
        "it was heard", () -> times(terminal, "interrupted: no further step is begun") > heard);
    Files.createFile(site.folder().resolve("go"));
    Site.await("a question", () -> times(terminal, "[f/u/L]") > questions);
  }

  private static int times(Terminal terminal, String text) {
    return terminal.screen().split(Pattern.quote(text), -1).length - 1;
  }

  @Test
  void ctrlCInTheMiddleOfAPlanAsks() throws IOException {
    Path agree = site.folder().resolve("agree");
    Files.writeString(
        agree,
        "#!/bin/bash\ncd " + site.folder() + "\n: > asked\nuntil [ -e go ]; do sleep 0.1; done\n");
    Files.setPosixFilePermissions(agree, PosixFilePermissions.fromString("rwxr-xr-x"));
    site.around("hooks:\n  before_promotion: {command: [" + agree + "], timeout: 50s}\n");
    try (Terminal terminal = shell()) {
      terminal.await(OF_PG1);
      terminal.type("switchover --to pg2", "Enter");
      terminal.await("switchover of shop: go on? [y/N]");
      terminal.type("C-c");
      terminal.await("interrupted; nothing was changed");
      awaitPrompt(terminal, "pg1");

      stopInTheMiddle(terminal);
      terminal.type("u", "Enter");
      terminal.await("UNDONE  switchover of shop");
      assertThat(site.unfinished()).isEmpty();
      assertThat(site.leaders()).containsExactly("pg1");

      awaitPrompt(terminal, "pg1");
      stopInTheMiddle(terminal);
      terminal.type("f", "Enter");
      terminal.await("DONE  switchover of shop");
      terminal.await("pg2 leads; it was pg1");
      awaitPrompt(terminal, "pg2");
    }
    assertThat(site.leaders()).containsExactly("pg2");
  }

  @Test
  void whatHappensIsSaidAboveTheLineThatIsTyped() throws IOException {
    try (Terminal terminal = shell()) {
      terminal.await(OF_PG1);
      terminal.type("switchover --to");
      site.replctl().run("switchover", "--to", "pg3", "--yes").exits(0);
      terminal.await("pg3 leads; it was pg1");
      Site.await(
          "the prompt of pg3 with what was typed",
          () -> last(terminal).matches("shop pg3 lag \\S+ \\S+ epoch \\d+> switchover --to\\s*"));
    }
  }

  @Test
  void historyIsPrivateSearchedAndWithoutSecrets() throws IOException {
    try (Terminal terminal = shell()) {
      terminal.await(OF_PG1);
      for (String line : List.of("version", "help --password=hunter2", " lag")) {
        terminal.type(line, "Enter");
        awaitPrompt(terminal, "pg1");
      }
      terminal.type("C-r", "ver");
      terminal.await("version");
      terminal.type("C-c");
      terminal.type("exit", "Enter");
      terminal.await("exit=0");
    }
    assertThat(Files.readAllLines(history()).stream().map(l -> l.replaceFirst("^[0-9]+:", "")))
        .containsExactly("version", "exit");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history())))
        .isEqualTo("rw-------");
  }

  @Test
  void aDumbTerminalHasAPlainPromptAndTheStartFileOnlyLooks() throws IOException {
    Path home = Path.of(site.replctl().environment().get("HOME"));
    Path rc = home.resolve(".replctlrc");
    Files.writeString(rc, "# mine\nset -o name\nstatus\nswitchover --yes\n");
    try (Terminal terminal =
        Terminal.of(site.replctl().with("TERM", "dumb"), folder, "--timeout", "20s", "shell")) {
      String screen = terminal.await("line 4 of .replctlrc is left out");
      assertThat(screen).contains("  --output name", "\nshop/pg1\nshop/pg2\nshop/pg3\n");
      Site.await("a prompt", () -> last(terminal).startsWith("shop "));
      terminal.type("version", "Enter");
      terminal.await("> version\n0.");
      terminal.type("C-d");
      assertThat(terminal.await("exit=0")).doesNotContain("\u001b", "^[[");
    } finally {
      Files.delete(rc);
    }
  }

  @Test
  void oneShotVerbsLoadNothingOfTheEditor() throws IOException {
    Path loaded = folder.resolve("loaded");
    site.replctl()
        .with("REPLCTL_JAVA_OPTS", "-Xlog:class+load:file=" + loaded)
        .run("inventory", "validate")
        .exits(0);

    assertThat(Files.readString(loaded)).contains("replctl.cli.Main").doesNotContain("org.jline");
  }
}

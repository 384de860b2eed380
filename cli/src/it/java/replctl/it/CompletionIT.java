package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion in a real bash, zsh and fish, with the installed launcher behind it. */
class CompletionIT {
  @TempDir Path home;

  @BeforeEach
  void declare() throws Exception {
    String shop = Files.readString(Replctl.root().resolve("inventory/examples/shop.yaml"));
    Replctl.inventory(
        home, shop.replace("witnesses: {}", "witnesses: {w1: {host: w1.example.net}}"));
    Files.writeString(home.resolve("reviewed plan.json"), "");
  }

  /** What bash offers after these words; the last one is being typed. */
  private List<String> bash(String... words) throws Exception {
    return shell("bash", "replctl.bash", BASH, words);
  }

  /** What fish offers, without the descriptions. */
  private List<String> fish(String line) throws Exception {
    return shell("fish", "replctl.fish", "source $argv[1]; complete -C $argv[2]", line).stream()
        .map(offer -> offer.split("\t")[0])
        .toList();
  }

  private List<String> shell(String shell, String file, String script, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(shell));
    if (!shell.equals("bash")) {
      command.add("--no-config");
    }
    command.addAll(List.of("-c", script));
    if (!shell.equals("fish")) {
      command.add(shell);
    }
    command.add(Replctl.root().resolve("completions").resolve(file).toAbsolutePath().toString());
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("PATH", path());
    builder.environment().put("REPLCTL_INVENTORY", home.resolve("replctl.yaml").toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("TERM", "dumb");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return out.lines().toList();
  }

  private static String path() {
    return Replctl.tree().resolve("bin") + ":" + System.getenv("PATH");
  }

  private static final String BASH =
      """
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _replctl
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @Test
  void bashOffersVerbsOptionsWordsAndLiveNames() throws Exception {
    assertThat(bash("replctl", "st")).containsExactly("start", "status", "stop");
    assertThat(bash("replctl", "plan", ""))
        .containsExactly(
            "add",
            "failover",
            "init",
            "open",
            "parameter",
            "rejoin",
            "remove",
            "restart",
            "start",
            "stop",
            "switchback",
            "switchover",
            "sync");
    assertThat(bash("replctl", "status", "-o", "j")).containsExactly("json");
    assertThat(bash("replctl", "status", "--output", "=", "j")).containsExactly("json");
    assertThat(bash("replctl", "inventory", "show", "--o")).containsExactly("--output");
    assertThat(bash("replctl", "status", "")).containsExactly("shop");
    assertThat(bash("replctl", "completion", "z")).containsExactly("zsh");
    assertThat(bash("replctl", "apply", "rev")).containsExactly("reviewed plan.json");
  }

  @Test
  void bashTakesAnOptionsValueForNoVerb() throws Exception {
    assertThat(bash("replctl", "-c", "status", "switcho")).containsExactly("switchover");
  }

  @Test
  void bashOffersNodesThatFitTheVerb() throws Exception {
    assertThat(bash("replctl", "rejoin", "")).containsExactly("pg1", "pg2", "pg3", "pg4");
    assertThat(bash("replctl", "switchover", "--to", "")).containsExactly("pg1", "pg2", "pg3");
    assertThat(bash("replctl", "switchover", "--to", "=")).containsExactly("pg1", "pg2", "pg3");
    assertThat(bash("replctl", "remove", "")).containsExactly("pg1", "pg2", "pg3", "pg4", "w1");
    assertThat(bash("replctl", "fence", ""))
        .containsExactly("drill", "verify", "pg1", "pg2", "pg3", "pg4");
  }

  @Test
  void bashNamesTheClusterWhereThereAreMore() throws Exception {
    Files.writeString(
        home.resolve("replctl.yaml"),
        """
        version: 1
        clusters:
          a: {engine: postgresql, nodes: {n1: {host: h1}, n2: {host: h2}, n3: {host: h3}}}
          b: {engine: mysql, nodes: {m1: {host: g1}, m2: {host: g2}, m3: {host: g3}}}
        """);

    assertThat(bash("replctl", "rejoin", ""))
        .containsExactly("a/n1", "a/n2", "a/n3", "b/m1", "b/m2", "b/m3");
    assertThat(bash("replctl", "rejoin", "b/")).containsExactly("b/m1", "b/m2", "b/m3");
    assertThat(bash("replctl", "-c", "b", "rejoin", "")).containsExactly("m1", "m2", "m3");
    assertThat(bash("replctl", "switchover", "b", "--to", "")).containsExactly("m1", "m2", "m3");
  }

  @Test
  void offersNothingWithoutAnInventory() throws Exception {
    Files.delete(home.resolve("replctl.yaml"));

    assertThat(bash("replctl", "rejoin", "")).containsExactly("");
  }

  /** At a prompt of a zsh of its own, on a terminal. */
  @Test
  void zshCompletesWordsAndLists() {
    Replctl zsh =
        Replctl.installed(home)
            .withLauncher(Path.of("/usr/bin/zsh"))
            .with("PATH", path())
            .withInventory(home.resolve("replctl.yaml"));
    String script = Replctl.root().resolve("completions/_replctl").toAbsolutePath().toString();
    try (Terminal terminal = Terminal.of(zsh, home, "-f", "-i")) {
      terminal.type(
          "cd; PS1='> '; autoload -Uz compinit; compinit -u -d ~/dump; source " + script, "Enter");
      terminal.type("setopt no_list_ambiguous; clear; echo $((6 * 7)) is ready", "Enter");
      terminal.await("42 is ready");
      assertZsh(terminal, "replctl switcho", "> replctl switchover");
      assertZsh(terminal, "replctl status -o js", "> replctl status -o json");
      assertZsh(terminal, "replctl status --output=js", "> replctl status --output=json");
      assertZsh(terminal, "replctl -c status top", "> replctl -c status topology");
      assertZsh(terminal, "replctl lag s", "> replctl lag shop");
      assertZsh(terminal, "replctl apply rev", "> replctl apply reviewed\\ plan.json");
      assertZsh(terminal, "replctl switchover --to p", "-- us-west");
      assertThat(terminal.screen())
          .contains("pg1", "pg2", "pg3", "-- us-east")
          .doesNotContain("pg4");
    }
  }

  private static void assertZsh(Terminal terminal, String typed, String shown) {
    terminal.type("C-u");
    terminal.type("-l", typed);
    terminal.type("Tab");
    terminal.await(shown);
  }

  @Test
  void fishOffersVerbsOptionsWordsAndLiveNames() throws Exception {
    assertThat(fish("replctl st")).containsExactly("start", "status", "stop");
    assertThat(fish("replctl status -o js")).containsExactly("json");
    assertThat(fish("replctl status --output=js")).containsExactly("--output=json");
    assertThat(fish("replctl -c status switcho")).containsExactly("switchover");
    assertThat(fish("replctl inventory show --out")).contains("--output");
    assertThat(fish("replctl status s")).containsExactly("shop");
    assertThat(fish("replctl switchover --to ")).containsExactly("pg1", "pg2", "pg3");
    assertThat(fish("replctl fence d")).containsExactly("drill");
    assertThat(fish("replctl apply rev")).containsExactly("reviewed plan.json");
  }

  @Test
  void theVerbPrintsWhatIsCheckedIn() throws Exception {
    Replctl replctl = Replctl.installed(home);
    for (String shell : List.of("bash", "zsh", "fish")) {
      String file = shell.equals("zsh") ? "_replctl" : "replctl." + shell;
      assertThat(replctl.run("completion", shell).exits(0).out())
          .isEqualTo(Files.readString(Replctl.root().resolve("completions").resolve(file)));
    }
    assertThat(replctl.run("completion", "tcsh").exits(2).err()).contains("no script for tcsh");
  }
}

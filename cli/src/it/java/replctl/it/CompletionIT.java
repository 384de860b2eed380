package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion in a real bash, with the installed launcher behind it. */
class CompletionIT {
  @TempDir Path home;

  /** What Tab offers after these words; the last one is being typed. */
  private List<String> offered(String... words) throws Exception {
    Path inventory =
        Replctl.inventory(
            home, Files.readString(Replctl.root().resolve("inventory/examples/shop.yaml")));
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", SCRIPT, "bash").directory(home.toFile());
    bash.command().add(Replctl.root().resolve("completions/replctl.bash").toString());
    bash.command().addAll(List.of(words));
    bash.environment().put("PATH", Replctl.tree().resolve("bin") + ":" + System.getenv("PATH"));
    bash.environment().put("REPLCTL_INVENTORY", inventory.toString());
    bash.environment().put("HOME", home.toString());
    Process process = bash.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output(process).lines().toList();
  }

  private static final String SCRIPT =
      """
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _replctl
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void offersVerbsOptionsWordsAndLiveNames() throws Exception {
    assertThat(offered("replctl", "st")).containsExactly("start", "status", "stop");
    assertThat(offered("replctl", "plan", ""))
        .containsExactly(
            "add",
            "failover",
            "init",
            "open",
            "rejoin",
            "remove",
            "restart",
            "start",
            "stop",
            "switchback",
            "switchover",
            "sync");
    assertThat(offered("replctl", "status", "-o", "j")).containsExactly("json");
    assertThat(offered("replctl", "inventory", "show", "--o")).containsExactly("--output");
    assertThat(offered("replctl", "status", "")).containsExactly("shop");
    assertThat(offered("replctl", "switchover", "--to", ""))
        .containsExactly("pg1", "pg2", "pg3", "pg4");
  }
}

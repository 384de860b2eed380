package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.it.site.Hosts;
import replctl.it.site.Site;

/**
 * The shell before a cluster on hosts, over SSH: a leader, and two followers. What it does besides
 * is the same wherever the nodes are, and {@link ShellIT} shows it.
 */
abstract class ShellCases {
  /** Its first line and the narrowest table fit, the whole table does not. */
  private static final int COLUMNS = 76;

  @TempDir Path folder;

  /** A cluster that its first node leads, and that is healthy. */
  abstract Hosts ready();

  /** What the lab's inventory calls it. */
  abstract String cluster();

  private void awaitPrompt(Terminal terminal, String leader) {
    String prompt = cluster() + " " + leader + " lag [0-9.]+ \\S+ epoch [1-9][0-9]*>\\s*";
    Site.await(
        "a prompt of " + leader,
        () ->
            terminal.visible().stream().filter(l -> !l.isBlank()).anyMatch(l -> l.matches(prompt)));
  }

  /** The first line that can be seen. */
  private static String headline(Terminal terminal) {
    return terminal.visible().stream().findFirst().orElse("");
  }

  @Test
  void leadsFromThePromptToAWatchAndBack() {
    try (Hosts hosts = ready()) {
      List<String> nodes = hosts.nodes();
      String leader = nodes.get(0);
      hosts.awaitFollowers(leader);
      try (Terminal terminal = Terminal.of(hosts.replctl(), folder, "--timeout", "20s", "shell")) {
        awaitPrompt(terminal, leader);

        terminal.type("switchover --to ", "Tab", "Tab");
        String offered = terminal.await(nodes.get(2) + " (follower, streaming");
        assertThat(offered)
            .contains(nodes.get(1) + " (follower, streaming")
            .doesNotContain(leader + " (");
        terminal.type("C-c");
        awaitPrompt(terminal, leader);

        terminal.type("status --watch --every 1s", "Enter");
        terminal.await("TREND");
        terminal.resize(COLUMNS, 50);
        terminal.awaitFrame(nodes, true);
        terminal.resize(COLUMNS, 6);
        Site.await(
            "a frame that fits a low window",
            () -> {
              List<String> shown = terminal.visible();
              return shown.size() > 3
                  && shown.get(0).contains("   epoch ")
                  && shown.stream().anyMatch(l -> l.endsWith(": a taller window)"));
            });
        terminal.resize(COLUMNS, 50);
        terminal.awaitFrame(nodes, true);
        // Somebody else does something, and it is seen without a key.
        hosts.replctl().run("maintenance", "on", "--reason", "a look", "--yes").exits(0);
        Site.await("maintenance", () -> headline(terminal).contains("maintenance"));
        hosts.replctl().run("maintenance", "off", "--yes").exits(0);
        Site.await("no maintenance", () -> !headline(terminal).contains("maintenance"));
        terminal.awaitFrame(nodes, true);
        terminal.type("C-c");
        awaitPrompt(terminal, leader);
        terminal.type("C-d");
        terminal.await("exit=0");
      }
    }
  }
}

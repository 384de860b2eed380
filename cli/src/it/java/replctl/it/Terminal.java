package replctl.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/** A real terminal (tmux's) with replctl in it, as a person sits before it. */
final class Terminal implements AutoCloseable {
  private final List<String> tmux;

  private Terminal(Path folder) {
    this.tmux = List.of("tmux", "-f", "/dev/null", "-S", folder.resolve("tmux").toString());
  }

  /** Starts it there; when it has ended, its exit code stands on the screen: {@code exit=0}. */
  static Terminal of(Replctl replctl, Path folder, String... words) {
    Terminal terminal = new Terminal(folder);
    List<String> command = new ArrayList<>(List.of("new-session", "-d", "-x", "120", "-y", "50"));
    command.addAll(List.of("env", "-i", "--default-signal"));
    command.add("PATH=" + System.getenv("PATH"));
    command.addAll(List.of("LANG=C.UTF-8", "TERM=screen"));
    for (Map.Entry<String, String> variable : replctl.environment().entrySet()) {
      command.add(variable.getKey() + "=" + variable.getValue());
    }
    command.addAll(List.of("bash", "-c", "trap : INT; \"$@\"; echo exit=$?; read -r _", "bash"));
    command.addAll(replctl.prefix());
    command.add(replctl.launcher().toString());
    command.addAll(List.of(words));
    terminal.run(command);
    return terminal;
  }

  /** Keys as tmux names them: {@code y Enter}, {@code C-c}. */
  void type(String... keys) {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    run(command);
  }

  /** Text from the clipboard, marked as such where the program has asked for it. */
  void paste(String text) {
    run(List.of("set-buffer", text));
    run(List.of("paste-buffer", "-p"));
  }

  /** Whoever sits before it pulls at the window's corner. */
  void resize(int columns, int rows) {
    run(List.of("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows)));
  }

  /** All that was printed, without what was drawn over. */
  String screen() {
    return run(List.of("capture-pane", "-p", "-J", "-S", "-"));
  }

  /** The rows that can be seen now; a line that the terminal has broken is several. */
  List<String> visible() {
    return run(List.of("capture-pane", "-p")).lines().toList();
  }

  /**
   * Waits until one look at a cluster is at the top of what can be seen, each line of its table
   * being one row; fails after a minute.
   *
   * @param nodes what its table has a line each of
   * @param cut whether something of the table had to give way
   */
  void awaitFrame(List<String> nodes, boolean cut) {
    try {
      Site.await("a look that fits", () -> isFrame(nodes, cut));
    } catch (AssertionError late) {
      throw new AssertionError(
          late.getMessage() + "\n" + String.join("\n", visible()) + "\n\n" + screen(), late);
    }
  }

  private boolean isFrame(List<String> nodes, boolean cut) {
    List<String> seen = visible();
    if (seen.size() < nodes.size() + 2 || !seen.get(1).startsWith("NODE ")) {
      return false;
    }
    List<String> table = seen.subList(1, nodes.size() + 2);
    List<String> named = table.stream().skip(1).map(row -> row.replaceFirst(" .*", "")).toList();
    return named.equals(nodes) && table.stream().anyMatch(row -> row.contains("…")) == cut;
  }

  /** Waits until it says so, and gives the screen; fails after 30 s. */
  String await(String text) {
    try {
      Site.await(text, () -> screen().contains(text));
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "\n" + screen(), late);
    }
    return screen();
  }

  private String run(List<String> words) {
    List<String> command = new ArrayList<>(tmux);
    command.addAll(words);
    return Shell.run(command);
  }

  @Override
  public void close() {
    run(List.of("kill-server"));
  }
}

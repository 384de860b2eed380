package replctl.cli.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import replctl.cli.Console;
import replctl.cli.command.CommandTree;
import replctl.cli.wiring.Backend;

/** A shell that nobody sits before, and that is left at its first prompt: for the archive. */
public final class ShellRehearsal {
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  private ShellRehearsal() {}

  /**
   * Runs one.
   *
   * @param cluster that it uses
   * @param out what its terminal shows
   * @return its exit code
   */
  public static int run(Map<String, String> environment, String cluster, OutputStream out)
      throws IOException {
    Console console = Console.of(out, out, environment);
    Backend backend = Backend.real();
    // What is typed is a line, and no end of all lines: keys stay open.
    try (PipedOutputStream keys = new PipedOutputStream();
        Terminal terminal =
            TerminalBuilder.builder()
                .system(false)
                .type("xterm")
                .streams(new PipedInputStream(keys), out)
                .encoding(StandardCharsets.UTF_8)
                .build()) {
      terminal.setSize(Size.of(COLUMNS, ROWS));
      keys.write("exit\r".getBytes(StandardCharsets.UTF_8));
      keys.flush();
      return Shell.run(
          terminal,
          console,
          backend,
          CommandTree.whole(console, backend).line().parseArgs("-c", cluster, "shell"));
    }
  }
}

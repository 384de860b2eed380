package replctl.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import replctl.cli.wiring.Foreground;

/**
 * Where a command prints and what it knows of its surroundings. Data goes to {@code out}, talk to
 * {@code err}.
 *
 * @param in answers to prompts
 * @param screen which of the three are a terminal
 * @param foreground what the command was started from
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    BufferedReader in,
    Map<String, String> environment,
    Screen screen,
    Foreground foreground) {
  public Console {
    environment = Map.copyOf(environment);
  }

  /** Of a process of its own. */
  public Console(
      PrintWriter out,
      PrintWriter err,
      BufferedReader in,
      Map<String, String> environment,
      Screen screen) {
    this(out, err, in, environment, screen, Foreground.PROCESS);
  }

  /** The terminal. */
  public record Screen(boolean in, boolean out, boolean err, Extent extent) {
    /** One that is as large. */
    public Screen(boolean in, boolean out, boolean err, Extent.Size size) {
      this(in, out, err, new Extent(size));
    }

    /** Its width as it is now; 0 when unknown. */
    public int columns() {
      return extent.now().columns();
    }

    /** No terminal at all. */
    public static final Screen NONE = new Screen(false, false, false, Extent.Size.UNKNOWN);

    /** As the launcher found it, in system properties: asking Java costs more. */
    static Screen ofLauncher() {
      String tty = System.getProperty("replctl.tty", "");
      Extent.Size size = new Extent.Size(launched("replctl.columns"), launched("replctl.rows"));
      return new Screen(tty.contains("0"), tty.contains("1"), tty.contains("2"), size);
    }

    private static int launched(String property) {
      try {
        return Math.max(0, Integer.parseInt(System.getProperty(property, "0")));
      } catch (NumberFormatException unknown) {
        return 0;
      }
    }
  }

  /** This process's own. */
  static Console ofProcess() {
    return new Console(
        writer(new FileOutputStream(FileDescriptor.out)),
        writer(new FileOutputStream(FileDescriptor.err)),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        System.getenv(),
        Screen.ofLauncher());
  }

  /** One without a terminal, as a pipe or cron has it. */
  public static Console of(OutputStream out, OutputStream err, Map<String, String> environment) {
    return new Console(
        writer(out),
        writer(err),
        new BufferedReader(new StringReader("")),
        environment,
        Screen.NONE);
  }

  private static PrintWriter writer(OutputStream to) {
    return new PrintWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), false);
  }

  /** The value of an environment variable; empty text when it is not set. */
  public String env(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Whether the terminal shows more than ASCII. */
  public boolean unicode() {
    String locale = env("LC_ALL");
    locale = locale.isEmpty() ? env("LC_CTYPE") : locale;
    locale = locale.isEmpty() ? env("LANG") : locale;
    String upper = locale.toUpperCase(Locale.ROOT);
    return upper.contains("UTF-8") || upper.contains("UTF8");
  }

  /** Whether lines can be redrawn in place on stderr. */
  public boolean livelyErr() {
    return screen.err() && !env("TERM").equals("dumb");
  }

  /** Whether lines can be redrawn in place on stdout. */
  public boolean livelyOut() {
    return screen.out() && !env("TERM").equals("dumb");
  }

  /** Sends what was printed; false when nobody takes it any more. */
  public boolean flush() {
    err.flush();
    return !out.checkError();
  }
}

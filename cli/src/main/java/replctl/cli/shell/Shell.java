package replctl.cli.shell;

import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jline.reader.EndOfFileException;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import replctl.cli.Console;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.command.CommandTree;
import replctl.cli.complete.Completion;
import replctl.cli.render.Colour;
import replctl.cli.render.FailurePrinter;
import replctl.cli.render.Span;
import replctl.cli.wiring.Backend;
import replctl.cli.wiring.InventoryFinder;
import replctl.cli.wiring.Session;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.real.RealWorld;
import replctl.playbooks.snapshot.Snapshot;

/** The loop: a line is read, its verb run, and what happened meanwhile is said. */
public final class Shell implements Glance.Watcher {
  private static final Duration PER_NODE = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Console console;
  private final Backend backend;
  private final CommandLine model;
  private final Seat seat;
  private final Verbs verbs;
  private final Queue<Span> news = new ArrayDeque<>();
  private Settled settled;
  private volatile Optional<String> cluster = Optional.empty();
  private volatile Optional<Glance> glance = Optional.empty();
  private volatile String shown = "";

  private Shell(Terminal terminal, Console console, Backend backend, Settled settled) {
    this.terminal = terminal;
    this.console = console;
    this.backend = backend;
    this.settled = settled;
    this.model = CommandTree.whole(console, backend).line();
    Completion words = new Completion(model);
    LiveNames names =
        new LiveNames(
            this::inventory,
            () -> glance.flatMap(Glance::last),
            () -> glance.flatMap(Glance::session).map(Session::journal));
    Optional<Path> history = KeptHistory.file(RealWorld.stateFolder(console.environment()));
    this.seat = new Seat(terminal, new ShellCompleter(() -> words, names, () -> cluster), history);
    this.verbs = new Verbs(terminal, console.environment(), backend);
    if (history.isEmpty()) {
      print("replctl: lines are not kept: no private file can be had in replctl's state folder");
    }
  }

  /**
   * Runs one on this process's terminal, until it is left.
   *
   * @param console what it was started on
   * @param started what it was started with
   * @return the exit code
   */
  public static int run(Console console, Backend backend, ParseResult started) {
    try (Terminal terminal = Seat.terminal()) {
      return run(terminal, console, backend, started);
    } catch (IOException unusable) {
      throw Failure.because(
          unusable, ExitCode.ERROR, "this terminal can't be used", "replctl help");
    }
  }

  /** Runs one on a terminal. */
  static int run(Terminal terminal, Console console, Backend backend, ParseResult started) {
    Shell shell = new Shell(terminal, console, backend, Settled.of(started));
    try {
      shell.begin();
      return shell.loop();
    } finally {
      shell.glance.ifPresent(Glance::close);
    }
  }

  private void begin() {
    print("replctl's shell: every verb as on the command line. Tab completes, exit leaves.");
    try {
      Inventory inventory = inventory();
      if (settled.cluster().isPresent() || inventory.clusters().size() == 1) {
        use(InventoryFinder.cluster(inventory, settled.cluster()).name().value());
      } else {
        print("Which cluster? use " + String.join(", or use ", names(inventory)));
      }
    } catch (Failure noInventory) {
      say(noInventory);
    }
    startFile();
  }

  private void startFile() {
    Path home = Path.of(console.environment().getOrDefault("HOME", "/"));
    RcFile file = RcFile.in(home, System.getProperty("user.name"));
    if (!file.refusal().isEmpty()) {
      print("replctl: " + file.refusal());
    }
    for (int i = 0; i < file.lines().size(); i++) {
      String line = file.lines().get(i).strip();
      List<String> words = line.startsWith("#") ? List.of() : words(line);
      if (words.isEmpty()) {
        continue;
      }
      String verb = words.get(0);
      if (CommandTree.looks(verb)
          || verb.equals(Builtin.USE.word())
          || verb.equals(Builtin.SET.word())) {
        boolean unused = run(words, false);
      } else {
        print(
            "replctl: line "
                + (i + 1)
                + " of "
                + RcFile.NAME
                + " is left out: at the start only"
                + " verbs that look, use and set are run");
      }
    }
  }

  private int loop() {
    while (true) {
      news().forEach(line -> print(paint(List.of(line))));
      shown = prompt();
      Seat.Typed typed;
      try {
        typed = seat.read(shown);
      } catch (UserInterruptException dropped) {
        continue;
      } catch (EndOfFileException | IOError left) {
        return ExitCode.DONE.code();
      }
      if (!lines(typed)) {
        return ExitCode.DONE.code();
      }
    }
  }

  /** One line, or each of several that were pasted, until one does not do what it should. */
  private boolean lines(Seat.Typed typed) {
    List<String> lines = typed.text().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.size() > 1) {
        print(paint(List.of(Span.of((i + 1) + " of " + lines.size() + ": " + lines.get(i)))));
      }
      List<String> words = lines.get(i).startsWith("#") ? List.of() : words(lines.get(i));
      if (!words.isEmpty() && isExit(words)) {
        return false;
      }
      if (!words.isEmpty() && !run(words, typed.byHand()) && i + 1 < lines.size()) {
        print("What follows it in the paste was not run: " + (lines.size() - i - 1) + " more.");
        return true;
      }
    }
    return true;
  }

  private static boolean isExit(List<String> words) {
    return List.of("exit", "quit").contains(words.get(0));
  }

  /** False where it did not do what it should. */
  private boolean run(List<String> line, boolean byHand) {
    List<String> words =
        line.size() > 1 && line.get(0).equals("replctl") ? line.subList(1, line.size()) : line;
    try {
      switch (words.get(0)) {
        case "use" -> use(words);
        case "set" -> set(words.subList(1, words.size()));
        case "shell" -> print("This is the shell already.");
        default -> {
          return verbs.run(settled, model, words, byHand) == ExitCode.DONE.code();
        }
      }
      return true;
    } catch (Failure failure) {
      say(failure);
      return false;
    }
  }

  private List<String> words(String line) {
    try {
      return Seat.words(line);
    } catch (SyntaxError broken) {
      print("replctl: a quote is not closed in: " + Span.of(line).text());
      return List.of();
    }
  }

  private void use(List<String> words) {
    Inventory inventory = inventory();
    if (words.size() != 2) {
      throw Failure.of(
          ExitCode.USAGE,
          "which cluster? there are " + String.join(", ", names(inventory)),
          "use CLUSTER");
    }
    use(InventoryFinder.cluster(inventory, Optional.of(words.get(1))).name().value());
  }

  private void use(String name) {
    glance.ifPresent(Glance::close);
    settled = settled.using(name);
    cluster = Optional.of(name);
    Glance looks = new Glance(() -> open(name), PER_NODE, System::nanoTime, this);
    glance = Optional.of(looks);
    looks.begin();
  }

  private Session open(String name) {
    Inventory inventory = inventory();
    Cluster found = InventoryFinder.cluster(inventory, Optional.of(name));
    return backend.open(inventory, found, console.environment());
  }

  private void set(List<String> options) {
    try {
      ParseResult parsed = model.parseArgs(options.toArray(String[]::new));
      settled = settled.with(Settled.of(parsed));
    } catch (ParameterException wrong) {
      throw Failure.of(ExitCode.USAGE, wrong.getMessage(), "set -o wide --timeout 10s");
    }
    settled.options().values().forEach(words -> print("  " + String.join(" ", words)));
  }

  private Inventory inventory() {
    InventoryFinder finder = new InventoryFinder(console.environment());
    return finder.read(finder.file(settled.inventory().map(Path::of)));
  }

  private static List<String> names(Inventory inventory) {
    return inventory.clusters().stream().map(c -> c.name().value()).toList();
  }

  private String prompt() {
    Optional<Glance.Last> last = glance.flatMap(Glance::last);
    Duration age =
        last.map(l -> Duration.ofNanos(System.nanoTime() - l.nanos())).orElse(Duration.ZERO);
    return paint(PromptText.of(cluster, last.map(l -> Glimpse.of(l.cluster(), l.seen())), age));
  }

  private String paint(List<Span> spans) {
    boolean colour = seat.lively() && Colour.AUTO.on(console);
    StringBuilder text = new StringBuilder();
    spans.forEach(s -> text.append(colour ? s.tone().paint(s.text()) : s.text()));
    return text.toString();
  }

  @Override
  public void seen(Cluster of, Optional<Snapshot> before, Snapshot now) {
    before.ifPresent(
        old -> {
          for (Span line : Happenings.between(old, now)) {
            if (!seat.above(paint(List.of(line)))) {
              synchronized (news) {
                news.add(line);
              }
            }
          }
        });
    tick();
  }

  @Override
  public void tick() {
    String now = prompt();
    if (!now.equals(shown)) {
      shown = now;
      seat.prompt(now);
    }
  }

  private List<Span> news() {
    synchronized (news) {
      List<Span> all = List.copyOf(news);
      news.clear();
      return all;
    }
  }

  private void say(Failure failure) {
    int unused = FailurePrinter.of(verbs.console(), List.of()).failure(failure);
    terminal.flush();
  }

  private void print(String line) {
    terminal.writer().println(line);
    terminal.flush();
  }
}

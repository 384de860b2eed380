package replctl.cli.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import picocli.CommandLine;
import replctl.cli.Console;
import replctl.cli.ExitCode;
import replctl.cli.Extent;
import replctl.cli.Failure;
import replctl.cli.Main;
import replctl.cli.wiring.Backend;

/** Runs verbs in this process, one at a time, as the command line runs them. */
final class Verbs {
  /** How long a look that was interrupted is waited for, in ms; then it ends by itself. */
  private static final long PATIENCE_MS = 2000;

  /** How often it is looked whether it was interrupted, in ms. */
  private static final long LOOK_MS = 50;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Backend backend;
  private final Extent extent;
  private volatile Optional<VerbRun> current = Optional.empty();

  Verbs(Terminal terminal, Map<String, String> environment, Backend backend) {
    this.terminal = terminal;
    this.environment = environment;
    this.backend = backend;
    this.extent = new Extent(size());
    terminal.handle(Terminal.Signal.INT, signal -> current.ifPresent(VerbRun::interrupt));
    terminal.handle(Terminal.Signal.WINCH, signal -> extent.set(size()));
  }

  /** Runs one, and gives its exit code; asks what is to become of a plan that was stopped. */
  int run(Settled settled, CommandLine model, List<String> line, boolean byHand) {
    List<String> args = settled.around(model, line);
    Gate gate = new Gate(terminal.writer());
    VerbRun run = run(byHand, gate);
    int code = run(args, run, gate);
    Optional<String> stopped = run.stopped();
    boolean left = code == ExitCode.INTERRUPTED.code() || code == ExitCode.INCOMPLETE.code();
    if (!left || stopped.isEmpty()) {
      return code;
    }
    String next =
        switch (ask()) {
          case "f", "finish" -> "resume";
          case "u", "undo" -> "abort";
          default -> "";
        };
    return next.isEmpty() ? code : run(settled, model, List.of("op", next, stopped.get()), true);
  }

  private VerbRun run(boolean byHand, Gate gate) {
    return new VerbRun(
        byHand,
        () -> Answers.drop(terminal),
        () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code()),
        gate::shut);
  }

  private int run(List<String> args, VerbRun run, Gate gate) {
    Console console = console(gate, run);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                code.complete(Main.run(args.toArray(String[]::new), console, backend));
              } catch (RuntimeException | Error problem) {
                code.completeExceptionally(problem);
              }
            },
            "replctl-verb");
    thread.setDaemon(true);
    current = Optional.of(run);
    try {
      run.begun(thread);
      thread.start();
      return wait(code, run);
    } finally {
      current = Optional.empty();
      terminal.flush();
    }
  }

  private int wait(CompletableFuture<Integer> code, VerbRun run) {
    long left = PATIENCE_MS;
    while (true) {
      try {
        int ended = code.get(LOOK_MS, TimeUnit.MILLISECONDS);
        return run.interrupted() ? interrupted(run) : ended;
      } catch (TimeoutException going) {
        if (run.interrupted()) {
          // It changes nothing, and begins nothing any more: it may end when it likes.
          left -= LOOK_MS;
        }
        if (left <= 0) {
          return interrupted(run);
        }
      } catch (ExecutionException problem) {
        throw new IllegalStateException(problem.getCause());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return ExitCode.INTERRUPTED.code();
      }
    }
  }

  private int interrupted(VerbRun run) {
    terminal.writer().println(run.asked() ? "\ninterrupted; nothing was changed" : "");
    return ExitCode.INTERRUPTED.code();
  }

  /** What is to become of an operation that was stopped in its middle; Ctrl-C leaves it. */
  private String ask() {
    VerbRun question = run(true, new Gate(terminal.writer()));
    current = Optional.of(question);
    try {
      Answers.drop(terminal);
      terminal.writer().print("\nFinish it, undo it, or leave it for op resume? [f/u/L] ");
      terminal.flush();
      String answer = new Answers(terminal, question::interrupted).readLine();
      return answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
    } catch (IOException | Failure left) {
      terminal.writer().println();
      return "";
    } finally {
      current = Optional.empty();
    }
  }

  /** Where the shell itself prints in a verb's form. */
  Console console() {
    Gate gate = new Gate(terminal.writer());
    return console(gate, run(true, gate));
  }

  private Extent.Size size() {
    Size size = terminal.getSize();
    return new Extent.Size(Math.max(0, size.getColumns()), Math.max(0, size.getRows()));
  }

  private Console console(Gate gate, VerbRun run) {
    // While a line is typed it is the editor that is told.
    extent.set(size());
    return new Console(
        new PrintWriter(gate),
        new PrintWriter(gate),
        new Answers(terminal, run::interrupted),
        environment,
        new Console.Screen(true, true, true, extent),
        run);
  }
}

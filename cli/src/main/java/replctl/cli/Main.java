package replctl.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import replctl.cli.command.CommandTree;
import replctl.cli.complete.Tab;
import replctl.cli.launch.Archive;
import replctl.cli.render.FailurePrinter;
import replctl.cli.wiring.Backend;
import replctl.playbooks.journal.UnreadableJournal;
import replctl.playbooks.real.keep.UnreadableSecret;
import replctl.playbooks.real.keep.UnusableStore;

/** Where a command begins and ends. The one place that turns what went wrong into an exit code. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Archive.dropIfStale();
    int code = run(args, Console.ofProcess(), Backend.real());
    System.exit(code);
  }

  /** Runs a command inside this process, without a terminal. */
  public static int run(
      String[] args, OutputStream out, OutputStream err, Map<String, String> environment) {
    return run(args, Console.of(out, err, environment), Backend.real());
  }

  /** Runs a command inside this process. */
  public static int run(String[] args, Console console, Backend backend) {
    int code = new Run(List.of(args), console, backend).run();
    return console.flush() ? code : ExitCode.PIPE_CLOSED.code();
  }

  private record Run(List<String> args, Console console, Backend backend) {
    int run() {
      try {
        return Tab.of(args)
            .map(tab -> tab.run(console))
            .orElseGet(() -> CommandTree.chosen(args, console, backend).run(args));
      } catch (ParameterException problem) {
        return usage();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError problem) {
        return ended(problem);
      }
    }

    /** Asks again with every verb there, so that suggestions know all of them. */
    private int usage() {
      try {
        return CommandTree.whole(console, backend).run(args);
      } catch (ParameterException problem) {
        return printer().usage(said(problem));
      } catch (RuntimeException problem) {
        return ended(problem);
      }
    }

    private int ended(Throwable thrown) {
      Throwable problem = thrown;
      if (thrown instanceof UnreadableSecret secret) {
        // In a run it is an answer of the step that needed it: thrown, it was before any change.
        problem = Failure.secret(secret);
      } else if (thrown instanceof UnreadableJournal journal) {
        problem = Failure.journal(journal);
      } else if (thrown instanceof UnusableStore store) {
        problem = Failure.store(store);
      }
      FailurePrinter printer = printer();
      if (problem instanceof Failure failure) {
        return printer.failure(failure);
      }
      return printer.unexpected(problem);
    }

    /** Whatever happens, a plugin says it as monitors read it. */
    private FailurePrinter printer() {
      FailurePrinter printer = FailurePrinter.of(console, args);
      return CommandTree.isPlugin(args, console, backend) ? printer.ofPlugin() : printer;
    }

    private static Failure.Said said(ParameterException problem) {
      CommandLine on = problem.getCommandLine();
      String found = problem.getMessage();
      if (problem instanceof UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().get(0);
        String kind = word.startsWith("-") ? "option" : on.getParent() == null ? "verb" : "operand";
        found =
            "there is no "
                + kind
                + " "
                + word
                + unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(near -> ". Did you mean " + near + "?")
                    .orElse("");
      }
      String name = on.getCommandSpec().qualifiedName();
      return new Failure.Said("", found, "", List.of(name + " --help"));
    }
  }
}

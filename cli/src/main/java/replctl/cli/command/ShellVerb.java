package replctl.cli.command;

import picocli.CommandLine.Command;
import replctl.cli.Console;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.cli.shell.Shell;

/** {@code replctl shell}. */
@Command(
    name = "shell",
    description = {
      "Every verb at one prompt, as on the command line, with completion of names that are valid for"
          + " the verb, a history without secrets, and a prompt that shows leader, lag, epoch and"
          + " what is owed. Ctrl-C ends the verb and not the shell; in the middle of a plan it asks"
          + " whether to finish it, to undo it, or to leave it. What was pasted asks in spite of"
          + " --yes. ~/.replctlrc has lines to run at the start."
    },
    footer = {"  replctl shell", "  replctl -c shop shell"})
final class ShellVerb extends Verb {
  @Override
  int run() {
    Console.Screen screen = console().screen();
    if (!screen.in() || !screen.out()) {
      throw Failure.of(
          ExitCode.USAGE,
          "the shell needs a terminal",
          "replctl VERB ..., a command each; from a script with --yes");
    }
    return Shell.run(console(), root().backend, spec.root().commandLine().getParseResult());
  }
}

package replctl.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import replctl.cli.complete.CompletionScripts;

/** {@code replctl completion bash|zsh|fish}: the script. */
@Command(
    name = "completion",
    description = {
      "Prints the script by which a shell completes verbs, options, files and the names of"
          + " clusters, nodes and operations. Packages have it in place already. A Tab for a name"
          + " reads the inventory, and asks no host."
    },
    footer = {
      "  source <(replctl completion bash)",
      "  replctl completion bash > ~/.local/share/bash-completion/completions/replctl",
      "  replctl completion zsh > ~/.zfunc/_replctl     # a folder of $fpath",
      "  replctl completion fish > ~/.config/fish/completions/replctl.fish"
    })
final class CompletionVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, zsh or fish")
  Optional<String> shell = Optional.empty();

  @Override
  int run() {
    String wanted =
        shell.orElseThrow(
            () ->
                new MissingParameterException(
                    spec.commandLine(), List.of(), "which shell? bash, zsh or fish"));
    CompletionScripts scripts =
        new CompletionScripts(CommandTree.whole(console(), root().backend).line());
    String script =
        switch (wanted) {
          case "bash" -> scripts.bash();
          case "zsh" -> scripts.zsh();
          case "fish" -> scripts.fish();
          default ->
              throw new ParameterException(
                  spec.commandLine(), "no script for " + wanted + "; for bash, zsh and fish");
        };
    console().out().print(script);
    return 0;
  }
}

package replctl.cli.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code replctl help [VERB...]}. */
@Command(name = "help")
final class HelpVerb extends Verb {
  @Parameters(arity = "0..*", paramLabel = "VERB", description = "the verb")
  List<String> words = List.of();

  @Override
  int run() {
    CommandTree whole = CommandTree.whole(root().console, root().backend);
    CommandLine on = whole.line();
    for (String word : words) {
      CommandLine next = on.getSubcommands().get(word);
      if (next == null) {
        throw new ParameterException(spec.commandLine(), "no verb " + word);
      }
      on = next;
    }
    Help.print((Root) whole.line().getCommandSpec().userObject(), on);
    return 0;
  }
}

package replctl.cli.command;

import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import replctl.cli.Failure;
import replctl.cli.complete.Names;
import replctl.cli.complete.Tab;
import replctl.inventory.Inventory;
import replctl.playbooks.journal.Recorded;

/**
 * {@code replctl __complete operation -- WORDS...}: operations for the completion scripts, a line
 * each, with a tab and a description. Asks no host. Says nothing where nothing is known. Other
 * names are given by {@link Tab}, without the model of the commands.
 */
@Command(name = "__complete", hidden = true)
final class CompleteVerb extends Verb {
  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "the kind, then what is typed so far")
  List<String> words = List.of();

  @Override
  int run() {
    List<String> typed = words.isEmpty() ? words : words.subList(1, words.size());
    try {
      Inventory inventory = Tab.inventory(typed, console());
      // What is over can be neither resumed nor taken back.
      Predicate<Recorded> fits =
          typed.contains("resume") || typed.contains("abort") ? Recorded::open : recorded -> true;
      new Operations(this, inventory, new Names(inventory, typed).clusters())
          .known(Operations.SCREEN).stream()
              .filter(fits)
              .forEach(
                  r ->
                      console()
                          .out()
                          .println(
                              r.plan().op()
                                  + "\t"
                                  + r.plan().verb()
                                  + " of "
                                  + r.plan().cluster()));
      return 0;
    } catch (Failure noInventory) {
      // A Tab is no place for words about a missing or wrong inventory.
      return noInventory.exitCode();
    }
  }
}

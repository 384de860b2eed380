package replctl.cli.complete;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import replctl.cli.Console;
import replctl.cli.Failure;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Inventory;

/**
 * {@code replctl __complete KIND -- WORDS...} for names of the inventory. Somebody waits for it
 * with a finger on the key, so neither the model of the commands nor anything else is built.
 */
public record Tab(String kind, List<String> words) {
  private static final List<String> KINDS = List.of("cluster", "node");

  public Tab {
    words = List.copyOf(words);
  }

  /** What is asked for, where it is this. */
  public static Optional<Tab> of(List<String> args) {
    if (args.size() < 3 || !args.get(0).equals("__complete") || !KINDS.contains(args.get(1))) {
      return Optional.empty();
    }
    return Optional.of(new Tab(args.get(1), args.subList(3, args.size())));
  }

  /** Prints the names; says nothing where nothing is known. */
  public int run(Console console) {
    try {
      new Names(inventory(words, console), words).of(kind).forEach(console.out()::println);
      return 0;
    } catch (Failure noInventory) {
      // A Tab is no place for words about a missing or wrong inventory.
      return noInventory.exitCode();
    }
  }

  /** The inventory that is typed, or found. */
  public static Inventory inventory(List<String> words, Console console) {
    InventoryFinder finder = new InventoryFinder(console.environment());
    return finder.read(finder.file(Names.file(words).map(Path::of)));
  }
}

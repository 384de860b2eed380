package replctl.cli.command;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import replctl.cli.Console;
import replctl.cli.render.Page;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Inventory;

/** Something that replctl does. Verbs are thin: they parse, call, and print. */
abstract class Verb {
  @Spec CommandSpec spec;

  /** Does it, and returns the exit code. */
  abstract int run();

  /** The options that every verb takes. */
  final Root root() {
    return (Root) spec.root().userObject();
  }

  final Console console() {
    return root().console;
  }

  /** The inventory that was named or found. */
  final Inventory inventory() {
    InventoryFinder finder = new InventoryFinder(console().environment());
    return finder.read(finder.file(Optional.ofNullable(root().inventory)));
  }

  /**
   * Whether nothing is printed, since what was looked at is well and only bad news is wanted: cron
   * mails whatever is printed. Data is printed all the same.
   */
  final boolean isQuiet(boolean well) {
    return root().quiet && well && !root().format.data();
  }

  /** Where this verb's result is printed. */
  final Page page() {
    return Page.of(root().console, root().format, root().colour);
  }
}

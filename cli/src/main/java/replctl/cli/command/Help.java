package replctl.cli.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import replctl.cli.Console;

/**
 * Help on the terminal. replctl's own comes from the table of verbs, so that none is built for it.
 */
final class Help {
  private Help() {}

  /** Columns of help: the terminal's, within what reads well. */
  static int width(Console console) {
    int columns = console.screen().columns();
    return columns == 0 ? 100 : Math.min(Math.max(columns, 60), 100);
  }

  static void print(Root root, CommandLine on) {
    PrintWriter out = root.console.out();
    if (on.getCommandSpec().userObject() == root) {
      verbs(out);
    } else {
      out.print(on.getUsageMessage(CommandTree.ansi(root)));
    }
  }

  private static void verbs(PrintWriter out) {
    out.println("replctl sets up, watches and switches PostgreSQL and MySQL replication over SSH.");
    out.println();
    out.println("Usage: replctl [OPTIONS] VERB [OPTIONS] [OPERANDS]");
    for (Verbs.Group group : Verbs.Group.values()) {
      if (group != Verbs.Group.HIDDEN && Verbs.ALL.stream().anyMatch(e -> e.group() == group)) {
        out.println();
        out.println(group.heading() + ":");
        for (Verbs.Entry entry : Verbs.ALL) {
          if (entry.group() == group) {
            out.println("  " + pad(entry.name(), 13) + entry.summary());
          }
        }
      }
    }
    out.println();
    out.println("Options of every verb:");
    out.print(OPTIONS);
    out.println();
    out.println("More: replctl VERB --help, man replctl-VERB");
  }

  private static final String OPTIONS =
      """
        -i, --inventory FILE  the inventory; else $REPLCTL_INVENTORY, ./replctl.yaml,
                              ~/.config/replctl/inventory.yaml, /etc/replctl/inventory.yaml
        -c, --cluster NAME    the cluster, where the inventory has more than one
        -o, --output FORMAT   table, wide, json, yaml or name
            --color WHEN      auto, always or never
        -y, --yes             answers ordinary prompts
        -q, --quiet           no progress and no remarks; nothing at all when all is well
            --timeout TIME    how long a look at the nodes may take; 5s
            --debug           shows where in replctl an error came from
        -h, --help            shows help
        -V, --version         shows the version
      """;

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}

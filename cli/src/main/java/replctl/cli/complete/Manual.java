package replctl.cli.complete;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** The whole manual, from the commands, the inventory's schema and the exit codes. */
public final class Manual {
  private Manual() {}

  /**
   * Every page, by its file's name.
   *
   * @param date of the pages, as mdoc writes it
   * @param example an inventory to show
   */
  public static Map<String, String> of(CommandLine root, String date, String example) {
    Map<String, String> pages = new TreeMap<>();
    pages.put("replctl.1", new ManPage(root, date).text());
    root.getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!sub.getCommandSpec().usageMessage().hidden() && !name.equals("help")) {
                pages.put("replctl-" + name + ".1", new ManPage(sub, date).text());
              }
            });
    pages.put("replctl-inventory.5", new InventoryPage(date, example).text());
    pages.put("replctl-exit-codes.7", new ExitCodesPage(date).text());
    return pages;
  }
}

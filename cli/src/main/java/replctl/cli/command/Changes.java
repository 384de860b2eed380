package replctl.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import picocli.CommandLine.Option;
import replctl.inventory.ClusterName;
import replctl.playbooks.world.Store;

/** For mail from cron: prints only what is not as it was the last time. */
final class Changes {
  @Option(
      names = "--notify-changes",
      description =
          "prints only where states are not those of the last run with this option; what they were"
              + " is kept in replctl's own folder on this host")
  boolean only;

  /**
   * Prints unless it is as it was, and then keeps how it is: what could not be printed is printed
   * again.
   *
   * @param which of the runs that look at that cluster: each has a last time of its own
   * @param marks by which a change is told
   */
  void print(
      Store store, ClusterName cluster, List<String> which, List<String> marks, Runnable print) {
    if (!only) {
      print.run();
      return;
    }
    CRC32 sum = new CRC32();
    sum.update(String.join("\n", which).getBytes(StandardCharsets.UTF_8));
    String file = "seen/" + cluster + "/" + which.get(0) + "-" + Long.toHexString(sum.getValue());
    String now = String.join("\n", marks) + "\n";
    if (!store.read(file).equals(Optional.of(now))) {
      print.run();
      store.replace(file, now);
    }
  }
}

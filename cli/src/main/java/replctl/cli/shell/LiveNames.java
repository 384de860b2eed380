package replctl.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import replctl.cli.Failure;
import replctl.cli.complete.Choice;
import replctl.cli.complete.Completion;
import replctl.cli.complete.Names;
import replctl.cli.complete.ValidNodes;
import replctl.cli.wiring.InventoryFinder;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.playbooks.journal.Journal;
import replctl.playbooks.journal.Recorded;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Names that are true now: of the inventory, which is read each time, of the last look, and of the
 * operator's own journal. No host is asked.
 *
 * @param inventory the inventory in use
 * @param last the last look at the cluster in use
 * @param journal that cluster's, where it is open
 */
record LiveNames(
    Supplier<Inventory> inventory,
    Supplier<Optional<Glance.Last>> last,
    Supplier<Optional<Journal>> journal) {
  /** As many as a screen shows. */
  private static final int SCREEN = 20;

  /**
   * What fits.
   *
   * @param cluster the one that the line names, or else the one in use
   */
  List<Choice> of(Completion.Asked asked, Optional<String> cluster) {
    try {
      return switch (asked.live()) {
        case "cluster" -> Names.clusters(inventory.get());
        case "node" -> nodes(asked, cluster);
        case "operation" -> operations(asked.path());
        default -> List.of();
      };
    } catch (Failure noInventory) {
      // A Tab is no place for words about it.
      return List.of();
    }
  }

  private List<Choice> nodes(Completion.Asked asked, Optional<String> named) {
    Cluster cluster = InventoryFinder.cluster(inventory.get(), named);
    Optional<Snapshot> seen =
        last.get()
            .filter(l -> l.cluster().name().equals(cluster.name()))
            .filter(l -> isOf(l.seen(), cluster))
            .map(Glance.Last::seen);
    return ValidNodes.of(asked.path(), asked.option(), cluster, seen);
  }

  /** Whether the inventory still declares what was looked at. */
  private static boolean isOf(Snapshot seen, Cluster cluster) {
    return seen.nodes().stream().allMatch(n -> cluster.node(n.name()).isPresent());
  }

  private List<Choice> operations(String path) {
    boolean open = path.equals("op resume") || path.equals("op abort");
    return journal.get().map(j -> open ? j.open() : newest(j)).orElse(List.of()).stream()
        .map(r -> new Choice(r.plan().op(), r.plan().verb() + (r.open() ? ", not over" : "")))
        .toList();
  }

  private static List<Recorded> newest(Journal journal) {
    List<String> names = journal.operations();
    List<Recorded> all = new ArrayList<>();
    names.subList(Math.max(0, names.size() - SCREEN), names.size()).stream()
        .flatMap(op -> journal.read(op).stream())
        .forEach(all::add);
    return all;
  }
}

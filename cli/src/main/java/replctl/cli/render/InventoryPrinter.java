package replctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import replctl.inventory.Cluster;
import replctl.inventory.Inventory;
import replctl.inventory.Node;
import replctl.inventory.Replication;
import replctl.inventory.Witness;
import replctl.inventory.yaml.InventoryShow;

/** An inventory with its defaults applied. */
public record InventoryPrinter(Inventory inventory) {
  /** Prints it; names are CLUSTER/NODE. */
  public int to(Page page) {
    return page.show(
        () -> Doc.of(InventoryShow.of(inventory)),
        this::lines,
        names ->
            inventory
                .clusters()
                .forEach(c -> c.nodes().forEach(n -> names.accept(c.name() + "/" + n.name()))));
  }

  private void lines(Lines to) {
    for (Cluster cluster : inventory.clusters()) {
      if (!cluster.equals(inventory.clusters().get(0))) {
        to.gap();
      }
      to.line(
          List.of(
              new Span(cluster.name().value(), Tone.STRONG),
              Span.of("   " + cluster.engine().word() + "   " + mode(cluster.replication()))));
      table(cluster, to.wide()).print(to);
      for (Witness witness : cluster.witnesses()) {
        to.line("witness " + witness.name() + "  " + witness.host());
      }
    }
  }

  private static Table table(Cluster cluster, boolean wide) {
    Table table =
        new Table()
            .column("NODE")
            .column("HOST")
            .numbers("PORT")
            .column("REGION")
            .numbers("PRIORITY")
            .column("FAILOVER")
            .column("FOLLOWS");
    if (wide) {
      table.column("BY").column("SQL").column("USER").column("DELAY").column("FENCE");
    }
    for (Node node : cluster.nodes()) {
      List<Span> cells =
          new ArrayList<>(
              List.of(
                  Span.of(node.name().value()),
                  Span.of(node.host()),
                  Span.of(Integer.toString(node.database().port())),
                  Span.of(node.region().orElse("")),
                  Span.of(Integer.toString(node.priority())),
                  Span.of(node.mayLead() ? "allowed" : "never"),
                  Span.of(
                      node.leader()
                          ? "(first leader)"
                          : node.cascadeFrom().map(Object::toString).orElse(""))));
      if (wide) {
        cells.add(Span.of(word(node.connection())));
        cells.add(Span.of(word(node.database().access())));
        cells.add(Span.of(node.database().user()));
        cells.add(Span.of(node.delay().map(Units::time).orElse("")));
        cells.add(Span.of(node.fence().isEmpty() ? "" : node.fence().size() + " levels"));
      }
      table.row(cells, List.of());
    }
    return table;
  }

  /** The durability mode in the inventory's words: {@code semi-sync, 1 ack}. */
  static String mode(Replication replication) {
    String acks =
        replication.mode() == Replication.Mode.SEMI_SYNC
            ? ", " + replication.acks() + (replication.acks() == 1 ? " ack" : " acks")
            : "";
    return replication.mode().word() + acks;
  }

  /** An enum's value as the inventory writes it. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package replctl.cli.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.cli.ExitCode;
import replctl.cli.Failure;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Inventory;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.inventory.yaml.InventoryLocations;
import replctl.inventory.yaml.InventoryReader;
import replctl.inventory.yaml.Problem;
import replctl.inventory.yaml.Reading;

/** Finds the inventory, and in it the cluster and the node that were typed. */
public final class InventoryFinder {
  private final Map<String, String> environment;

  public InventoryFinder(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The inventory's file: the one that was typed, or the first of the usual places. */
  public Path file(Optional<Path> typed) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    InventoryLocations places = new InventoryLocations(environment, Path.of(""), home);
    return places
        .find(typed, Files::exists)
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.BAD_INVENTORY,
                    "no inventory. Looked at "
                        + places.candidates(typed).stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(", ")),
                    "replctl -i FILE ...   or: export REPLCTL_INVENTORY=FILE"));
  }

  /** What reading it gave, problems included. */
  public Reading reading(Path file) {
    String home = environment.getOrDefault("HOME", "");
    InventoryReader reader =
        home.isEmpty() ? new InventoryReader() : new InventoryReader(Path.of(home));
    return reader.read(file);
  }

  /**
   * The inventory.
   *
   * @throws Failure 78 with every problem, when it can't be used
   */
  public Inventory read(Path file) {
    Reading reading = reading(file);
    return reading
        .inventory()
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.BAD_INVENTORY,
                    "the inventory can't be used\n"
                        + reading.errors().stream()
                            .map(Problem::toString)
                            .collect(Collectors.joining("\n")),
                    "correct it, then: replctl -i " + file + " inventory validate"));
  }

  /** The cluster of that name, or the only one. */
  public static Cluster cluster(Inventory inventory, Optional<String> typed) {
    String names =
        inventory.clusters().stream().map(c -> c.name().value()).collect(Collectors.joining(", "));
    if (typed.isPresent()) {
      return typed
          .filter(ClusterName::isValid)
          .flatMap(name -> inventory.cluster(new ClusterName(name)))
          .orElseThrow(
              () ->
                  Failure.of(
                      ExitCode.USAGE,
                      "no cluster " + typed.get() + " in " + inventory.file() + "; it has " + names,
                      "replctl inventory show -o name"));
    }
    if (inventory.clusters().size() != 1) {
      throw Failure.of(
          ExitCode.USAGE,
          "which cluster? " + inventory.file() + " has " + names,
          "the same with -c CLUSTER");
    }
    return inventory.clusters().get(0);
  }

  /** The node or the witness of that name in the cluster. */
  public static NodeName member(Cluster cluster, String typed) {
    return cluster.witnesses().stream()
        .map(Witness::name)
        .filter(name -> name.value().equals(typed))
        .findFirst()
        .orElseGet(() -> node(cluster, typed));
  }

  /** The node of that name in the cluster. */
  public static NodeName node(Cluster cluster, String typed) {
    return Optional.of(typed)
        .filter(NodeName::isValid)
        .map(NodeName::new)
        .filter(name -> cluster.node(name).isPresent())
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.USAGE,
                    "no node "
                        + typed
                        + " in cluster "
                        + cluster.name()
                        + "; it has "
                        + cluster.nodes().stream()
                            .map(n -> n.name().value())
                            .collect(Collectors.joining(", "))));
  }
}

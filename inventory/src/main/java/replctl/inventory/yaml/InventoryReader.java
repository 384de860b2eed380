package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.ClusterName;
import replctl.inventory.Inventory;

/**
 * Reads an inventory: every problem in one pass, each with its place. Never throws on what a file
 * holds, and keeps nothing between readings.
 */
public final class InventoryReader {
  private final Path home;

  /** For the user who runs this. */
  public InventoryReader() {
    this(Path.of(System.getProperty("user.home", "/")));
  }

  /**
   * For the user of that home.
   *
   * @param home what {@code ~/} stands for
   */
  public InventoryReader(Path home) {
    this.home = home.toAbsolutePath();
  }

  /** Reads a file, and judges who may write to it. */
  public Reading read(Path file) {
    Problems problems = new Problems(file);
    Optional<Inventory> inventory =
        InventoryFile.read(file, problems).flatMap(bytes -> inventory(file, bytes, problems));
    return reading(inventory, problems);
  }

  /** Reads a content as if it stood in that file. */
  public Reading read(Path file, byte[] content) {
    Problems problems = new Problems(file);
    return reading(inventory(file, content, problems), problems);
  }

  private static Reading reading(Optional<Inventory> inventory, Problems problems) {
    return new Reading(problems.hasErrors() ? Optional.empty() : inventory, problems.inOrder());
  }

  private Optional<Inventory> inventory(Path file, byte[] bytes, Problems problems) {
    Optional<YamlNode> tree =
        SourceText.of(bytes, problems).flatMap(text -> YamlTree.of(text, problems));
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    Path absolute = file.toAbsolutePath();
    Path folder = Objects.requireNonNullElse(absolute.getParent(), absolute);
    Spot root = new Spot(new Context(folder, home, problems), "", tree.get());
    return ClusterKeys.FILE
        .read(root)
        .flatMap(fields -> fields.get(ClusterKeys.CLUSTERS))
        .map(clusters -> new Inventory(absolute, clusters(clusters)));
  }

  private static List<Cluster> clusters(MapType.Named<ClusterName, Fields> named) {
    List<Cluster> clusters = new ArrayList<>();
    HostRules hosts = new HostRules();
    for (MapType.Item<ClusterName, Fields> item : named.items()) {
      ClusterDraft draft = ClusterDraft.of(item.name(), item.value());
      ClusterRules.check(draft);
      hosts.check(draft);
      draft.cluster().ifPresent(clusters::add);
    }
    return clusters;
  }
}

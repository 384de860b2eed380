package replctl.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the operator declares, with defaults applied.
 *
 * @param file where it was read from; relative paths in it start at this file's folder
 */
public record Inventory(Path file, List<Cluster> clusters) {
  public Inventory {
    clusters = List.copyOf(clusters);
  }

  /** The cluster of that name. */
  public Optional<Cluster> cluster(ClusterName name) {
    return clusters.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}

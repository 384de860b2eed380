package replctl.playbooks.verb.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Health;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.snapshot.Unready;
import replctl.playbooks.snapshot.Ways;

/**
 * What an operator should know of a cluster before it matters: all that a status finds, and what
 * shows only at a change of leader, at a restart, or when a host is lost. Worst first.
 *
 * @param cluster of all nodes together
 * @param nodes of each node, in the order of the inventory; no entry is missing
 */
public record Diagnosis(List<Finding> cluster, Map<NodeName, List<Finding>> nodes) {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::level).reversed();

  public Diagnosis {
    cluster = List.copyOf(cluster);
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /** Judges what was seen, where nothing around the cluster was looked at. Pure. */
  public static Diagnosis of(Cluster cluster, Snapshot seen, Engine engine) {
    return of(cluster, seen, Unready.NOTHING, Ways.UNKNOWN, engine);
  }

  /**
   * Judges what was seen. Pure.
   *
   * @param around what around the cluster could not do its part at a change of leader
   * @param ways how hosts are reached; of those of which that is not known the inventory says it
   */
  public static Diagnosis of(
      Cluster cluster, Snapshot seen, Unready around, Ways ways, Engine engine) {
    Health health = Health.of(cluster, seen, engine.survey().levels());
    Map<NodeName, List<Finding>> later = engine.checkup().of(new Site(cluster, seen));
    Map<NodeName, List<Finding>> nodes = new LinkedHashMap<>();
    for (Node node : cluster.nodes()) {
      List<Finding> found = new ArrayList<>(health.of(node.name()));
      found.addAll(later.getOrDefault(node.name(), List.of()));
      found.addAll(FencingChecks.of(cluster, node, seen));
      found.addAll(HostChecks.of(node, seen));
      found.addAll(WayChecks.of(cluster, node, ways));
      found.sort(WORST_FIRST);
      nodes.put(node.name(), List.copyOf(found));
    }
    List<Finding> together = new ArrayList<>(health.cluster());
    together.addAll(VotingChecks.of(cluster, seen));
    together.addAll(WayChecks.of(cluster, ways));
    together.addAll(AroundChecks.of(around));
    together.sort(WORST_FIRST);
    return new Diagnosis(together, nodes);
  }

  /** All of them. */
  public Stream<Finding> all() {
    return Stream.concat(cluster.stream(), nodes.values().stream().flatMap(List::stream));
  }

  /** How many there are of a level. */
  public long count(Finding.Level level) {
    return all().filter(f -> f.level() == level).count();
  }

  /** The level of the worst; empty when there is none. */
  public Optional<Finding.Level> worst() {
    return all().map(Finding::level).max(Comparator.naturalOrder());
  }
}

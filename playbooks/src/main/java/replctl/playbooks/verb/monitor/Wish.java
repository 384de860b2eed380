package replctl.playbooks.verb.monitor;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import replctl.inventory.NodeName;

/**
 * What a monitor asks for.
 *
 * @param aspects none: all that fit
 * @param nodes of which; none: of the cluster and all of its nodes
 */
public record Wish(Set<Aspect> aspects, List<NodeName> nodes, Thresholds thresholds) {
  /** All of a cluster, by the inventory's limits. */
  public static final Wish ALL = new Wish(Set.of(), List.of(), Thresholds.NONE);

  public Wish {
    EnumSet<Aspect> all = EnumSet.noneOf(Aspect.class);
    all.addAll(aspects);
    nodes = List.copyOf(nodes);
    if (all.isEmpty()) {
      for (Aspect aspect : Aspect.values()) {
        if (nodes.isEmpty() || aspect.ofNodes()) {
          all.add(aspect);
        }
      }
    }
    aspects = Collections.unmodifiableSet(all);
  }

  /** Whether that is among it. */
  public boolean has(Aspect aspect) {
    return aspects.contains(aspect);
  }

  boolean has(NodeName node) {
    return nodes.isEmpty() || nodes.contains(node);
  }
}

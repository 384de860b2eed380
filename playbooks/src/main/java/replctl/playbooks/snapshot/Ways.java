package replctl.playbooks.snapshot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Passage;

/**
 * How the operator's host reaches nodes and witnesses, its own settings of SSH applied.
 *
 * @param all the hosts on the way, the wanted one last; no entry where that is not known, or there
 *     is none
 */
public record Ways(Map<NodeName, List<Passage>> all) {
  /** Of none is anything known. */
  public static final Ways UNKNOWN = new Ways(Map.of());

  public Ways {
    all = new TreeMap<>(all);
  }

  /** The hosts on the way to one, that one last; none where that is not known. */
  public List<Passage> to(NodeName host) {
    return all.getOrDefault(host, List.of());
  }
}

package replctl.cli.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * How far behind each node was at the last looks, for a small graph beside its name.
 *
 * @param bytes oldest first; empty: it was not known
 */
public record Trail(Map<NodeName, List<OptionalLong>> bytes) {
  /** Of a single look. */
  public static final Trail NONE = new Trail(Map.of());

  /** Looks that it holds. */
  static final int LENGTH = 20;

  /** Bytes: what is less than this looks like nothing, so that an idle follower is flat. */
  private static final long FLOOR = 64 * 1024;

  private static final String UNICODE = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.:-=+*#";

  public Trail {
    bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
  }

  /** With one more look. */
  public Trail with(Snapshot seen) {
    Map<NodeName, List<OptionalLong>> more = new LinkedHashMap<>();
    for (NodeView node : seen.nodes()) {
      List<OptionalLong> old = new ArrayList<>(bytes.getOrDefault(node.name(), List.of()));
      old.add(
          node.role() == Role.LEADER
              ? OptionalLong.of(0)
              : node.server().map(Server::lag).map(Lag::bytes).orElse(OptionalLong.empty()));
      more.put(node.name(), old.subList(Math.max(0, old.size() - LENGTH), old.size()));
    }
    return new Trail(more);
  }

  /** Whether there is more than one look. */
  boolean isThere() {
    return bytes.values().stream().anyMatch(looks -> looks.size() > 1);
  }

  /** A node's graph, as high as the most that it was behind. */
  String graph(NodeName node, boolean unicode) {
    List<OptionalLong> looks = bytes.getOrDefault(node, List.of());
    long most = looks.stream().mapToLong(l -> l.orElse(0)).max().orElse(0);
    long full = Math.max(most, FLOOR);
    String bars = unicode ? UNICODE : ASCII;
    StringBuilder graph = new StringBuilder();
    for (OptionalLong look : looks) {
      if (look.isEmpty()) {
        graph.append('?');
      } else {
        double part = Math.max(0, look.getAsLong()) / (double) full;
        graph.append(bars.charAt((int) Math.round(part * (bars.length() - 1))));
      }
    }
    return graph.toString();
  }
}

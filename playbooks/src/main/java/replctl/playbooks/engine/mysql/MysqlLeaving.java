package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Leaving;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.world.Value;

/** MySQL keeps nothing for a follower that is away: only its connection can be there still. */
final class MysqlLeaving implements Leaving {
  private static final Duration QUICK = Duration.ofSeconds(30);

  @Override
  public boolean feeds(Site site, NodeName node, NodeName gone) {
    return !receivers(site, node, gone).isEmpty();
  }

  /**
   * Servers that node sends to and that may be the one that leaves: itself, by the UUID that its
   * host said last; where it does not answer, one that is no other node's.
   */
  private static List<String> receivers(Site site, NodeName node, NodeName gone) {
    Optional<String> known = site.cluster().node(gone).flatMap(n -> uuid(site, gone));
    Set<String> others =
        site.cluster().nodes().stream()
            .map(Node::name)
            .filter(n -> !n.equals(gone))
            .flatMap(n -> uuid(site, n).stream())
            .collect(Collectors.toSet());
    // Whoever's host is silent as well may be the receiver, and is not to be cut off.
    boolean othersSilent =
        site.cluster().nodes().stream()
            .map(Node::name)
            .anyMatch(n -> !n.equals(gone) && uuid(site, n).isEmpty());
    return new MysqlNode(site.declared(node), site.facts(node))
        .senders().stream()
            .flatMap(s -> s.uuid().stream())
            .filter(u -> known.map(u::equals).orElse(!othersSilent && !others.contains(u)))
            .distinct()
            .toList();
  }

  private static Optional<String> uuid(Site site, NodeName node) {
    return MysqlRemains.uuid(site.facts(node));
  }

  @Override
  public List<Step> forget(SetupGoal rest, NodeName node, NodeName gone) {
    List<String> receivers = receivers(rest.site(), node, gone);
    return receivers.isEmpty()
        ? List.of()
        : List.of(
            new MysqlScripts(rest.site(), rest.leader())
                .onData(
                    "drop-sender-" + node,
                    "end what " + node + " still sends to " + gone,
                    node,
                    "drop-sender",
                    Map.of("receivers", Value.of(String.join(",", receivers))),
                    QUICK));
  }

  @Override
  public List<String> warnings(SetupGoal rest, NodeName gone) {
    List<String> warnings = new ArrayList<>();
    for (Node other : rest.site().cluster().nodes()) {
      for (MysqlChannel channel :
          new MysqlNode(other, rest.site().facts(other.name())).channels()) {
        if (!channel.name().isEmpty()) {
          warnings.add(
              other.name()
                  + " also receives by the channel "
                  + channel.name()
                  + " from "
                  + channel.host().orElse("?")
                  + ", which is left as it is");
        }
      }
    }
    return warnings;
  }
}

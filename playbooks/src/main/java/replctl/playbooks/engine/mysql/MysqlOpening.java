package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Opening;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Place;
import replctl.playbooks.world.Value;

/** How a MySQL server that led, and is stopped or runs closed, is opened again. */
final class MysqlOpening implements Opening {
  /** Recovery decides how long a start takes; the server is only waited for. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  /** A set is shown as far as a line holds it. */
  private static final int SHOWN = 120;

  @Override
  public boolean isClosed(NodeView node) {
    return node.presence() == Presence.STOPPED || node.role() == Role.CLOSED_LEADER;
  }

  /**
   * Of a server that is stopped the script asks once it runs, closed. What a follower wrote on the
   * side speaks against nobody but that follower.
   */
  @Override
  public List<String> objections(Site site, NodeName node) {
    List<String> objections = new ArrayList<>();
    Optional<GtidSet> own = of(site, node).held();
    for (NodeView other : site.seen().nodes()) {
      if (other.name().equals(node) || own.isEmpty()) {
        continue;
      }
      GtidSet more = shared(site, other.name()).orElse(GtidSet.NONE).without(own.get());
      if (!more.isEmpty()) {
        objections.add(
            other.name()
                + " has "
                + more.count()
                + " transactions that it lacks ("
                + shown(more)
                + "): "
                + (more.without(more.of(of(site, other.name()).uuid().orElse(""))).isEmpty()
                    ? "written on " + other.name() + ", or that one was promoted"
                    : "it is behind, or another was promoted"));
      }
    }
    return objections;
  }

  @Override
  public List<String> warnings(Site site, NodeName node) {
    List<String> warnings = new ArrayList<>();
    for (NodeView other : site.seen().nodes()) {
      GtidSet errant = errant(site, other.name());
      if (!other.name().equals(node) && !errant.isEmpty()) {
        warnings.add(
            other.name()
                + " has "
                + errant.count()
                + (errant.count() == 1 ? " transaction" : " transactions")
                + " of its own, written while it followed ("
                + shown(errant)
                + "): the others never get that, and it must be rejoined");
      }
    }
    return warnings;
  }

  private static String shown(GtidSet set) {
    String text = set.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  @Override
  public Optional<String> closed(Site site, NodeName node) {
    return site.facts(node).text(HostFact.FENCED).map(marker -> "it was fenced: " + marker.strip());
  }

  @Override
  public List<Step> open(Site site, NodeName node) {
    Map<String, Value> values = new TreeMap<>();
    values.put("patience", MysqlScripts.seconds(STARTING));
    values.put("others", Value.of(others(site, node)));
    return List.of(
        Step.of(
            "open-" + node,
            "open " + node + " as the leader",
            Place.on(node),
            new MysqlScripts(site, node).performOnMost(node, "open", values),
            STARTING.plusSeconds(30)));
  }

  private static String others(Site site, NodeName node) {
    return site.seen().nodes().stream()
        .map(NodeView::name)
        .filter(other -> !other.equals(node))
        .flatMap(other -> shared(site, other).stream().map(held -> other + " " + held))
        .collect(Collectors.joining("\n"));
  }

  /** What it has of the cluster's history. */
  private static Optional<GtidSet> shared(Site site, NodeName node) {
    return of(site, node).held().map(held -> held.without(errant(site, node)));
  }

  private static GtidSet errant(Site site, NodeName node) {
    return MysqlErrant.of(
        of(site, node),
        MysqlNeighbours.of(site.cluster().nodes().stream().map(n -> of(site, n.name())).toList()));
  }

  private static MysqlNode of(Site site, NodeName node) {
    return new MysqlNode(site.declared(node), site.facts(node));
  }
}

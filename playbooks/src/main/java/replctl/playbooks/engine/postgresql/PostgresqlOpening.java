package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Opening;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/** How a PostgreSQL server that led and is stopped is opened again. */
final class PostgresqlOpening implements Opening {
  /** Recovery decides how long a start takes; the server is only waited for. */
  private static final Duration STARTING = Duration.ofMinutes(10);

  @Override
  public boolean isClosed(NodeView node) {
    return node.presence() == Presence.STOPPED;
  }

  @Override
  public List<String> objections(Site site, NodeName node) {
    List<String> objections = new ArrayList<>();
    long own = timeline(site.facts(node));
    for (NodeView other : site.seen().nodes()) {
      long its = other.name().equals(node) ? 0 : timeline(site.facts(other.name()));
      if (its > own) {
        objections.add(
            other.name()
                + " is on timeline "
                + its
                + ", and it on "
                + own
                + ": that one was promoted");
      }
    }
    return objections;
  }

  @Override
  public Optional<String> closed(Site site, NodeName node) {
    return hasSignal(site, node)
        ? Optional.of("standby.signal is in its data folder")
        : Optional.empty();
  }

  private static boolean hasSignal(Site site, NodeName node) {
    return site.facts(node).truth("standby_signal").orElse(false);
  }

  /** Of its own data: right after a promotion the control file has still the old one. */
  private static long timeline(Facts facts) {
    return Math.max(facts.number("timeline").orElse(0), facts.number("history.newest").orElse(0));
  }

  @Override
  public List<Step> open(Site site, NodeName node) {
    return List.of(
        new Scripts(site, node)
            .onData(
                "open-" + node,
                "start " + node + " as the leader",
                node,
                "start",
                Map.of(
                    "as",
                    Value.of("leader"),
                    "reopen",
                    Value.of(hasSignal(site, node) ? "yes" : "no"),
                    "patience",
                    PostgresqlSetup.seconds(STARTING)),
                STARTING.plusSeconds(30)));
  }
}

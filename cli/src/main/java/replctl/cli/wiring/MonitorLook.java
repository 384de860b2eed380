package replctl.cli.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Drift;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.observe.SetupLook;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Init;
import replctl.playbooks.verb.monitor.Applying;
import replctl.playbooks.verb.monitor.Aspect;
import replctl.playbooks.verb.monitor.Sight;
import replctl.playbooks.verb.monitor.Wish;

/** Looks at as much of a cluster as a monitor asks for, and changes nothing. */
public final class MonitorLook {
  private static final SetupGoal.Policy AS_DECLARED =
      new SetupGoal.Policy(false, false, false, false);

  private MonitorLook() {}

  /**
   * Looks.
   *
   * @param perNode how long each node may take
   * @param interval how long after the first look a second one is taken, where one is needed
   */
  public static Sight of(Session session, Wish wish, Duration perNode, Duration interval) {
    long from = session.world().clock().nanos();
    Snapshot seen = session.look(perNode);
    Optional<Map<NodeName, List<Drift>>> drift =
        wish.has(Aspect.DRIFT) && seen.nodes().stream().anyMatch(n -> n.contact().answered())
            ? Optional.of(drift(session, seen, perNode))
            : Optional.empty();
    Optional<Sight.Later> later = Optional.empty();
    if (Applying.asksForMore(seen, wish) && rest(session, from, interval)) {
      long then = session.world().clock().nanos();
      later = Optional.of(new Sight.Later(session.look(perNode), Duration.ofNanos(then - from)));
    }
    return new Sight(session.cluster(), seen, session.engine().survey().levels(), later, drift);
  }

  /** What a host says of how it is set up, against the inventory. */
  private static Map<NodeName, List<Drift>> drift(
      Session session, Snapshot seen, Duration perNode) {
    Setup setup = session.engine().setup();
    Snapshot more = SetupLook.look(session.world(), setup, session.cluster(), seen, perNode);
    return new Init(setup)
        .drift(new Site(session.cluster(), more), new Init.Options(List.of(), AS_DECLARED));
  }

  /** Waits for what is left of it; false when that was interrupted. */
  private static boolean rest(Session session, long from, Duration interval) {
    long passed = (session.world().clock().nanos() - from) / 1_000_000;
    try {
      Thread.sleep(Math.max(0, interval.toMillis() - passed));
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

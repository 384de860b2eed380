package replctl.playbooks.verb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.Fencing;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Loss;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Salvage;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;

/**
 * What a lost leader wrote and no follower has: whether its own disk can still be asked for it.
 * Pure.
 *
 * @param old the lost leader
 */
record Salvaging(Engine engine, Site site, NodeName old) {
  /** Nobody was told that anything of it is done: it spares the old leader a copy, and no more. */
  private static final Duration NOTHING_AT_STAKE = Duration.ofSeconds(10);

  /** Writes stand still meanwhile; what is not had by then is lost, or leads to a question. */
  private static final Duration AT_STAKE = Duration.ofMinutes(10);

  /** Before it is closed: its host answers, has a server's data, and may stop it. */
  boolean isHopedFor() {
    NodeView node = site.seen(old);
    return engine.promotion().salvage().isPresent()
        && site.cluster().fencing().accept().contains(Fencing.Strength.STOPPED)
        && node.contact().answered()
        && node.presence() != Presence.ABSENT;
  }

  /** What is said of it before anything is closed. */
  List<String> hopes() {
    return isHopedFor()
        ? List.of(
            "what " + old + "'s disk has and no follower has is fetched once its server is stopped")
        : List.of();
  }

  /** Once it is closed: by its own host, which still answers. */
  Optional<Salvage> way(Map<NodeName, String> closed) {
    return site.seen(old).contact().answered()
            && Fencing.Strength.STOPPED.word().equals(closed.get(old))
        ? engine.promotion().salvage()
        : Optional.empty();
  }

  /**
   * The steps; none where there is no way.
   *
   * @param loss what would be lost without them
   * @param limit the most that may be lost, and what to type where more would be; empty: that much
   *     may be
   */
  List<Step> steps(
      Map<NodeName, String> closed,
      NodeName to,
      NodeName fullest,
      Loss loss,
      Optional<List<String>> limit) {
    boolean atStake = loss.kind() != Loss.Kind.NONE;
    return way(closed)
        .map(
            salvage ->
                salvage.steps(
                    site,
                    old,
                    to,
                    fullest,
                    atStake ? AT_STAKE : NOTHING_AT_STAKE,
                    limit.orElse(List.of())))
        .orElse(List.of())
        .stream()
        .map(step -> limit.isPresent() ? step : step.failing(Step.OnFailure.TRY))
        .toList();
  }

  /** That its disk was not asked, where that matters. */
  List<String> warnings(Map<NodeName, String> closed, Loss loss) {
    return engine.promotion().salvage().isEmpty()
            || loss.kind() == Loss.Kind.NONE
            || way(closed).isPresent()
        ? List.of()
        : List.of(
            "what only "
                + old
                + "'s disk has is lost, and how much that is is not known: "
                + (site.seen(old).contact().answered()
                    ? "its server was not stopped by its own host"
                    : "its host does not answer"));
  }
}

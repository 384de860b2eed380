package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Node;
import replctl.playbooks.snapshot.Gap;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** Whether followers apply what they have: by two looks, one after the other. Pure. */
public final class Applying {
  private Applying() {}

  /** Whether a second look is needed: some follower has received what it has not applied. */
  public static boolean asksForMore(Snapshot seen, Wish wish) {
    return wish.has(Aspect.APPLY)
        && seen.nodes().stream()
            .filter(n -> wish.has(n.name()))
            .anyMatch(n -> follower(n).map(Applying::toApply).filter(Applying::isSome).isPresent());
  }

  static Verdict of(Sight sight, Wish wish) {
    List<Verdict.Problem> problems = new ArrayList<>();
    List<Measure> measures = new ArrayList<>();
    int idle = 0;
    int busy = 0;
    for (NodeView node : Nodes.following(sight, wish)) {
      Optional<Server> server = follower(node);
      Gap left = server.map(Applying::toApply).orElse(Gap.UNKNOWN);
      Optional<Gap> applied =
          server.flatMap(before -> sight.later().flatMap(later -> applied(node, before, later)));
      measures.add(rate(node, left, applied, sight));
      if (!left.isKnown()) {
        problems.add(Nodes.unknown(node, "what it has to apply is not known"));
      } else if (!isSome(left)) {
        idle++;
      } else if (applied.isEmpty() || !applied.get().isKnown()) {
        problems.add(Nodes.unknown(node, "whether it applies is not known: a second look failed"));
      } else if (isSome(applied.get())
          || sight.cluster().node(node.name()).flatMap(Node::delay).isPresent()) {
        busy++;
      } else {
        problems.add(
            new Verdict.Problem(
                State.WARNING,
                Optional.of(node.name()),
                "has "
                    + left.words()
                    + " to apply, and applied nothing in "
                    + seconds(sight)
                    + server.flatMap(s -> s.lag().why()).map(w -> ": " + w).orElse("")));
      }
    }
    String well = idle + " with nothing to apply, " + busy + " applying";
    return new Verdict(Aspect.APPLY, problems, well, List.of(), measures);
  }

  private static String seconds(Sight sight) {
    return sight
        .later()
        .map(l -> BigDecimal.valueOf(l.after().toMillis(), 3).setScale(1, RoundingMode.HALF_UP))
        .map(s -> s.toPlainString() + " s")
        .orElse("");
  }

  private static Optional<Server> follower(NodeView node) {
    return node.server().filter(s -> s.presence() == Presence.RUNNING && s.role() == Role.FOLLOWER);
  }

  private static Gap toApply(Server server) {
    return server.position().flatMap(p -> server.applied().map(p::past)).orElse(Gap.UNKNOWN);
  }

  private static boolean isSome(Gap gap) {
    return gap.isKnown() && !gap.within(0);
  }

  /** What it applied between the looks; empty where the second did not see it. */
  private static Optional<Gap> applied(NodeView node, Server before, Sight.Later later) {
    Optional<Position> from = before.applied();
    Optional<Position> to = follower(later.seen().node(node.name())).flatMap(Server::applied);
    // What arrived in between and was applied at once counts as well.
    return to.flatMap(t -> from.map(t::past));
  }

  private static Measure rate(NodeView node, Gap left, Optional<Gap> applied, Sight sight) {
    Optional<BigDecimal> rate = Optional.empty();
    if (left.isKnown() && !isSome(left)) {
      rate = Optional.of(BigDecimal.ZERO);
    } else if (applied.filter(Gap::isKnown).isPresent()) {
      long millis = sight.later().map(l -> l.after().toMillis()).orElse(0L);
      OptionalLong count =
          applied.get().bytes().isPresent() ? applied.get().bytes() : applied.get().transactions();
      rate =
          millis <= 0
              ? Optional.empty()
              : Optional.of(
                  BigDecimal.valueOf(count.orElse(0))
                      .multiply(BigDecimal.valueOf(1000))
                      .divide(BigDecimal.valueOf(millis), 0, RoundingMode.HALF_UP));
    }
    return new Measure(
        node.name() + " apply_per_second",
        Gauge.Unit.COUNT,
        rate,
        Optional.empty(),
        Optional.empty(),
        Optional.of(BigDecimal.ZERO),
        Optional.empty());
  }
}

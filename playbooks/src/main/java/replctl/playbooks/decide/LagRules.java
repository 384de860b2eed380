package replctl.playbooks.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Limits;
import replctl.inventory.Node;
import replctl.inventory.Size;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/** Whether a follower keeps up. */
final class LagRules {
  private LagRules() {}

  static List<Finding> of(Node declared, Limits limits, NodeView view) {
    Optional<Server> follower =
        view.server().filter(s -> s.role() == Role.FOLLOWER && s.presence() == Presence.RUNNING);
    if (follower.isEmpty()) {
      return List.of();
    }
    Server server = follower.get();
    Lag lag = server.lag();
    List<Finding> found = new ArrayList<>();
    if (!server.streaming().orElse(true)) {
      String missing =
          lag.bytes().isPresent() ? ", " + new Size(lag.bytes().getAsLong()) + " behind" : "";
      found.add(
          new Finding(
              // It asks for more only when it has applied what it holds back.
              declared.delay().isPresent() ? Level.WARNING : Level.CRITICAL,
              "not-streaming",
              lag.why().orElse("it does not stream") + missing,
              "look at its log; how it comes back: replctl rejoin " + view.name() + " --dry-run"));
    }
    Duration allowed = limits.lag().plus(declared.delay().orElse(Duration.ZERO));
    lag.time()
        .filter(time -> time.compareTo(allowed) >= 0)
        .ifPresent(
            time ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "lag-time",
                        seconds(time) + " behind, the limit is " + seconds(allowed) + why(lag),
                        cure(lag))));
    // What a delay holds back is wanted there: only what has not arrived counts.
    OptionalLong behind = declared.delay().isPresent() ? lag.received() : lag.bytes();
    if (behind.isPresent() && behind.getAsLong() >= limits.lagBytes().bytes()) {
      found.add(
          new Finding(
              Level.WARNING,
              "lag-bytes",
              new Size(behind.getAsLong())
                  + " behind, the limit is "
                  + limits.lagBytes()
                  + why(lag),
              cure(lag)));
    }
    if (server.streaming().orElse(false) && lag.bytes().isEmpty() && lag.time().isEmpty()) {
      found.add(
          new Finding(
              Level.NOTE,
              "lag-unknown",
              lag.why().orElse("how far behind it is is not known: the leader's position is not"),
              "replctl status again when the leader answers"));
    }
    return found;
  }

  private static String why(Lag lag) {
    return lag.why().map(w -> ": " + w).orElse("");
  }

  private static String cure(Lag lag) {
    return switch (lag.cause()) {
      case LINK -> "look at the network between the two hosts and at what else uses it";
      case APPLY -> "look at its processor and disk, and for a large transaction on the leader";
      case QUERY -> "end that query, or wait for it";
      case PAUSED -> "let it apply again what it receives";
      case DELAY -> "none is needed where the delay is wanted: see delay in the inventory";
      case NOT_STREAMING -> "look at its log";
      case NONE, UNKNOWN -> "replctl lag --watch shows where it grows";
    };
  }

  /** {@code 1.4 s}, {@code 90 s}, {@code 12 min}, {@code 3 h}. */
  static String seconds(Duration time) {
    if (time.toHours() >= 2) {
      return time.toHours() + " h";
    }
    if (time.toMinutes() >= 10) {
      return time.toMinutes() + " min";
    }
    return time.toMillis() >= 10_000 || time.toMillis() % 1000 == 0
        ? time.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}

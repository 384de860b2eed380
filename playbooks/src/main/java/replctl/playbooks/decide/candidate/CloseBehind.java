package replctl.playbooks.decide.candidate;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Limits;
import replctl.inventory.Size;
import replctl.playbooks.snapshot.Lag;
import replctl.playbooks.snapshot.Server;

/** It is not further behind than the limits allow. */
final class CloseBehind implements Rule {
  @Override
  public String name() {
    return "close-behind";
  }

  @Override
  public String meaning() {
    return "It is not further behind than the limits allow.";
  }

  @Override
  public Check check(Question question) {
    Lag lag = question.server().map(Server::lag).orElse(Lag.UNKNOWN);
    if (lag.bytes().isEmpty() && lag.time().isEmpty()) {
      return Check.unknown("not known how far it is behind");
    }
    Limits limits = question.limits();
    // What is not known is not said to be nothing.
    Optional<Size> bytes = lag.bytes().stream().mapToObj(b -> new Size(Math.max(0, b))).findFirst();
    Duration time = lag.time().orElse(Duration.ZERO);
    String words =
        Stream.concat(
                    bytes.map(Size::toString).stream(),
                    lag.time().map(CloseBehind::seconds).stream())
                .collect(Collectors.joining(", "))
            + " behind";
    return bytes.filter(b -> b.compareTo(limits.lagBytes()) > 0).isEmpty()
            && time.compareTo(limits.lag()) <= 0
        ? Check.pass(words)
        : Check.fail(words + " (limits " + limits.lagBytes() + ", " + seconds(limits.lag()) + ")");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}

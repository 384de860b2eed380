package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A value for a graph.
 *
 * @param label what it is of: {@code pg2 lag}
 * @param value empty: not known
 * @param warning outside of which it is a warning; empty: never by this value alone
 * @param critical likewise
 */
public record Measure(
    String label,
    Gauge.Unit unit,
    Optional<BigDecimal> value,
    Optional<Range> warning,
    Optional<Range> critical,
    Optional<BigDecimal> least,
    Optional<BigDecimal> most) {
  /** A number that nothing is said of by itself. */
  static Measure count(String label, long value) {
    return new Measure(
        label,
        Gauge.Unit.COUNT,
        Optional.of(BigDecimal.valueOf(value)),
        Optional.empty(),
        Optional.empty(),
        Optional.of(BigDecimal.ZERO),
        Optional.empty());
  }

  /** The same with thresholds. */
  Measure within(Optional<Range> warn, Optional<Range> crit) {
    return new Measure(label, unit, value, warn, crit, least, most);
  }

  /** What is to be said of it by its thresholds; OK where it is not known, or there are none. */
  State state() {
    if (value.isEmpty()) {
      return State.OK;
    }
    if (critical.filter(r -> r.alerts(value.get())).isPresent()) {
      return State.CRITICAL;
    }
    return warning.filter(r -> r.alerts(value.get())).isPresent() ? State.WARNING : State.OK;
  }
}

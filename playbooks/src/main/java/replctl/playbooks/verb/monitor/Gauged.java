package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.snapshot.NodeView;

/**
 * One value of one node against its thresholds.
 *
 * @param label what it is of, behind the node's name
 * @param value empty: not known
 * @param warning by the inventory
 * @param critical likewise
 */
record Gauged(
    Gauge gauge,
    NodeView node,
    String label,
    Optional<BigDecimal> value,
    Optional<Range> warning,
    Optional<Range> critical) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** For a graph. */
  Measure measure(Thresholds thresholds) {
    return new Measure(
        node.name() + " " + label,
        gauge.unit(),
        value,
        thresholds.warning(gauge, warning),
        thresholds.critical(gauge, critical),
        gauge == Gauge.CERTIFICATE ? Optional.empty() : Optional.of(BigDecimal.ZERO),
        gauge == Gauge.DISK ? Optional.of(HUNDRED) : Optional.empty());
  }

  /** What a threshold of the monitor's own says; by the inventory's limits status says it. */
  List<Verdict.Problem> problems(Thresholds thresholds) {
    Measure measure = measure(thresholds);
    if (!thresholds.on(gauge)) {
      return List.of();
    }
    if (value.isEmpty()) {
      return List.of(Nodes.unknown(node, label + " is not known"));
    }
    State state = measure.state();
    if (state == State.OK) {
      return List.of();
    }
    Range over = (state == State.CRITICAL ? measure.critical() : measure.warning()).orElseThrow();
    return List.of(
        new Verdict.Problem(
            state,
            Optional.of(node.name()),
            label
                + " is "
                + value.get().toPlainString()
                + gauge.unit().symbol()
                + ", the threshold is "
                + over.text()));
  }
}

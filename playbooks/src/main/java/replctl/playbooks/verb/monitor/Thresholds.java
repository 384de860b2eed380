package replctl.playbooks.verb.monitor;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A monitor's own thresholds. Of a value that has one here the inventory's limit does not count.
 *
 * @param warning by what they are of
 * @param critical likewise
 */
public record Thresholds(Map<Gauge, Range> warning, Map<Gauge, Range> critical) {
  /** All is judged by the inventory's limits. */
  public static final Thresholds NONE = new Thresholds(Map.of(), Map.of());

  public Thresholds {
    warning = Map.copyOf(warning);
    critical = Map.copyOf(critical);
  }

  /** Whether that value is judged by one of these. */
  boolean on(Gauge gauge) {
    return warning.containsKey(gauge) || critical.containsKey(gauge);
  }

  /** Whether a finding of status is left out, since its value is judged by one of these. */
  boolean replaces(String code) {
    return Arrays.stream(Gauge.values()).anyMatch(g -> g.code().equals(code) && on(g));
  }

  Optional<Range> warning(Gauge gauge, Optional<Range> usual) {
    return on(gauge) ? Optional.ofNullable(warning.get(gauge)) : usual;
  }

  Optional<Range> critical(Gauge gauge, Optional<Range> usual) {
    return on(gauge) ? Optional.ofNullable(critical.get(gauge)) : usual;
  }
}

package replctl.cli.render;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gauges in the text format of OpenMetrics. Written here, and not by a library
 * (io.prometheus:prometheus-metrics), which brings a registry and collectors for a process that is
 * scraped again and again: this is one page, once, of one type. Prometheus's older text format is
 * what node_exporter's textfile collector reads; it refuses OpenMetrics' types info and stateset,
 * so all are gauges, and what else it does not know ({@code # UNIT}, {@code # EOF}) is a comment to
 * it.
 */
final class OpenMetrics {
  private OpenMetrics() {}

  /**
   * What is told of many under one name.
   *
   * @param unit what the name ends in; empty: none
   * @param help one sentence without quotes, which the two formats write differently
   */
  record Family(String name, String unit, String help, List<Sample> samples) {}

  /** One value. What is not known has none: it is left out. */
  record Sample(Map<String, String> labels, BigDecimal value) {}

  /** A whole page; families without a value are left out. */
  static String text(List<Family> families) {
    StringBuilder page = new StringBuilder();
    for (Family family : families) {
      if (family.samples().isEmpty()) {
        continue;
      }
      page.append("# HELP ").append(family.name()).append(' ').append(family.help()).append('\n');
      page.append("# TYPE ").append(family.name()).append(" gauge\n");
      if (!family.unit().isEmpty()) {
        page.append("# UNIT ").append(family.name()).append(' ');
        page.append(family.unit()).append('\n');
      }
      for (Sample sample : family.samples()) {
        page.append(family.name()).append(labels(sample.labels())).append(' ');
        page.append(PluginText.number(sample.value())).append('\n');
      }
    }
    return page.append("# EOF\n").toString();
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  /** Backslash, quote and line feed as the format has them, and nothing that a terminal obeys. */
  private static String escaped(String value) {
    return Stream.of(value.split("\n", -1))
        .map(OpenMetrics::part)
        .collect(Collectors.joining("\\n"));
  }

  private static String part(String value) {
    return Visible.of(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}

package replctl.cli.render;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.playbooks.verb.monitor.Measure;
import replctl.playbooks.verb.monitor.Range;
import replctl.playbooks.verb.monitor.State;

/** Lines in the form of monitoring plugins, as Nagios, Icinga and Naemon read them. */
final class PluginText {
  private PluginText() {}

  /** The first line. */
  static String head(State state, String words, List<Measure> measures) {
    String line = "REPLCTL " + state + " - " + text(words);
    return measures.isEmpty() ? line : line + " | " + data(measures);
  }

  /** Words on one line. What stands behind a bar is read as performance data. */
  static String text(String words) {
    return words.replace('|', '/').replaceAll("\\s*\\R\\s*", "; ");
  }

  /** {@code 'pg2 lag'=0.5s;30;;0}: values with their thresholds; U: not known. */
  static String data(List<Measure> measures) {
    return measures.stream().map(PluginText::data).collect(Collectors.joining(" "));
  }

  private static String data(Measure measure) {
    String value = measure.value().map(v -> number(v) + measure.unit().symbol()).orElse("U");
    String all =
        String.join(
            ";",
            value,
            measure.warning().map(Range::text).orElse(""),
            measure.critical().map(Range::text).orElse(""),
            measure.least().map(PluginText::number).orElse(""),
            measure.most().map(PluginText::number).orElse(""));
    return label(measure.label()) + "=" + all.replaceAll(";+$", "");
  }

  /** In quotes; a quote in it is doubled, and an equals sign can't be in it. */
  private static String label(String label) {
    return "'" + text(label).replace('=', '_').replace("'", "''") + "'";
  }

  static String number(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** As JSON has it. */
  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static Doc doc(Measure measure) {
    return Doc.part()
        .put("label", measure.label())
        .put("unit", Optional.of(measure.unit().symbol()).filter(u -> !u.isEmpty()))
        .put("value", measure.value().map(v -> new BigDecimal(number(v))))
        .put("warning", measure.warning().map(Range::text))
        .put("critical", measure.critical().map(Range::text));
  }
}

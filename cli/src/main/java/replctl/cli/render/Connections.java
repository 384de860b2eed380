package replctl.cli.render;

import java.util.List;
import replctl.playbooks.engine.ConnectionText;

/** How clients connect: lines to copy from, and data. */
final class Connections {
  private static final String LABEL = "connect";

  private Connections() {}

  /** A line each, the text first and alone where it needs no remark. */
  static void lines(Lines to, List<ConnectionText> texts, int width) {
    for (ConnectionText text : texts) {
      to.line(
          List.of(
              new Span(LABEL, Tone.FAINT),
              Span.of(" ".repeat(width - LABEL.length()) + text.text()),
              new Span(remark(text), Tone.FAINT)));
    }
  }

  private static String remark(ConnectionText text) {
    return switch (text.to()) {
      case ConnectionText.LEADER -> "";
      case "vip" -> "   (the address that the leader holds)";
      case "pgbouncer" -> "   (by the pooler)";
      default -> "   (" + text.to() + " alone)";
    };
  }

  static List<Doc> docs(List<ConnectionText> texts) {
    return texts.stream()
        .map(t -> Doc.part().put("client", t.client()).put("to", t.to()).put("text", t.text()))
        .toList();
  }
}

package replctl.cli.render;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;

/** Lines as a text, for comparison with what is expected. */
final class Rendered {
  private Rendered() {}

  static String plain(Consumer<Lines> what) {
    return with(Lines.Look.PLAIN, what);
  }

  static String with(Lines.Look look, Consumer<Lines> what) {
    StringWriter text = new StringWriter();
    PrintWriter to = new PrintWriter(text);
    what.accept(new Lines(to, look));
    to.flush();
    return text.toString();
  }
}

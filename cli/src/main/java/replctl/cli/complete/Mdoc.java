package replctl.cli.complete;

import java.util.Locale;

/** A manual page that is being written, in mdoc. */
final class Mdoc {
  /** Longest line of text; what is longer is broken at a blank. */
  private static final int WIDTH = 77;

  private final StringBuilder page = new StringBuilder();

  /** Begins a page: what it is called, and what that is in one line without a full stop. */
  Mdoc(String name, int section, String date, String summary) {
    page.append(".\\\" Made by the build from the commands; not edited by hand.\n");
    line(".Dd " + date);
    line(".Dt " + name.toUpperCase(Locale.ROOT) + " " + section);
    line(".Os");
    section("NAME").line(".Nm " + name).line(".Nd " + escaped(summary));
  }

  /** Begins a section. */
  Mdoc section(String heading) {
    return line(".Sh " + heading);
  }

  /** A line of mdoc, as it is. */
  Mdoc line(String request) {
    page.append(request).append('\n');
    return this;
  }

  /** Begins a list whose items have names. */
  Mdoc list() {
    return line(".Bl -tag -width Ds");
  }

  /** One of the list's items: its name in mdoc, and what is said of it. */
  Mdoc item(String name, String text) {
    return line(".It " + name).text(text);
  }

  /** Ends the list. */
  Mdoc end() {
    return line(".El");
  }

  /** A new paragraph. */
  Mdoc paragraph(String text) {
    return line(".Pp").text(text);
  }

  /** Words; a new line after each sentence, which is how mdoc tells its end. */
  Mdoc text(String text) {
    for (String sentence : text.split("(?<=(?:[a-z0-9)]|[A-Z]{2})[.]) (?=[A-Z])")) {
      StringBuilder line = new StringBuilder();
      for (String word : sentence.split(" ")) {
        if (line.length() + word.length() > WIDTH) {
          line(escaped(line.toString()));
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      line(escaped(line.toString()));
    }
    return this;
  }

  /** Lines as they are typed or stand in a file. */
  Mdoc literal(Iterable<String> lines) {
    line(".Bd -literal");
    lines.forEach(text -> line(escaped(text)));
    return line(".Ed");
  }

  /** The page. */
  @Override
  public String toString() {
    return page.toString();
  }

  /** Text in which nothing is an instruction to the formatter. */
  static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}

package replctl.cli.render;

import java.io.PrintWriter;
import java.util.List;

/** Lines for people, on a terminal or in a file. */
public final class Lines {
  private final PrintWriter to;
  private final Look look;

  /**
   * How they look.
   *
   * @param columns width to fit into; 0: any
   */
  public record Look(boolean wide, boolean colour, boolean unicode, int columns) {
    /** As a file gets it. */
    public static final Look PLAIN = new Look(false, false, false, 0);
  }

  public Lines(PrintWriter to, Look look) {
    this.to = to;
    this.look = look;
  }

  /** How they look. */
  public Look look() {
    return look;
  }

  /** Whether more columns are wanted. */
  public boolean wide() {
    return look.wide();
  }

  /** A line of one text. */
  public void line(String text) {
    line(List.of(Span.of(text)));
  }

  /** A line of one text in a tone. */
  public void line(String text, Tone tone) {
    line(List.of(new Span(text, tone)));
  }

  /** A line of several texts; blanks at its end are not printed. */
  public void line(List<Span> spans) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (Span span : spans) {
      String text = span.text();
      if (text.isBlank()) {
        blanks += text.length();
      } else {
        String kept = text.stripTrailing();
        line.append(" ".repeat(blanks)).append(look.colour() ? span.tone().paint(kept) : kept);
        blanks = text.length() - kept.length();
      }
    }
    to.println(line);
  }

  /** An empty line. */
  public void gap() {
    to.println();
  }
}

package replctl.cli.render;

/**
 * A text in one tone. What servers and files said is made harmless here, before it can reach a
 * terminal: there is no other way from a text to a printed line.
 */
public record Span(String text, Tone tone) {
  public Span {
    text = Visible.of(text);
  }

  /** Plain text. */
  public static Span of(String text) {
    return new Span(text, Tone.PLAIN);
  }

  /** Columns that it takes. */
  int width() {
    return Width.of(text);
  }
}

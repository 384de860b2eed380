package replctl.cli.render;

/** How a text is meant. Colours follow it; the words say it already. */
public enum Tone {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  WARN("33"),
  BAD("1;31");

  private final String sgr;

  Tone(String sgr) {
    this.sgr = sgr;
  }

  /** The text between this tone's codes. */
  public String paint(String text) {
    return sgr.isEmpty() || text.isEmpty() ? text : "\u001b[" + sgr + "m" + text + "\u001b[0m";
  }
}

package replctl.cli.render;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;
import replctl.cli.Console;

/** When to use colour. It never says anything that words don't say too. */
public enum Colour {
  AUTO,
  ALWAYS,
  NEVER;

  /** The choice of that word. */
  public static Colour of(String word) {
    for (Colour colour : values()) {
      if (colour.name().toLowerCase(Locale.ROOT).equals(word)) {
        return colour;
      }
    }
    throw new TypeConversionException("expected auto, always or never, found " + word);
  }

  /** Whether stdout gets colour: NO_COLOR, CLICOLOR_FORCE and TERM=dumb are heeded in AUTO. */
  public boolean on(Console console) {
    return on(console, console.screen().out());
  }

  /** Whether stderr gets colour. */
  public boolean onErr(Console console) {
    return on(console, console.screen().err());
  }

  private boolean on(Console console, boolean terminal) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> {
        String forced = console.env("CLICOLOR_FORCE");
        yield console.env("NO_COLOR").isEmpty()
            && ((!forced.isEmpty() && !forced.equals("0"))
                || (terminal && !console.env("TERM").equals("dumb")));
      }
    };
  }
}

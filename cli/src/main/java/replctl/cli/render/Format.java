package replctl.cli.render;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a result is printed. */
public enum Format {
  TABLE,
  WIDE,
  JSON,
  YAML,
  NAME;

  /** The form of that word. */
  public static Format of(String word) {
    for (Format format : values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    throw new TypeConversionException("expected table, wide, json, yaml or name, found " + word);
  }

  /** As typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether programs read it. */
  public boolean data() {
    return this == JSON || this == YAML;
  }
}

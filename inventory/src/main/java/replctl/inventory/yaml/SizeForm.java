package replctl.inventory.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import replctl.inventory.Size;

/** A number of bytes. */
record SizeForm() implements Form<Size> {
  @Override
  public String what() {
    return "a size such as 100MiB or 5GB";
  }

  @Override
  public String pattern() {
    return "^" + Size.FORM + "$";
  }

  @Override
  public boolean orNumber() {
    return true;
  }

  @Override
  public Parsed<Size> parse(String text) {
    Optional<Size> size = Size.parse(text);
    if (size.isPresent()) {
      return Parsed.good(size.get());
    }
    return new Parsed.Bad<>("the units are B, KB, KiB, MB, MiB, GB, GiB, TB, TiB", meant(text));
  }

  /** The likely slips are the letters' case and a missing B: 100mb, 100M, 100Mi. */
  private static Optional<String> meant(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (String candidate : List.of(upper, upper + "B")) {
      String word = candidate.replace("IB", "iB");
      if (Size.parse(word).isPresent()) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }
}

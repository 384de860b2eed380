package replctl.inventory.yaml;

import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Size;

/** How much a failover may lose; empty: any amount. */
record MaxLossForm() implements Form<OptionalLong> {
  @Override
  public String what() {
    return "0, a size such as 1MiB, or any";
  }

  @Override
  public String pattern() {
    return "^(any|" + Size.FORM + ")$";
  }

  @Override
  public boolean orNumber() {
    return true;
  }

  @Override
  public Parsed<OptionalLong> parse(String text) {
    if (text.equals("any")) {
      return Parsed.good(OptionalLong.empty());
    }
    Optional<Size> size = Size.parse(text);
    return size.isPresent() ? Parsed.good(OptionalLong.of(size.get().bytes())) : Parsed.bad("");
  }
}

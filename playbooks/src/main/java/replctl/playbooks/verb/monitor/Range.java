package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of which nothing is to be said, as monitoring plugins write them: {@code 10} is from 0 to
 * 10, {@code 10:} from 10, {@code ~:10} up to 10, {@code 10:20} both; with {@code @} in front those
 * inside are to be said.
 *
 * @param least empty: there is none
 * @param most empty: there is none
 * @param inside whether it is said of values inside, and not of those outside
 */
public record Range(Optional<BigDecimal> least, Optional<BigDecimal> most, boolean inside) {
  private static final Pattern FORM = Pattern.compile("(@?)(?:(~|[^:~@]*):)?([^:~@]*)");

  /** From 0 to that. */
  static Range upTo(long most) {
    return new Range(Optional.of(BigDecimal.ZERO), Optional.of(BigDecimal.valueOf(most)), false);
  }

  /** From that on. */
  static Range from(long least) {
    return new Range(Optional.of(BigDecimal.valueOf(least)), Optional.empty(), false);
  }

  /**
   * Reads one; empty when the text is none.
   *
   * @param number reads an end, with whatever unit it may have
   */
  public static Optional<Range> parse(String text, Function<String, Optional<BigDecimal>> number) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || text.isEmpty() || text.equals("@")) {
      return Optional.empty();
    }
    String from = parts.group(2);
    String to = parts.group(3);
    boolean open = from != null && from.equals("~");
    Optional<BigDecimal> least =
        from == null || from.isEmpty()
            ? Optional.of(BigDecimal.ZERO)
            : open ? Optional.empty() : number.apply(from);
    Optional<BigDecimal> most = to.isEmpty() ? Optional.empty() : number.apply(to);
    boolean unread = (!open && least.isEmpty()) || (!to.isEmpty() && most.isEmpty());
    boolean crossed =
        least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0;
    return unread || crossed || ((from == null || from.isEmpty()) && to.isEmpty())
        ? Optional.empty()
        : Optional.of(new Range(least, most, parts.group(1).equals("@")));
  }

  /** Whether something is to be said of that value. */
  public boolean alerts(BigDecimal value) {
    boolean within =
        least.map(l -> value.compareTo(l) >= 0).orElse(true)
            && most.map(m -> value.compareTo(m) <= 0).orElse(true);
    return within == inside;
  }

  /** In the shortest form, without units. */
  public String text() {
    String end = most.map(BigDecimal::toPlainString).orElse("");
    String from =
        least
            .map(l -> l.signum() == 0 && most.isPresent() ? "" : l.toPlainString() + ":")
            .orElse("~:");
    return (inside ? "@" : "") + from + end;
  }
}

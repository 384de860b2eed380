package replctl.inventory.yaml;

import java.time.Duration;
import java.util.Optional;

/** A time with its unit: {@code 500ms}, {@code 30s}, {@code 5min}, {@code 1h}, {@code 2d}. */
record DurationForm() implements Form<Duration> {
  @Override
  public String what() {
    return "a time such as 30s, 5min or 1h";
  }

  @Override
  public String pattern() {
    return "^[1-9][0-9]{0,8} ?(ms|s|min|h|d)$";
  }

  @Override
  public Parsed<Duration> parse(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    String number = text.substring(0, end);
    Optional<Integer> count = WholeType.digits(number);
    if (count.isEmpty()) {
      return Parsed.bad("");
    }
    if (count.get() == 0) {
      return Parsed.bad("it is no time at all");
    }
    String unit = text.startsWith(" ", end) ? text.substring(end + 1) : text.substring(end);
    return switch (unit) {
      case "ms" -> Parsed.good(Duration.ofMillis(count.get()));
      case "s" -> Parsed.good(Duration.ofSeconds(count.get()));
      case "min" -> Parsed.good(Duration.ofMinutes(count.get()));
      case "h" -> Parsed.good(Duration.ofHours(count.get()));
      case "d" -> Parsed.good(Duration.ofDays(count.get()));
      case "" -> Parsed.bad("the unit is missing", number + "s");
      case "m" -> Parsed.bad("m is not a unit", number + "min");
      default -> Parsed.bad("the units are ms, s, min, h and d");
    };
  }
}

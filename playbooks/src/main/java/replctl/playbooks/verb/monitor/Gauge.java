package replctl.playbooks.verb.monitor;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import replctl.inventory.Size;

/** A value of a node for which a monitor may set thresholds of its own. */
public enum Gauge {
  /** Age of the oldest change that a follower has not applied. */
  LAG(Aspect.LAG, Unit.SECONDS, "lag-time"),
  LAG_BYTES(Aspect.LAG, Unit.BYTES, "lag-bytes"),
  /** Of a file system with the server's files. */
  DISK(Aspect.DISK, Unit.PERCENT, "disk"),
  /** Since a fence device was seen to switch its host off. */
  DRILL_AGE(Aspect.FENCE, Unit.SECONDS, "fence-drill-old"),
  /** Until the server's certificate ends; negative when it has. */
  CERTIFICATE(Aspect.DRIFT, Unit.SECONDS, "certificate");

  private static final Pattern NUMBER =
      Pattern.compile("(-?[0-9]{1,15}(?:\\.[0-9]{1,9})?) ?(ms|s|m|h|d)?");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?%?");

  private final Aspect aspect;
  private final Unit unit;
  private final String code;

  Gauge(Aspect aspect, Unit unit, String code) {
    this.aspect = aspect;
    this.unit = unit;
    this.code = code;
  }

  /** What values are counted in. */
  public enum Unit {
    SECONDS("s"),
    BYTES("B"),
    PERCENT("%"),
    COUNT("");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** As performance data has it. */
    public String symbol() {
      return symbol;
    }
  }

  /** As typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where it is judged. */
  public Aspect aspect() {
    return aspect;
  }

  Unit unit() {
    return unit;
  }

  /** The finding of status that a threshold takes the place of. */
  String code() {
    return code;
  }

  /** The one of that word. */
  public static Optional<Gauge> of(String word) {
    return Arrays.stream(values()).filter(g -> g.word().equals(word)).findFirst();
  }

  /** A range of it, ends with units if they have any: {@code 30s}, {@code 100MiB:}, {@code 90d}. */
  public Optional<Range> range(String text) {
    return Range.parse(text, this::number);
  }

  private Optional<BigDecimal> number(String text) {
    if (unit == Unit.BYTES) {
      return Size.parse(text).map(size -> BigDecimal.valueOf(size.bytes()));
    }
    Matcher number = (unit == Unit.PERCENT ? PERCENT : NUMBER).matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    BigDecimal count = new BigDecimal(number.group(1));
    return Optional.of(
        unit == Unit.PERCENT || number.group(2) == null
            ? count
            : count.multiply(seconds(number.group(2))));
  }

  private static BigDecimal seconds(String symbol) {
    return new BigDecimal(
        switch (symbol) {
          case "ms" -> "0.001";
          case "m" -> "60";
          case "h" -> "3600";
          case "d" -> "86400";
          default -> "1";
        });
  }
}

package replctl.playbooks.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a parameter is to be.
 *
 * @param name as the server lists it: in lower case, with underscores
 * @param value data to its end; empty: what was set is taken away
 */
public record ParameterWish(String name, Optional<String> value) {
  /** In characters. Neither server has a parameter for which more makes sense. */
  public static final int LONGEST = 4096;

  private static final Pattern NAME =
      Pattern.compile("[a-z_][a-z0-9_]{0,62}(\\.[a-z_][a-z0-9_]{0,62})?");

  /**
   * @throws IllegalArgumentException when that is no name or no value, and why
   */
  public ParameterWish {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("that is not the name of a parameter");
    }
    if (value.filter(v -> v.length() > LONGEST).isPresent()) {
      throw new IllegalArgumentException(
          "the value of " + name + " has more than " + LONGEST + " characters");
    }
    if (value.filter(ParameterWish::isHostile).isPresent()) {
      throw new IllegalArgumentException(
          "the value of " + name + " has a control character, or half a character, in it");
    }
  }

  /** Lines are taken apart at their ends, also at Unicode's. */
  private static boolean isHostile(String value) {
    return value
        .codePoints()
        .anyMatch(
            c ->
                Character.isISOControl(c)
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(c) == Character.SURROGATE);
  }

  /**
   * By NAME=VALUE, split at the first equals sign; what comes after it is the value, as it is.
   *
   * @throws IllegalArgumentException when that is no name or no value, and why
   */
  public static ParameterWish of(String typed) {
    int equals = typed.indexOf('=');
    return equals < 0
        ? new ParameterWish(name(typed), Optional.empty())
        : new ParameterWish(
            name(typed.substring(0, equals)), Optional.of(typed.substring(equals + 1)));
  }

  /** Both servers take a hyphen for an underscore on their command lines. */
  private static String name(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** As scripts are given it. */
  public String line() {
    return value.map(v -> name + "=" + v).orElse(name);
  }

  /** As scripts are given them: a line each. */
  public static String lines(List<ParameterWish> wishes) {
    return wishes.stream().map(ParameterWish::line).collect(Collectors.joining("\n"));
  }
}

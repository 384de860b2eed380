package replctl.playbooks.engine.postgresql;

import java.util.Optional;
import java.util.function.Predicate;
import replctl.playbooks.world.Facts;

/**
 * A parameter that replication needs, and when a server already has what is needed.
 *
 * @param value as it stands in replctl.conf, without quotes
 * @param restart whether it takes hold only at a start
 * @param enough whether a running server's value (bytes or ms where it has a unit) is good enough
 * @param when whether it is asked of servers that replctl did not make
 */
record Parameter(String name, String value, boolean restart, Predicate<String> enough, When when) {
  /** Of which servers a parameter is asked. */
  enum When {
    /** Of each. */
    NEEDED,
    /** Only of those that replctl makes: others keep what they have. */
    NEW
  }

  /** Just this value. */
  static Parameter exactly(String name, String value, boolean restart) {
    return new Parameter(name, value, restart, value::equals, When.NEEDED);
  }

  /** This value, unless the server was made by somebody else. */
  static Parameter preferred(String name, String value, boolean restart) {
    return new Parameter(name, value, restart, value::equals, When.NEW);
  }

  /** This number or more; -1 is more than any. */
  static Parameter atLeast(String name, long value, boolean restart) {
    return new Parameter(
        name,
        Long.toString(value),
        restart,
        has -> number(has).filter(n -> n == -1 || n >= value).isPresent(),
        When.NEEDED);
  }

  /** This text, where the server's value does not pass a test. */
  static Parameter unless(String name, String value, boolean restart, Predicate<String> enough) {
    return new Parameter(name, value, restart, enough, When.NEEDED);
  }

  /** Whether a running server has what is needed; false when it did not say. */
  boolean isMetBy(Facts facts) {
    return when == When.NEW || facts.text("setting." + name).filter(enough).isPresent();
  }

  /** As a line of a configuration file. */
  String line() {
    return name + " = '" + value.replace("'", "''") + "'";
  }

  /** The same parameter with another value. */
  Parameter with(String other) {
    return new Parameter(name, other, restart, enough, when);
  }

  static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}

package replctl.playbooks.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.world.Facts;

/**
 * A parameter on a node, as its server says.
 *
 * @param name as the server lists it
 * @param value what it runs with, as the server shows it
 * @param raw the same in the server's own unit, to compare
 * @param unit that unit, where it has one
 * @param after what it would run with after a start, in that unit; empty: not known
 * @param setBy where the value comes from, in words
 * @param home where a new value is written: a file's name
 * @param written the text that stands there; empty: none
 * @param atStart whether a new value takes hold only at a start
 * @param staysUntilStart whether what is taken away goes on to hold until a start
 * @param fixed why it can't be changed there; empty: it can
 * @param would the value that was asked for, in the server's own unit
 * @param text the same as it is written
 * @param says why the server does not take it; empty: it does, or can't tell before
 * @param elsewhere roles and databases for which it is set apart, in words
 */
public record ParameterState(
    String name,
    String value,
    String raw,
    Optional<String> unit,
    Optional<String> after,
    String setBy,
    String home,
    Optional<String> written,
    boolean atStart,
    boolean staysUntilStart,
    Optional<String> fixed,
    Optional<String> would,
    Optional<String> text,
    Optional<String> says,
    Optional<String> elsewhere) {
  /** What says of a node, in its facts, why it did not tell its parameters. */
  public static final String WHAT = "parameters";

  private static final String PREFIX = "parameter.";

  /** Of a node whose host has answered; empty: its server has no parameter of that name. */
  public static Optional<ParameterState> of(Facts facts, String name) {
    String prefix = PREFIX + name + ".";
    if (!facts.byName().containsKey(prefix + "raw")) {
      return Optional.empty();
    }
    return Optional.of(
        new ParameterState(
            name,
            facts.text(prefix + "value").orElse(""),
            facts.text(prefix + "raw").orElse(""),
            facts.text(prefix + "unit"),
            given(facts, prefix + "after"),
            facts.text(prefix + "set_by").orElse("not known"),
            facts.text(prefix + "home").orElse(""),
            given(facts, prefix + "written"),
            facts.truth(prefix + "at_start").orElse(true),
            facts.truth(prefix + "stays").orElse(true),
            facts.text(prefix + "fixed"),
            given(facts, prefix + "would"),
            given(facts, prefix + "text"),
            facts.text(prefix + "says"),
            facts.text(prefix + "elsewhere")));
  }

  /** The empty text is a value. */
  private static Optional<String> given(Facts facts, String key) {
    return Optional.ofNullable(facts.byName().get(key));
  }

  /** All names that a server has, where it was asked for one that it has not. */
  public static List<String> names(Facts facts) {
    return facts
        .text(PREFIX + "names")
        .map(all -> Arrays.asList(all.split(" ", -1)))
        .orElse(List.of());
  }

  /** Whether a start would bring another value than it runs with. */
  public boolean waits() {
    return after.filter(a -> !a.equals(raw)).isPresent();
  }

  /** For people: the empty text is a value. */
  public String shown() {
    return value.isEmpty() ? "''" : value;
  }

  /** The same without its values, which may hold a secret. */
  public ParameterState hidden() {
    Optional<String> stars = Optional.of("***");
    return new ParameterState(
        name,
        "***",
        "***",
        unit,
        stars,
        setBy,
        home,
        written.flatMap(w -> stars),
        atStart,
        staysUntilStart,
        fixed,
        would,
        text,
        says,
        elsewhere);
  }

  /** What there was, to be written again. */
  public ParameterWish before() {
    return new ParameterWish(name, written);
  }

  /** Whether something must be written for that. */
  public boolean lacks(ParameterWish wish) {
    if (wish.value().isEmpty()) {
      return written.isPresent();
    }
    return !after.equals(would) || (!atStart && !would.equals(Optional.of(raw)));
  }

  /** What is to be written for that. */
  public ParameterWish writing(ParameterWish wish) {
    return wish.value().isEmpty() ? wish : new ParameterWish(name, text.or(wish::value));
  }

  /** Whether, once it is written, it takes hold only at a start. */
  public boolean waitsFor(ParameterWish wish) {
    return wish.value().isEmpty()
        ? staysUntilStart && (written.isPresent() || waits())
        : atStart && !would.equals(Optional.of(raw));
  }
}

package replctl.it.storm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.it.Replctl;

/**
 * One fault, and what came of it.
 *
 * @param typed what was typed while it lasted
 * @param rescue what was typed to bring all back
 * @param resumed whether an operation that was cut off went to its end at once; true where none was
 * @param gap the longest time between two acknowledgements, in ns
 * @param wrong what a checker says against it
 */
record Round(
    int number,
    Fault fault,
    String leader,
    String next,
    List<Replctl.Result> typed,
    List<Replctl.Result> rescue,
    boolean killed,
    boolean resumed,
    long acknowledged,
    long unknown,
    long gap,
    double seconds,
    List<String> wrong) {
  Round {
    typed = List.copyOf(typed);
    rescue = List.copyOf(rescue);
    wrong = List.copyOf(wrong);
  }

  /** Whether replctl was killed when it had begun an operation: it is then one that is resumed. */
  boolean interrupted() {
    return killed && rescue.stream().anyMatch(r -> r.command().contains("resume"));
  }

  /** One line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%3d  %-16s %s to %s  typed %-6s back %-10s acknowledged %5d  unknown %2d  gap %6.1f s"
            + "  whole after %5.1f s%s",
        number,
        fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        leader,
        next,
        codes(typed),
        codes(rescue),
        acknowledged,
        unknown,
        gap / 1e9,
        seconds,
        wrong.isEmpty() ? "" : "  WRONG: " + String.join("; ", wrong));
  }

  /** All that was typed and said, for who looks into it. */
  String trace() {
    return line()
        + "\n"
        + Stream.concat(typed.stream(), rescue.stream())
            .map(Replctl.Result::toString)
            .collect(Collectors.joining("\n"));
  }

  private static String codes(List<Replctl.Result> results) {
    return results.isEmpty()
        ? "-"
        : results.stream().map(r -> Integer.toString(r.code())).collect(Collectors.joining(","));
  }
}

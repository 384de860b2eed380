package replctl.it.storm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One fault, and what came of it.
 *
 * @param typed what was typed while it lasted
 * @param rescue what was typed to bring all back
 * @param resumed whether an operation that was cut off went to its end at once; true where none was
 * @param gap the longest time between two acknowledgements, in ns
 * @param whole whether one led and all followed in the end
 * @param lost rows that were acknowledged, and are not there; 0 where that can't be said
 * @param overlap how long two nodes acknowledged at once, in ns
 * @param wrong what a checker says against it
 * @param logs what each server said, where something is
 */
record Round(
    int number,
    Fault fault,
    String leader,
    String next,
    List<Typed> typed,
    List<Typed> rescue,
    boolean killed,
    boolean resumed,
    long acknowledged,
    long unknown,
    long gap,
    double seconds,
    boolean whole,
    long lost,
    long overlap,
    List<String> wrong,
    List<String> logs) {
  Round {
    typed = List.copyOf(typed);
    rescue = List.copyOf(rescue);
    wrong = List.copyOf(wrong);
    logs = List.copyOf(logs);
  }

  /** Whether the tool was killed when it had begun an operation that is then one to resume. */
  boolean interrupted() {
    return killed && rescue.stream().anyMatch(r -> r.words().contains(" op resume "));
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
        + Stream.of(typed.stream(), rescue.stream(), logs.stream())
            .flatMap(all -> all)
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
  }

  private static String codes(List<Typed> results) {
    return results.isEmpty()
        ? "-"
        : results.stream().map(r -> Integer.toString(r.code())).collect(Collectors.joining(","));
  }
}

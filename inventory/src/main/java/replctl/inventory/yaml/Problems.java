package replctl.inventory.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the problems of one reading. */
final class Problems {
  /** A file of nonsense has a problem a line; nobody reads past these. */
  static final int MOST = 200;

  private final Path file;
  private final List<Problem> found = new ArrayList<>();
  private int errors;
  private int warnings;

  Problems(Path file) {
    this.file = file;
  }

  void error(Place at, String path, String message) {
    error(at, path, message, Optional.empty());
  }

  void error(Place at, String path, String message, Optional<String> suggestion) {
    Problem problem =
        new Problem(
            Problem.Severity.ERROR, file, at.line(), at.column(), path, message, suggestion);
    // The same place can be met twice through an alias.
    if (errors++ < MOST && !found.contains(problem)) {
      found.add(problem);
    }
  }

  void warn(Place at, String path, String message) {
    Problem problem =
        new Problem(
            Problem.Severity.WARNING,
            file,
            at.line(),
            at.column(),
            path,
            message,
            Optional.empty());
    if (warnings++ < MOST && !found.contains(problem)) {
      found.add(problem);
    }
  }

  boolean hasErrors() {
    return errors > 0;
  }

  /** In the order of the file, those of the whole file first. */
  List<Problem> inOrder() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Problems::byPlace);
    more(Problem.Severity.ERROR, errors).ifPresent(sorted::add);
    more(Problem.Severity.WARNING, warnings).ifPresent(sorted::add);
    return List.copyOf(sorted);
  }

  private static int byPlace(Problem one, Problem other) {
    return one.line() != other.line()
        ? Integer.compare(one.line(), other.line())
        : Integer.compare(one.column(), other.column());
  }

  private Optional<Problem> more(Problem.Severity severity, int count) {
    return count <= MOST
        ? Optional.empty()
        : Optional.of(
            new Problem(
                severity,
                file,
                0,
                0,
                "",
                (count - MOST) + " more " + severity.word() + "s are not shown",
                Optional.empty()));
  }
}

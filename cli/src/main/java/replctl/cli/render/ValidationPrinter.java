package replctl.cli.render;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import replctl.inventory.Inventory;
import replctl.inventory.yaml.Problem;
import replctl.inventory.yaml.Reading;

/** What is wrong with an inventory: a line a problem, as compilers print them. */
public record ValidationPrinter(Path file, Reading reading) {
  /** Prints it. */
  public int to(Page page) {
    return page.show(this::doc, this::lines, names -> {});
  }

  private void lines(Lines to) {
    for (Problem problem : reading.problems()) {
      boolean error = problem.severity() == Problem.Severity.ERROR;
      to.line(problem.toString(), error ? Tone.BAD : Tone.WARN);
    }
    if (reading.inventory().isPresent()) {
      Inventory inventory = reading.inventory().get();
      int nodes = inventory.clusters().stream().mapToInt(c -> c.nodes().size()).sum();
      String counts = count(inventory.clusters().size(), "cluster") + ", " + count(nodes, "node");
      int warnings = reading.warnings().size();
      to.line(
          file + ": ok, " + counts + (warnings == 0 ? "" : ", " + count(warnings, "warning")),
          Tone.GOOD);
    } else {
      to.line(file + ": " + count(reading.errors().size(), "error"), Tone.BAD);
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private Doc doc() {
    return Doc.of("InventoryValidation")
        .put("file", file.toString())
        .put("valid", reading.inventory().isPresent())
        .put("problems", reading.problems().stream().map(ValidationPrinter::problem).toList());
  }

  private static Doc problem(Problem problem) {
    return Doc.part()
        .put("severity", problem.severity().word())
        .put("line", known(problem.line()))
        .put("column", known(problem.column()))
        .put("path", Optional.of(problem.path()).filter(p -> !p.isEmpty()))
        .put("message", problem.message())
        .put("suggestion", problem.suggestion());
  }

  private static OptionalInt known(int place) {
    return place > 0 ? OptionalInt.of(place) : OptionalInt.empty();
  }
}

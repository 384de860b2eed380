package replctl.cli.render;

import java.util.List;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Recorded;

/**
 * {@code op list}: the operations of a cluster, newest first.
 *
 * @param older how many there are that are not among these
 */
public record OperationsPrinter(List<Recorded> operations, int older) {
  public OperationsPrinter {
    operations = List.copyOf(operations);
  }

  /** Prints them. */
  public int to(Page page) {
    return page.show(
        this::doc, this::lines, names -> operations.forEach(o -> names.accept(o.plan().op())));
  }

  Doc doc() {
    return Doc.of("Operations")
        .put("operations", operations.stream().map(OperationsPrinter::doc).toList())
        .put("older", older);
  }

  private static Doc doc(Recorded operation) {
    return Doc.part()
        .put("operation", operation.plan().op())
        .put("cluster", operation.plan().cluster().value())
        .put("verb", operation.plan().verb())
        .put("begunAt", operation.begunBy().map(Entry.Begun::at))
        .put("owner", operation.begunBy().map(Entry.Begun::owner))
        .put("ending", operation.ended().map(e -> InventoryPrinter.word(e.ending())))
        .put("open", operation.open())
        .put("left", operation.ended().map(Entry.Ended::left).orElse(List.of()));
  }

  void lines(Lines to) {
    if (operations.isEmpty()) {
      to.line("no operation yet");
      return;
    }
    Table table =
        new Table().column("OPERATION").column("VERB").column("BEGUN").column("ENDED").column("BY");
    for (Recorded operation : operations) {
      table.row(
          List.of(
              Span.of(operation.plan().op()),
              Span.of(operation.plan().verb()),
              Span.of(operation.begunBy().map(b -> b.at().toString()).orElse("")),
              ending(operation),
              Span.of(operation.begunBy().map(Entry.Begun::owner).orElse(""))),
          operation.ended().map(Entry.Ended::left).orElse(List.of()).stream()
              .map(left -> new Span("left  " + left, Tone.WARN))
              .toList());
    }
    table.print(to);
    if (older > 0) {
      to.line(
          "and " + older + " older: replctl op list --limit " + (operations.size() + older),
          Tone.FAINT);
    }
  }

  /** How it ended: a cell. */
  static Span ending(Recorded operation) {
    return operation
        .ended()
        .map(
            e ->
                new Span(
                    InventoryPrinter.word(e.ending()),
                    e.ending() == Entry.Ending.DONE ? Tone.GOOD : Tone.WARN))
        .orElse(new Span("not over", Tone.BAD));
  }
}

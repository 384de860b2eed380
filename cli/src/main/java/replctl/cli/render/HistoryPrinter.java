package replctl.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.journal.Entry;
import replctl.playbooks.journal.Recorded;

/**
 * {@code history}: what happened, when, by whom and in which epoch, newest first.
 *
 * @param older how many operations there are that are not among these
 */
public record HistoryPrinter(List<Recorded> operations, int older) {
  public HistoryPrinter {
    operations = List.copyOf(operations);
  }

  /** Prints it. */
  public int to(Page page) {
    return page.show(
        this::doc, this::lines, names -> operations.forEach(o -> names.accept(o.plan().op())));
  }

  Doc doc() {
    return Doc.of("History")
        .put("events", operations.stream().map(HistoryPrinter::doc).toList())
        .put("older", older);
  }

  private static Doc doc(Recorded operation) {
    return Doc.part()
        .put("at", begun(operation))
        .put("cluster", operation.plan().cluster().value())
        .put("what", operation.plan().verb())
        .put("operation", operation.plan().op())
        .put("epoch", epoch(operation))
        .put("by", operation.begunBy().map(Entry.Begun::owner))
        .put("endedAt", operation.ended().map(Entry.Ended::at))
        .seconds("tookSeconds", took(operation))
        .put("ending", operation.ended().map(e -> InventoryPrinter.word(e.ending())))
        .put("why", operation.ended().flatMap(Entry.Ended::why))
        .put("newLeader", operation.opened())
        .put("left", operation.ended().map(Entry.Ended::left).orElse(List.of()))
        .put(
            "takenUp",
            takenUp(operation).stream()
                .map(
                    b ->
                        Doc.part()
                            .put("at", b.at())
                            .put("way", InventoryPrinter.word(b.way()))
                            .put("by", b.owner())
                            .put("epoch", number(b.epoch())))
                .toList());
  }

  void lines(Lines to) {
    if (operations.isEmpty()) {
      to.line("nothing has happened yet: no operation is in a journal");
      return;
    }
    Table table =
        new Table()
            .column("WHEN")
            .column("CLUSTER")
            .numbers("EPOCH")
            .column("WHAT")
            .column("ENDED")
            .numbers("TOOK")
            .column("BY");
    for (Recorded operation : operations) {
      table.row(
          List.of(
              Span.of(begun(operation).map(HistoryPrinter::time).orElse("not begun")),
              Span.of(operation.plan().cluster().value()),
              Span.of(epoch(operation).map(Object::toString).orElse("")),
              Span.of(operation.plan().verb()),
              OperationsPrinter.ending(operation),
              Span.of(took(operation).map(Units::time).orElse("")),
              Span.of(operation.begunBy().map(Entry.Begun::owner).orElse(""))),
          remarks(operation));
    }
    table.print(to);
    if (older > 0) {
      to.line(
          "and " + older + " older: replctl history --limit " + (operations.size() + older),
          Tone.FAINT);
    }
  }

  private static List<Span> remarks(Recorded operation) {
    List<Span> remarks = new ArrayList<>();
    for (Entry.Begun taken : takenUp(operation)) {
      remarks.add(
          Span.of(
              (taken.way() == Entry.Way.ABORT ? "taken back " : "taken up again ")
                  + time(taken.at())
                  + " by "
                  + taken.owner()
                  + number(taken.epoch()).map(e -> ", epoch " + e).orElse("")));
    }
    operation.opened().ifPresent(leader -> remarks.add(Span.of(leader + " leads")));
    operation.ended().flatMap(Entry.Ended::why).ifPresent(why -> remarks.add(Span.of(why)));
    operation
        .ended()
        .map(Entry.Ended::left)
        .orElse(List.of())
        .forEach(left -> remarks.add(new Span("left  " + left, Tone.WARN)));
    if (operation.open()) {
      remarks.add(new Span("next: replctl op show " + operation.plan().op(), Tone.WARN));
    }
    return remarks;
  }

  private static Optional<Instant> begun(Recorded operation) {
    return operation.begunBy().map(Entry.Begun::at);
  }

  /** Of whoever had it last; a journal that has none was never promised one. */
  private static Optional<Long> epoch(Recorded operation) {
    return number(operation.begunAs());
  }

  private static Optional<Long> number(long epoch) {
    return epoch == 0 ? Optional.empty() : Optional.of(epoch);
  }

  /** By the clocks of those who ran it; empty where these contradict each other. */
  private static Optional<Duration> took(Recorded operation) {
    return begun(operation)
        .flatMap(from -> operation.ended().map(e -> Duration.between(from, e.at())))
        .filter(took -> !took.isNegative());
  }

  /** Whoever came after the first. */
  private static List<Entry.Begun> takenUp(Recorded operation) {
    return operation.entries().stream()
        .filter(Entry.Begun.class::isInstance)
        .map(Entry.Begun.class::cast)
        .skip(1)
        .toList();
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

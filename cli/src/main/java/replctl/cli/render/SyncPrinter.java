package replctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Replication;
import replctl.playbooks.decide.Durability;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.verb.Guarantee;

/** {@code sync}: what writes wait for, by whom it is said so, and what that guarantees. */
public record SyncPrinter(Cluster cluster, Snapshot seen, Guarantee guarantee) {
  /** Prints it. */
  public int to(Page page) {
    return page.show(this::doc, this::lines, names -> names.accept(cluster.name().value()));
  }

  Doc doc() {
    return Doc.of("Durability")
        .put("cluster", cluster.name().value())
        .put("at", seen.at())
        .put("mode", cluster.replication().mode().word())
        .put("onLostSync", cluster.replication().onLostSync().word())
        .put("leader", guarantee.leader())
        .put("server", guarantee.now().map(SyncPrinter::acks))
        .put("inventory", guarantee.leader().map(l -> acks(guarantee.whole())))
        .put("wanted", guarantee.leader().map(l -> acks(guarantee.asked())))
        .put("record", guarantee.recorded().map(EpochDoc::record))
        .put("durability", Durability.words(seen))
        .put("drift", guarantee.drift());
  }

  private static Doc acks(Acks acks) {
    return Doc.part()
        .put("acks", acks.needed())
        .put("ackers", acks.ackers())
        .put("level", InventoryPrinter.word(acks.level()))
        .put("receiving", acks.present());
  }

  void lines(Lines to) {
    to.line(
        List.of(
            new Span(cluster.name().value(), Tone.STRONG),
            Span.of("   " + InventoryPrinter.mode(cluster.replication()) + "   " + whenLost())));
    String leader = guarantee.leader().map(l -> l + " waits for ").orElse("");
    line(
        to,
        "server",
        guarantee
            .now()
            .map(acks -> Span.of(leader + Guarantee.words(acks) + receiving(acks)))
            .orElse(new Span("not known", Tone.WARN)));
    if (guarantee.leader().isPresent()) {
      line(to, "inventory", Span.of("asks for " + Guarantee.words(guarantee.whole())));
    }
    guarantee
        .lowered()
        .ifPresent(
            l ->
                line(
                    to,
                    "lowered",
                    new Span(
                        "to " + l.acks() + " by " + l.by() + ", until: replctl sync --apply",
                        Tone.WARN)));
    line(to, "record", record());
    line(to, "durability", Span.of(Durability.words(seen)));
    List<String> drift = new ArrayList<>(guarantee.drift());
    drift.forEach(words -> line(to, "differs", new Span(words, Tone.WARN)));
    if (!drift.isEmpty()) {
      to.line("Next: replctl sync --apply");
    }
  }

  private static String receiving(Acks acks) {
    return acks.needed() == 0
        ? ""
        : "; receiving now: "
            + (acks.present().isEmpty() ? "nobody" : String.join(", ", acks.present()));
  }

  private Span record() {
    return guarantee
        .recorded()
        .map(
            r -> {
              Optional<String> who =
                  r.acks() == 0
                      ? Optional.empty()
                      : Optional.of(
                          r.acks()
                              + " of "
                              + String.join(
                                  ", ", r.ackers().stream().map(Object::toString).toList()));
              return Span.of(
                  "epoch " + r.epoch() + ", leader " + r.leader() + ": " + who.orElse("nobody"));
            })
        .orElse(new Span("none: replctl init writes it", Tone.WARN));
  }

  private String whenLost() {
    Replication asked = cluster.replication();
    if (asked.mode() == Replication.Mode.ASYNC) {
      return "writes wait for nobody";
    }
    return asked.onLostSync() == Replication.OnLostSync.BLOCK
        ? "on_lost_sync: block (with too few ackers writes wait, and none is lost)"
        : "on_lost_sync: degrade (after "
            + Units.time(asked.degradeAfter())
            + (guarantee.whole().patience().isPresent()
                ? " the server waits for nobody, until its followers have caught up)"
                : ", by a running replctl watch only)");
  }

  private static void line(Lines to, String label, Span text) {
    to.line(List.of(new Span(label, Tone.FAINT), Span.of(" ".repeat(12 - label.length())), text));
  }
}

package replctl.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.cli.ExitCode;
import replctl.cli.wiring.FenceCheck;
import replctl.inventory.Node;
import replctl.playbooks.fence.Devices;
import replctl.playbooks.fence.Drills;
import replctl.playbooks.fence.Verification;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.world.Power;

/** {@code fence verify}: what is known of fence devices without switching any. */
public record FencePrinter(FenceCheck check) {
  /** Prints it, and returns 11 when a device can't be relied on. */
  public int to(Page page) {
    page.show(
        this::doc,
        this::lines,
        names ->
            check.found().stream()
                .filter(v -> v.trouble().isEmpty())
                .forEach(v -> names.accept(check.cluster().name() + "/" + v.device().node())));
    return check.found().stream().allMatch(v -> v.trouble().isEmpty())
        ? 0
        : ExitCode.FENCE_NOT_CONFIRMED.code();
  }

  Doc doc() {
    return Doc.of("FenceVerification")
        .put("cluster", check.cluster().name().value())
        .put("at", check.at())
        .put("nodes", check.nodes().stream().map(this::node).toList());
  }

  private Doc node(Node node) {
    Drills.Standing standing = check.drills().of(node, check.at());
    return Doc.part()
        .put("name", node.name().value())
        .put("devices", of(node).stream().map(FencePrinter::device).toList())
        .put("drill", InventoryPrinter.word(standing))
        .put("drilledAt", drilledAt(check.drills(), node));
  }

  private static Doc device(Verification found) {
    Optional<String> power =
        found.power() == Power.Reading.UNKNOWN
            ? Optional.empty()
            : Optional.of(InventoryPrinter.word(found.power()));
    return Doc.part()
        .put("label", found.device().label())
        .put("level", found.device().level())
        .put("power", power)
        .put("code", found.code().map(Refusal.Code::label))
        .put("trouble", found.trouble())
        .put("notes", found.notes());
  }

  /** When a node's devices were tried last. */
  static Optional<String> drilledAt(Drills drills, Node node) {
    return Optional.ofNullable(drills.last().get(node.name())).map(d -> d.at().toString());
  }

  private List<Verification> of(Node node) {
    return check.found().stream().filter(v -> v.device().node().equals(node.name())).toList();
  }

  void lines(Lines to) {
    Table table = new Table().column("NODE").column("DEVICE").column("POWER").column("DRILL");
    for (Node node : check.nodes()) {
      List<Verification> devices = of(node);
      if (devices.isEmpty()) {
        table.row(
            List.of(
                Span.of(node.name().value()),
                new Span("none: only its own host can close it", Tone.WARN),
                Span.of(""),
                Span.of("")),
            List.of());
      }
      for (Verification found : devices) {
        table.row(
            List.of(
                Span.of(node.name().value()),
                Span.of(found.device().label()),
                new Span(
                    InventoryPrinter.word(found.power()),
                    found.trouble().isPresent() ? Tone.BAD : Tone.PLAIN),
                drill(check.drills(), node, check.at())),
            remarks(node, found));
      }
    }
    table.print(to);
  }

  /** How a node's drill stands, in a cell. */
  static Span drill(Drills drills, Node node, Instant at) {
    boolean good = drills.of(node, at) == Drills.Standing.PASSED;
    return new Span(drills.words(node, at), good ? Tone.PLAIN : Tone.WARN);
  }

  private List<Span> remarks(Node node, Verification found) {
    List<Span> remarks = new ArrayList<>();
    found
        .trouble()
        .ifPresent(
            words ->
                remarks.add(
                    new Span(found.code().map(c -> c.label() + " ").orElse("") + words, Tone.BAD)));
    boolean last = Devices.of(node).get(Devices.of(node).size() - 1).contains(found.device());
    if (last && check.drills().of(node, check.at()) != Drills.Standing.PASSED) {
      remarks.add(
          new Span(
              Refusal.Code.E_FENCE_04.label()
                  + " it "
                  + was(check.drills().of(node, check.at()))
                  + "; run: replctl fence drill "
                  + node.name(),
              Tone.WARN));
    }
    found.notes().forEach(note -> remarks.add(new Span("note: " + note, Tone.FAINT)));
    return remarks;
  }

  private static String was(Drills.Standing standing) {
    return switch (standing) {
      case OLD -> "was drilled longer than " + Drills.GOOD_FOR.toDays() + " d ago";
      case FAILED -> "failed its last drill";
      case CHANGED -> "was changed since its last drill";
      default -> "was never seen to switch this host in a drill";
    };
  }
}

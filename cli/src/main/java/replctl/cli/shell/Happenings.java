package replctl.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.cli.render.Span;
import replctl.cli.render.Tone;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Debts;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Snapshot;

/** What happened to a cluster between two looks, as it is said above the prompt. Pure. */
final class Happenings {
  private Happenings() {}

  /** In the order of their weight. */
  static List<Span> between(Snapshot before, Snapshot after) {
    List<Span> all = new ArrayList<>();
    List<NodeName> led = names(before.writable());
    List<NodeName> lead = names(after.writable());
    if (!led.equals(lead)) {
      all.add(leading(led, lead));
    }
    for (NodeView node : after.nodes()) {
      Optional<NodeView> old =
          before.nodes().stream().filter(n -> n.name().equals(node.name())).findFirst();
      if (old.isPresent() && answers(old.get()) != answers(node)) {
        all.add(
            answers(node)
                ? new Span(node.name() + " answers again", Tone.GOOD)
                : new Span(node.name() + " does not answer: " + node.contact().words(), Tone.BAD));
      }
    }
    List<NodeName> owed = Debts.of(before);
    List<NodeName> owes = Debts.of(after);
    owes.stream()
        .filter(n -> !owed.contains(n))
        .forEach(
            n ->
                all.add(
                    new Span(
                        "owed: "
                            + n
                            + " was closed from outside, and is not proven to be closed on its own disk",
                        Tone.BAD)));
    owed.stream()
        .filter(n -> !owes.contains(n))
        .forEach(n -> all.add(new Span("paid: nothing is owed on " + n + " any more", Tone.GOOD)));
    return all;
  }

  private static Span leading(List<NodeName> led, List<NodeName> lead) {
    if (lead.size() > 1) {
      return new Span("SPLIT BRAIN: " + words(lead) + " take writes", Tone.BAD);
    }
    if (lead.isEmpty()) {
      return new Span("no leader is seen any more; it was " + words(led), Tone.BAD);
    }
    return led.isEmpty()
        ? new Span(words(lead) + " leads", Tone.GOOD)
        : new Span(words(lead) + " leads; it was " + words(led), Tone.WARN);
  }

  private static boolean answers(NodeView node) {
    return node.contact().answered() || node.server().isPresent();
  }

  private static List<NodeName> names(List<NodeView> nodes) {
    return nodes.stream().map(NodeView::name).toList();
  }

  private static String words(List<NodeName> names) {
    return String.join(" and ", names.stream().map(NodeName::value).toList());
  }
}

package replctl.playbooks.verb.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import replctl.inventory.NodeName;
import replctl.playbooks.decide.Health;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.world.Facts;

/** What every aspect asks of nodes. */
final class Nodes {
  /** What is of the cluster and concerns whoever asks for one node of it. */
  private static final Set<String> OF_ALL = Set.of("split-brain", "same-server");

  private Nodes() {}

  /** Those that are asked for. */
  static List<NodeView> asked(Sight sight, Wish wish) {
    return sight.seen().nodes().stream().filter(n -> wish.has(n.name())).toList();
  }

  /** Those that are asked for and do not lead: one of which nothing is known may follow. */
  static List<NodeView> following(Sight sight, Wish wish) {
    return asked(sight, wish).stream()
        .filter(n -> n.role() != Role.LEADER && n.role() != Role.CLOSED_LEADER)
        .toList();
  }

  static Facts facts(NodeView node) {
    return node.server().map(Server::facts).orElse(Facts.NONE);
  }

  static Verdict.Problem unknown(NodeView node, String text) {
    boolean silent = !node.contact().answered();
    return new Verdict.Problem(
        State.UNKNOWN,
        Optional.of(node.name()),
        silent ? text + ": " + node.contact().words() : text);
  }

  static Verdict.Problem unknown(String text) {
    return new Verdict.Problem(State.UNKNOWN, Optional.empty(), text);
  }

  /** What status finds of an aspect, apart from what a threshold takes the place of. */
  static List<Verdict.Problem> problems(Aspect aspect, Health health, Sight sight, Wish wish) {
    List<Verdict.Problem> problems = new ArrayList<>();
    for (Finding finding : health.cluster()) {
      if (wish.nodes().isEmpty() || !aspect.ofNodes() || OF_ALL.contains(finding.code())) {
        add(aspect, finding, Optional.empty(), wish, problems);
      }
    }
    for (NodeView node : asked(sight, wish)) {
      for (Finding finding : health.of(node.name())) {
        add(aspect, finding, Optional.of(node.name()), wish, problems);
      }
    }
    return problems;
  }

  /** What status notes of an aspect, and is no problem. */
  static List<String> notes(Aspect aspect, Health health, Sight sight, Wish wish) {
    List<String> notes = new ArrayList<>();
    if (wish.nodes().isEmpty()) {
      health.cluster().stream().filter(f -> isNote(aspect, f)).forEach(f -> notes.add(f.text()));
    }
    for (NodeView node : asked(sight, wish)) {
      health.of(node.name()).stream()
          .filter(f -> isNote(aspect, f))
          .forEach(f -> notes.add(node.name() + ": " + f.text()));
    }
    return notes;
  }

  private static boolean isNote(Aspect aspect, Finding finding) {
    return finding.level() == Finding.Level.NOTE && Aspect.ofFinding(finding.code()) == aspect;
  }

  private static void add(
      Aspect aspect,
      Finding finding,
      Optional<NodeName> node,
      Wish wish,
      List<Verdict.Problem> to) {
    State state = State.of(finding.level());
    if (state != State.OK
        && Aspect.ofFinding(finding.code()) == aspect
        && !wish.thresholds().replaces(finding.code())) {
      to.add(new Verdict.Problem(state, node, finding.text()));
    }
  }
}

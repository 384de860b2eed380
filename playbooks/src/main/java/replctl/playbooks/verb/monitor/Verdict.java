package replctl.playbooks.verb.monitor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;

/**
 * What is said of one aspect.
 *
 * @param problems worst first; empty when all is well
 * @param well what is said when there are none
 * @param notes what is known besides, and is no problem
 * @param measures values for graphs
 */
public record Verdict(
    Aspect aspect,
    List<Problem> problems,
    String well,
    List<String> notes,
    List<Measure> measures) {
  public Verdict {
    problems = problems.stream().sorted(WORST_FIRST).toList();
    notes = List.copyOf(notes);
    measures = List.copyOf(measures);
  }

  static final Comparator<Problem> WORST_FIRST =
      (a, b) -> a.state().outweighs(b.state()) ? -1 : b.state().outweighs(a.state()) ? 1 : 0;

  /**
   * Something that is wrong, or not known.
   *
   * @param node of which; empty: of the cluster
   */
  public record Problem(State state, Optional<NodeName> node, String text) {
    /** With the node in front. */
    public String words() {
      return node.map(n -> n + ": ").orElse("") + text;
    }
  }

  /** The state of it. */
  public State state() {
    return State.worst(problems.stream().map(Problem::state).toList());
  }

  /** All of it in one text. */
  public String words() {
    return problems.isEmpty()
        ? well
        : String.join("; ", problems.stream().map(Problem::words).toList());
  }
}

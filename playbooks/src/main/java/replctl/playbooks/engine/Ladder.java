package replctl.playbooks.engine;

import java.util.List;
import java.util.Optional;

/**
 * The ways for a node to come back, those that change least first.
 *
 * @param tail what the node has and the leader has not, in words without a full stop; empty:
 *     nothing
 * @param notes what else the operator should know of
 */
public record Ladder(Optional<String> tail, List<Rung> rungs, List<String> notes) {
  public Ladder {
    rungs = List.copyOf(rungs);
    notes = List.copyOf(notes);
  }

  /** The first that can be gone. */
  public Optional<Rung> first() {
    return rungs.stream().filter(Rung::stands).findFirst();
  }

  /** The one of that name. */
  public Optional<Rung> named(String name) {
    return rungs.stream().filter(r -> r.name().equals(name)).findFirst();
  }
}

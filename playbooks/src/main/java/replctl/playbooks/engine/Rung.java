package replctl.playbooks.engine;

import java.util.List;

/**
 * One way for a node to come back, and whether it can be gone.
 *
 * @param name as typed: follow, rewind, inject, clone
 * @param against why it can't be gone, one sentence without a full stop each; empty: it can
 */
public record Rung(String name, List<String> against) {
  public Rung {
    against = List.copyOf(against);
  }

  /** Whether it can be gone. */
  public boolean stands() {
    return against.isEmpty();
  }
}

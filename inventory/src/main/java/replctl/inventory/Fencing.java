package replctl.inventory;

import java.util.Set;

/**
 * Which proofs that an old leader can't write are enough.
 *
 * @param accept any one of these suffices
 */
public record Fencing(Set<Strength> accept) {
  public Fencing {
    accept = Set.copyOf(accept);
  }

  /** Kinds of proof, strongest first. */
  public enum Strength {
    POWER,
    STOPPED,
    COMMIT,
    ROUTE,
    OPERATOR
  }
}

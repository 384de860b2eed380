package replctl.inventory;

import java.util.Optional;

/**
 * Programs of the operator's own around a change of leader.
 *
 * @param beforePromotion may veto it: it ends with another code than 0, or not in time
 * @param afterPromotion is owed where it fails
 */
public record Hooks(Optional<OwnProgram> beforePromotion, Optional<OwnProgram> afterPromotion) {
  /** What a cluster has that names none. */
  public static final Hooks NONE = new Hooks(Optional.empty(), Optional.empty());
}

package replctl.playbooks.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What around a cluster could not do its part if another node led now, as it was seen in one look.
 *
 * @param asking the program that may veto: why it can't be run; empty: it can, or there is none
 * @param told the program that is told of the new leader: likewise
 * @param redirects those that could not lead clients, each with the reason
 */
public record Unready(Optional<String> asking, Optional<String> told, List<String> redirects) {
  /** All of it could. */
  public static final Unready NOTHING = new Unready(Optional.empty(), Optional.empty(), List.of());

  public Unready {
    redirects = List.copyOf(redirects);
  }
}

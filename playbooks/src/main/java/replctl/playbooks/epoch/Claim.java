package replctl.playbooks.epoch;

import java.util.Set;
import replctl.inventory.NodeName;

/**
 * What a process asks the hosts for.
 *
 * @param epoch the number to ask for first
 * @param journal the first line of the operation's journal
 * @param again whether the operation was begun by another process: then hosts know of it already,
 *     and it may be over
 * @param silence what lets another process's operation be taken over
 * @param needed hosts without whose own promise it is not begun: it would change them, and each of
 *     its scripts there would be refused as the promise was
 */
public record Claim(
    String operation,
    long epoch,
    String journal,
    boolean again,
    Silence silence,
    Set<NodeName> needed) {
  public Claim {
    needed = Set.copyOf(needed);
  }

  /** One that goes on without any host. */
  public Claim(String operation, long epoch, String journal, boolean again, Silence silence) {
    this(operation, epoch, journal, again, silence, Set.of());
  }
}

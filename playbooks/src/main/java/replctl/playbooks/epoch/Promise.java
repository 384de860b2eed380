package replctl.playbooks.epoch;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import replctl.inventory.NodeName;

/**
 * What an operation holds: every host that knows of it lets no older operation do anything.
 *
 * @param granted hosts that gave it
 * @param majority whether those have the majority of the votes; if not, it holds only once the
 *     others that may lead are closed
 */
public record Promise(
    String operation, long epoch, String owner, Set<NodeName> granted, boolean majority) {
  public Promise {
    granted = Collections.unmodifiableSet(new TreeSet<>(granted));
  }
}

package replctl.playbooks.snapshot;

import java.util.Optional;
import replctl.inventory.NodeName;

/**
 * One node as it was seen.
 *
 * @param server empty when nothing is known of it: its host did not answer, nor did itself
 */
public record NodeView(NodeName name, Contact contact, Optional<Server> server) {
  /** Whether its server alone answered: it is known, and nothing can be done on its host. */
  public boolean serverAlone() {
    return !contact.answered() && server.isPresent();
  }

  /** Whether it takes writes now, as far as is known. */
  public boolean writable() {
    return server.map(Server::writable).orElse(false);
  }

  /** Its role; UNKNOWN when nothing answered. */
  public Role role() {
    return server.map(Server::role).orElse(Role.UNKNOWN);
  }

  /** Whether a server is there; UNKNOWN when nothing answered. */
  public Presence presence() {
    return server.map(Server::presence).orElse(Presence.UNKNOWN);
  }
}

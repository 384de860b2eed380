package replctl.playbooks.snapshot;

import java.util.Optional;
import replctl.inventory.NodeName;

/**
 * One node as it was seen.
 *
 * @param server empty when its host did not answer
 */
public record NodeView(NodeName name, Contact contact, Optional<Server> server) {
  /** Whether it takes writes now, as far as is known. */
  public boolean writable() {
    return server.map(Server::writable).orElse(false);
  }

  /** Its role; UNKNOWN when its host did not answer. */
  public Role role() {
    return server.map(Server::role).orElse(Role.UNKNOWN);
  }

  /** Whether a server is there; UNKNOWN when its host did not answer. */
  public Presence presence() {
    return server.map(Server::presence).orElse(Presence.UNKNOWN);
  }
}

package replctl.playbooks.real.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import replctl.playbooks.world.Passage;

/**
 * One host on the way, with the operator's own settings applied.
 *
 * @param name as it was given
 * @param hostname what is connected to
 * @param identities private keys' files, in the order in which they are offered
 * @param onlyThese whether keys of the agent that are not among them are left alone
 * @param agent the agent's socket
 * @param certificates files of certificates that do not lie beside their key
 * @param knownHosts files of hosts' keys, the operator's own first
 * @param hostKeyAlias the name that the host's key is known by, instead of its address
 * @param proxyCommand set where only another program connects there
 */
record Hop(
    String name,
    String hostname,
    int port,
    String user,
    List<Path> identities,
    boolean onlyThese,
    Optional<Path> agent,
    List<Path> certificates,
    List<Path> knownHosts,
    Optional<String> hostKeyAlias,
    Optional<String> proxyCommand,
    Duration connectTimeout) {
  private static final int USUAL_PORT = 22;

  Hop {
    identities = List.copyOf(identities);
    certificates = List.copyOf(certificates);
    knownHosts = List.copyOf(knownHosts);
  }

  /** The name that its key is looked up by: with the port where that is not the usual one. */
  String keyName() {
    return hostKeyAlias.orElse(port == USUAL_PORT ? plainName() : "[" + plainName() + "]:" + port);
  }

  /** The same without the port: known for every port. */
  String plainName() {
    return hostKeyAlias.orElse(hostname).toLowerCase(java.util.Locale.ROOT);
  }

  Passage passage() {
    return new Passage(name, hostname);
  }

  /** For messages: the name, and the address where it differs. */
  String words() {
    String address = port == USUAL_PORT ? hostname : hostname + " port " + port;
    return hostname.equals(name) && port == USUAL_PORT ? name : name + " (" + address + ")";
  }
}

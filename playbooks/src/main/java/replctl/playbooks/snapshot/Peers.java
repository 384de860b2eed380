package replctl.playbooks.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one server says of the servers that it replicates with, before there is an inventory that
 * names them.
 *
 * @param self by what the others know it: PostgreSQL's system identifier, MySQL's server UUID
 * @param called what it calls itself towards its upstream
 * @param upstream whom it receives from, or is configured to; empty for a leader
 * @param followers who receives from it at this moment
 * @param delay how long it holds back replay
 * @param remarks what there is to decide about it, in half a sentence each
 */
public record Peers(
    Optional<String> self,
    Optional<String> called,
    Optional<Peer> upstream,
    List<Peer> followers,
    Optional<Duration> delay,
    List<String> remarks) {
  public Peers {
    followers = List.copyOf(followers);
    remarks = List.copyOf(remarks);
  }

  /**
   * Another server.
   *
   * @param host name or address, as it is seen from here; empty: by a socket of the same host
   * @param port of its server; empty where only its connection is seen
   * @param name by which it calls itself
   * @param self by what it must be known if it is that server; empty where that is not said
   */
  public record Peer(String host, OptionalInt port, Optional<String> name, Optional<String> self) {}
}

package replctl.playbooks.snapshot;

import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.world.Facts;

/**
 * A node's server, by the word of its host.
 *
 * @param identity what makes it this cluster and no other: PostgreSQL's system identifier, MySQL's
 *     server UUID's group
 * @param version as the server prints it: {@code 17.12}
 * @param position the end of what it has: written by a leader, received or applied by a follower
 * @param applied the end of what queries on it see
 * @param upstream the node that it receives from, as far as it can be told
 * @param streaming whether it receives at this moment
 * @param sync its part in acknowledging the leader's writes
 * @param acks what a leader waits for before it acknowledges a write; empty for others, or not
 *     known
 * @param findings what is wrong with it by its own word
 * @param facts everything that its engine's steps want to know
 */
public record Server(
    Presence presence,
    Role role,
    Optional<String> identity,
    Optional<String> version,
    Optional<Position> position,
    Optional<Position> applied,
    Optional<NodeName> upstream,
    Optional<Boolean> streaming,
    Sync sync,
    Lag lag,
    Optional<Acks> acks,
    List<Finding> findings,
    Facts facts) {
  public Server {
    findings = List.copyOf(findings);
  }

  /** A server of which nothing is said about acknowledgements. */
  public Server(
      Presence presence,
      Role role,
      Optional<String> identity,
      Optional<String> version,
      Optional<Position> position,
      Optional<Position> applied,
      Optional<NodeName> upstream,
      Optional<Boolean> streaming,
      Sync sync,
      Lag lag,
      List<Finding> findings,
      Facts facts) {
    this(
        presence,
        role,
        identity,
        version,
        position,
        applied,
        upstream,
        streaming,
        sync,
        lag,
        Optional.empty(),
        findings,
        facts);
  }

  /** A follower's part in the leader's acknowledgements. */
  public enum Sync {
    /** A commit may be acknowledged on its word. */
    ACKS,
    ASYNC,
    /** A leader, or not known. */
    NONE
  }

  /** Whether it takes writes now. */
  public boolean writable() {
    return role == Role.LEADER && presence == Presence.RUNNING;
  }
}

package replctl.it.storm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What changes leaders and brings nodes back: replctl, or a peer to compare with. */
interface Tool {
  /** With its version, and what of its configuration decides over writes and time. */
  String name();

  /** Begins to hand leadership over. */
  Call switchover(String from, String to);

  /** The same, typed by another operator. */
  Call switchoverByAnother(String from, String to);

  /**
   * Begins to replace a leader, or to wait for a tool that does so by itself.
   *
   * @param survivor another node; of a tool that has an agent on each node, the one there is killed
   *     with the call
   * @param seen what whoever types it says of a leader that the tool may find well
   */
  Call failover(String leader, String survivor, Optional<String> seen);

  /** What is typed when the leader's server has died and its host has not. */
  List<Typed> serverDied(String leader);

  /** The time of a change of leader in which a fault may come. */
  Duration switchoverTakes();

  /** The same, of one whose leader is lost, from the moment that it is. */
  Duration failoverTakes();

  /** The place from which leaders are watched or changed; none: there is only each node's own. */
  Optional<String> seat();

  /** Types what takes to its end whatever was cut off. */
  List<Typed> finish();

  /** Whether nothing is left to finish, and a leader that is lost now could be replaced. */
  boolean finished();

  /**
   * Types what is needed where not one node leads for longer than {@link #heals}.
   *
   * @param open the nodes that take writes: none, or several
   */
  List<Typed> lead(List<String> open);

  /** Types what brings back a node that does not follow by itself. */
  List<Typed> rejoin(String node, String leader);

  /** How long it is given to make all follow a leader, by itself. */
  Duration heals();
}

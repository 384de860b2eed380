package replctl.playbooks.engine.mysql;

import java.util.Comparator;
import java.util.Optional;
import replctl.playbooks.engine.mysql.MysqlNode.Opened;
import replctl.playbooks.snapshot.Role;

/**
 * Transactions that are certain to be no part of the cluster's history: written on a follower while
 * another server led. Pure.
 *
 * <p>By the newest epoch's row that any node's data tells of: when a server is opened as the
 * leader, its row says what it had, and from then on only that server makes history. A server that
 * was opened later, and whose row no node has applied yet, does not answer as a follower: what
 * comes from a server that does not is never said to be errant; nor is what another node has that
 * does not receive from its writer: it came by the leader, which was given it to cure this.
 */
final class MysqlErrant {
  private MysqlErrant() {}

  /** What of that node's transactions is so; nothing where it can't be told. */
  static GtidSet of(MysqlNode node, MysqlNeighbours all) {
    Optional<Opened> newest =
        all.nodes().values().stream()
            .filter(MysqlNode::answered)
            .flatMap(n -> n.opened().stream())
            .max(Comparator.comparingLong(Opened::epoch));
    Optional<GtidSet> held = node.held();
    if (newest.isEmpty() || held.isEmpty() || !follows(node)) {
      return GtidSet.NONE;
    }
    GtidSet besides = held.get().without(newest.get().transactions());
    GtidSet errant = GtidSet.NONE;
    for (MysqlNode writer : all.nodes().values()) {
      Optional<String> uuid = writer.uuid().filter(u -> !u.equals(newest.get().server()));
      if (follows(writer) && uuid.isPresent()) {
        errant = errant.with(alone(besides.of(uuid.get()), writer, all));
      }
    }
    return errant;
  }

  /** Without what nodes have that do not receive from the writer. */
  private static GtidSet alone(GtidSet written, MysqlNode writer, MysqlNeighbours all) {
    GtidSet alone = written;
    for (MysqlNode other : all.nodes().values()) {
      if (!alone.isEmpty() && other.answered() && !all.isBelow(other, writer)) {
        alone = alone.without(other.held().orElse(GtidSet.NONE));
      }
    }
    return alone;
  }

  private static boolean follows(MysqlNode node) {
    return node.answered() && node.role() == Role.FOLLOWER;
  }
}

package replctl.playbooks.engine.mysql;

import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;

/**
 * Whose data is copied: a follower's where there is one that has all and nothing else, so that the
 * leader does not read it all for a copy; else that of the one to receive from. Pure.
 */
final class MysqlDonor {
  private final SetupGoal goal;
  private final NodeName node;
  private final NodeName from;

  private MysqlDonor(SetupGoal goal, NodeName node, NodeName from) {
    this.goal = goal;
    this.node = node;
    this.from = from;
  }

  /**
   * Chooses.
   *
   * @param node which is to be a copy
   * @param from which it is to receive from then
   */
  static NodeName of(SetupGoal goal, NodeName node, NodeName from) {
    MysqlDonor donor = new MysqlDonor(goal, node, from);
    return goal.followers().stream().filter(donor::serves).findFirst().orElse(from);
  }

  private boolean serves(NodeName follower) {
    NodeView view = goal.seen(follower);
    MysqlNode has = at(follower);
    return !follower.equals(node)
        && view.contact().answered()
        && view.presence() == Presence.RUNNING
        && view.role() == Role.FOLLOWER
        && view.server().flatMap(Server::streaming).orElse(false)
        && identity(follower).isPresent()
        && identity(follower).equals(identity(goal.leader()))
        && goal.site().declared(follower).delay().isEmpty()
        && has.channel().filter(MysqlChannel::applies).isPresent()
        && has.facts().text("plugin.clone").equals(Optional.of("ACTIVE"))
        && new MysqlOptions(goal, node).version().clones(new MysqlOptions(goal, follower).version())
        && hasNothingElse(follower)
        && reachesTo(has);
  }

  private boolean hasNothingElse(NodeName follower) {
    return goal.seen(follower)
        .server()
        .flatMap(Server::position)
        .filter(MysqlPosition.class::isInstance)
        .map(MysqlPosition.class::cast)
        .filter(p -> p.own().isEmpty())
        .isPresent();
  }

  /** What the copy lacks then, the one that it receives from must have in its logs still. */
  private boolean reachesTo(MysqlNode donor) {
    return donor.executed().filter(has -> has.contains(at(from).purged())).isPresent();
  }

  private Optional<String> identity(NodeName name) {
    return goal.seen(name).server().flatMap(Server::identity);
  }

  private MysqlNode at(NodeName name) {
    Site site = goal.site();
    return new MysqlNode(site.declared(name), site.facts(name));
  }
}

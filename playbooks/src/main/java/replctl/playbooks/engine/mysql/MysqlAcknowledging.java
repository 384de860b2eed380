package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Value;

/**
 * Whether a follower acknowledges. MySQL's leader takes the word of any follower that gives it: the
 * followers' own settings say who they are.
 */
record MysqlAcknowledging(SetupGoal goal, NodeName follower) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Whether it is written down that it may, or nothing is written down that relies on it. */
  static boolean recorded(Site site, NodeName node) {
    Optional<LeaderRecord> newest = site.seen().epochs().newest();
    return newest.isEmpty()
        || newest.get().acks() == 0
        || newest.get().ackers().contains(node)
        || newest.get().leader().equals(node);
  }

  List<Step> steps(boolean counts) {
    boolean needed =
        counts
            ? goal.ackers(goal.leader()).contains(follower)
                // Until it is written down, its options have it acknowledge nothing.
                && (!recorded(goal.site(), follower) || isOff())
            : runs() && node().isOn(MysqlAcks.REPLICA_ENABLED);
    if (!needed) {
      return List.of();
    }
    return counts && !recorded(goal.site(), follower)
        ? List.of(MysqlSetup.counting(goal, follower), step(true))
        : List.of(step(counts));
  }

  private Step step(boolean counts) {
    return new MysqlScripts(goal.site(), goal.leader())
        .onData(
            (counts ? "acknowledge-" : "no-acknowledge-") + follower,
            counts
                ? "let " + follower + " acknowledge what it receives"
                : "let " + follower + " acknowledge nothing any more",
            follower,
            "acknowledge",
            Map.of(
                "counts",
                Value.of(counts ? "yes" : "no"),
                "patience",
                MysqlScripts.seconds(QUICK.dividedBy(2))),
            QUICK);
  }

  private boolean isOff() {
    return runs() && !node().isOn(MysqlAcks.REPLICA_ENABLED);
  }

  private boolean runs() {
    return goal.seen(follower).contact().answered()
        && goal.seen(follower).presence() == Presence.RUNNING
        && goal.seen(follower).role() == Role.FOLLOWER;
  }

  private MysqlNode node() {
    return new MysqlNode(goal.site().declared(follower), goal.site().facts(follower));
  }
}

package replctl.playbooks.engine.postgresql;

import java.util.List;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Quorum;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.snapshot.Acks;

/**
 * The durability mode in PostgreSQL's words.
 *
 * @param names synchronous_standby_names; never {@code *}, by which a stranger could acknowledge
 * @param commit synchronous_commit
 * @param ackers the nodes in {@code names}
 */
record Durability(String names, String commit, List<NodeName> ackers) {
  Durability {
    ackers = List.copyOf(ackers);
  }

  /** As the inventory asks and as far as it was not lowered, when that node leads. */
  static Durability of(SetupGoal goal, NodeName leading) {
    Replication asked = goal.site().cluster().replication();
    List<NodeName> ackers =
        goal.mayAcknowledge(leading).stream()
            .filter(n -> goal.nodes().contains(n) || counts(goal, n))
            .toList();
    int needed = Quorum.acks(asked, ackers.size(), Quorum.lowered(goal.site().seen()));
    return of(new PostgresqlWaiting().of(asked, asked.mode(), ackers, needed));
  }

  /** What the server is told, so that it waits for these. */
  static Durability of(Acks acks) {
    if (acks.needed() == 0) {
      return new Durability("", "on", List.of());
    }
    // In quotes, or a name with a dash would be an error, and sync would be off without a word.
    String list =
        acks.ackers().stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
    return new Durability(
        (acks.inOrder() ? "FIRST " : "ANY ") + acks.needed() + " (" + list + ")",
        acks.level() == Acks.Level.APPLIED ? "remote_apply" : "on",
        acks.ackers());
  }

  /** The same in words that every engine shares. */
  Acks acks() {
    if (ackers.isEmpty()) {
      return Acks.NONE;
    }
    boolean all = names.startsWith("FIRST");
    int needed = SynchronousNames.parse(names).map(SynchronousNames::needed).orElse(0);
    return new Acks(
        needed,
        all ? Acks.Level.APPLIED : Acks.Level.FLUSHED,
        all,
        ackers,
        List.of(),
        false,
        List.of());
  }

  /** Whether commits on the leader may wait for that node's word now. */
  static boolean counts(SetupGoal goal, NodeName node) {
    return node.equals(goal.leader())
        || goal.site()
            .facts(goal.leader())
            .text("setting.synchronous_standby_names")
            .filter(names -> names.contains("\"" + node + "\""))
            .isPresent();
  }
}

package replctl.playbooks.engine.postgresql;

import java.util.List;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
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

  /** As the inventory asks, when that node leads. */
  static Durability of(SetupGoal goal, NodeName leading) {
    Replication asked = goal.site().cluster().replication();
    List<NodeName> ackers =
        asked.mode() == Replication.Mode.ASYNC
            ? List.of()
            : goal.mayAcknowledge(leading).stream()
                .filter(n -> goal.nodes().contains(n) || counts(goal, n))
                .toList();
    if (ackers.isEmpty()) {
      return new Durability("", "on", List.of());
    }
    // In quotes, or a name with a dash would be an error, and sync would be off without a word.
    String list = ackers.stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", "));
    return asked.mode() == Replication.Mode.SYNC
        ? new Durability("FIRST " + ackers.size() + " (" + list + ")", "remote_apply", ackers)
        : new Durability(
            "ANY " + Math.min(asked.acks(), ackers.size()) + " (" + list + ")", "on", ackers);
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

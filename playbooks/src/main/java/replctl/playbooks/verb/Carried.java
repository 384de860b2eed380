package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Quorum;
import replctl.playbooks.engine.Site;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;

/**
 * What writes will wait for when another node leads: what it is set up for, but never less than
 * what was written down, and no more than what was lowered. Pure.
 *
 * @param wanted what they will wait for
 * @param set has the node wait for it; empty: it would do so already
 * @param lowered what was lowered, and stays so
 */
record Carried(Acks wanted, Optional<Step> set, Optional<Lowered> lowered) {
  /**
   * For that node.
   *
   * @param typed how many an operator allows at most, beyond what was lowered already
   */
  static Carried of(Engine engine, Site site, NodeName to, Optional<Lowered> typed) {
    Optional<LeaderRecord> newest = site.seen().epochs().newest();
    Acks has = engine.succession().acks(site, to);
    List<NodeName> ackers =
        has.ackers().isEmpty()
            ? Quorum.mayAcknowledge(site.cluster(), to).stream()
                .filter(n -> newest.filter(r -> counted(r, n)).isPresent())
                .toList()
            : has.ackers();
    int recorded = newest.map(LeaderRecord::acks).orElse(0);
    int most = Math.max(has.needed(), Math.min(recorded, ackers.size()));
    Optional<Lowered> before = newest.flatMap(LeaderRecord::lowered);
    Optional<Lowered> lowered = typed.filter(t -> t.acks() < most).or(() -> before);
    int needed = lowered.map(l -> Math.min(l.acks(), most)).orElse(most);
    if (needed == has.needed()) {
      return new Carried(has, Optional.empty(), lowered);
    }
    Replication.Mode mode =
        has.needed() > 0 && (has.inOrder() || has.level() == Acks.Level.APPLIED)
            ? Replication.Mode.SYNC
            : has.needed() == 0 && site.cluster().replication().mode() == Replication.Mode.SYNC
                ? Replication.Mode.SYNC
                : Replication.Mode.SEMI_SYNC;
    Acks wanted = engine.waiting().of(site.cluster().replication(), mode, ackers, needed);
    return new Carried(
        wanted, Optional.of(engine.waiting().set(site, to, wanted, List.of())), lowered);
  }

  private static boolean counted(LeaderRecord record, NodeName node) {
    return record.ackers().contains(node) || record.leader().equals(node);
  }

  /** How many of those that count receive from it then. */
  long left(List<NodeName> following) {
    return wanted.ackers().stream().filter(following::contains).count();
  }

  /**
   * What the operator should know.
   *
   * @param following who will receive from it
   */
  List<String> warnings(NodeName to, List<NodeName> following) {
    List<String> words = new ArrayList<>();
    long left = left(following);
    if (left < wanted.needed()) {
      List<String> away =
          wanted.ackers().stream()
              .filter(n -> !following.contains(n))
              .map(NodeName::value)
              .toList();
      words.add(
          "writes will wait once "
              + to
              + " leads: "
              + left
              + " of "
              + wanted.needed()
              + (wanted.needed() == 1 ? " acker is" : " ackers are")
              + " left, without "
              + String.join(", ", away));
    }
    lowered.ifPresent(
        l ->
            words.add(
                "lowered by "
                    + l.by()
                    + ": writes wait for "
                    + wanted.needed()
                    + (wanted.needed() == 1 ? " acker" : " ackers")
                    + ", less than the inventory asks; taken back by: replctl sync --apply"));
    return words;
  }
}

package replctl.playbooks.verb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Engine;
import replctl.playbooks.engine.Quorum;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/**
 * What writes wait for: as the leader's server says it, as the inventory asks, and as it was
 * written down. Pure.
 *
 * @param leader who takes writes; empty: nobody is seen to, or more than one
 * @param now what its server waits for; empty: not known
 * @param asked what the inventory asks of that leader, as far as it was not lowered
 * @param whole the same with nothing lowered
 * @param recorded the newest record
 */
public record Guarantee(
    Optional<NodeName> leader,
    Optional<Acks> now,
    Acks asked,
    Acks whole,
    Optional<LeaderRecord> recorded) {
  /** Of a cluster as it was seen. */
  public static Guarantee of(Engine engine, Cluster cluster, Snapshot seen) {
    Optional<NodeView> leader = seen.leader();
    Optional<LeaderRecord> recorded = seen.epochs().newest();
    Optional<NodeName> name = leader.map(NodeView::name);
    Optional<Lowered> lowered = recorded.flatMap(LeaderRecord::lowered);
    return new Guarantee(
        name,
        leader.flatMap(NodeView::server).flatMap(Server::acks),
        name.map(n -> asked(engine, cluster, seen, n, lowered)).orElse(Acks.NONE),
        name.map(n -> asked(engine, cluster, seen, n, Optional.empty())).orElse(Acks.NONE),
        recorded);
  }

  /** What the inventory asks of a node, should it lead. */
  static Acks asked(
      Engine engine, Cluster cluster, Snapshot seen, NodeName node, Optional<Lowered> lowered) {
    List<NodeName> ackers =
        Quorum.mayAcknowledge(cluster, node).stream().filter(n -> takesPart(seen, n)).toList();
    int needed = Quorum.acks(cluster.replication(), ackers.size(), lowered);
    return engine.waiting().of(cluster.replication(), cluster.replication().mode(), ackers, needed);
  }

  /**
   * It follows, leads or counts already: one that is only declared can't acknowledge anything. Of
   * one that does not answer it is not known, so that it is waited for rather than left out.
   */
  private static boolean takesPart(Snapshot seen, NodeName node) {
    boolean there =
        !seen.node(node).contact().answered()
            || seen.node(node).server().flatMap(Server::streaming).orElse(false)
            || seen.node(node).writable();
    return there
        || seen.epochs()
            .newest()
            .filter(r -> r.ackers().contains(node) || r.leader().equals(node))
            .isPresent()
        || seen.leader()
            .flatMap(NodeView::server)
            .flatMap(Server::acks)
            .filter(a -> a.ackers().contains(node))
            .isPresent();
  }

  /** Whether the server waits for just what that says. */
  static boolean same(Acks now, Acks wanted) {
    if (now.needed() == 0 || wanted.needed() == 0) {
      return now.needed() == wanted.needed() && now.level() == wanted.level();
    }
    return now.needed() == wanted.needed()
        && now.level() == wanted.level()
        && now.inOrder() == wanted.inOrder()
        && now.patience().equals(wanted.patience())
        && now.ackers().equals(wanted.ackers())
        && now.strangers().isEmpty()
        && !now.anybody();
  }

  /** What a server that gives up waiting by itself does to what can be promised. */
  static String givesUp(Duration most) {
    return String.format(
        Locale.ROOT,
        "a write that too few followers acknowledge waits %.1f s; then the server by itself waits"
            + " for nobody until they have caught up, so that after a loss of the leader it is not"
            + " known what was lost with it",
        most.toMillis() / 1000.0);
  }

  /** What differs, a sentence each. Empty: all three say the same. */
  public List<String> drift() {
    List<String> words = new ArrayList<>();
    if (leader.isEmpty() || now.isEmpty()) {
      return words;
    }
    if (!same(now.get(), asked)) {
      words.add(
          leader.get()
              + "'s server waits for "
              + words(now.get())
              + ", and by the inventory"
              + (lowered().isPresent() ? ", lowered," : "")
              + " it is to wait for "
              + words(asked));
    }
    recorded
        .filter(r -> r.leader().equals(leader.get()) && !isWritten(r, now.get()))
        .ifPresent(
            r ->
                words.add(
                    "written down is that it waits for "
                        + words(r.acks(), r.ackers())
                        + " (epoch "
                        + r.epoch()
                        + ")"));
    return words;
  }

  /** What was lowered, and by whom. */
  public Optional<Lowered> lowered() {
    return recorded.flatMap(LeaderRecord::lowered);
  }

  /** Whether a record says of whom is waited for what a server does. */
  static boolean isWritten(LeaderRecord written, Acks acks) {
    Acks may = acks.recorded();
    return written.acks() == may.needed()
        && (may.needed() == 0 || written.ackers().equals(may.ackers()));
  }

  /** {@code 1 of pg2 and pg3}, {@code nobody}. */
  public static String words(Acks acks) {
    String where = acks.level() == Acks.Level.APPLIED ? ", applied there" : "";
    String most =
        acks.patience()
            .map(p -> String.format(Locale.ROOT, ", for at most %.1f s", p.toMillis() / 1000.0))
            .orElse("");
    return words(acks.needed(), acks.ackers()) + (acks.needed() == 0 ? "" : where + most);
  }

  private static String words(int needed, List<NodeName> ackers) {
    if (needed == 0) {
      return "nobody";
    }
    String names = ackers.stream().map(NodeName::value).collect(Collectors.joining(", "));
    return needed >= ackers.size() ? "all of " + names : needed + " of " + names;
  }
}

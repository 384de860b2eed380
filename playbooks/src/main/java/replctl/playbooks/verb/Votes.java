package replctl.playbooks.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.Setup;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.epoch.Electorates;
import replctl.playbooks.plan.Step;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Snapshot;

/**
 * Who votes and who acknowledges, as it is written down around a change of members (safety.md, 5
 * and 8): whoever may acknowledge is recorded before a write may rely on him and until none does
 * any more; and never are more acknowledgements recorded than are waited for.
 *
 * @param last what is written down
 * @param now what the leader waits for now; empty: not known
 * @param then what it will wait for
 * @param voters who will vote
 * @param closed nodes that are closed for it; empty: whatever was written down of that stays
 */
record Votes(
    LeaderRecord last,
    Optional<Acks> now,
    Acks then,
    List<NodeName> voters,
    Map<NodeName, String> closed) {
  /** A phase in which that is seen. */
  static final String REACHED = "those that writes wait for have what came before";

  Votes {
    now = now.map(Acks::recorded);
    then = then.recorded();
    voters = List.copyOf(voters);
    closed = Map.copyOf(closed);
  }

  /**
   * What is waited for then: of those who are asked for, and of whoever is written down and does
   * not answer or has left without a word, where a write may be on its disk alone.
   *
   * @param counts of those that are written down, whose word may go on to count
   */
  static Acks then(Setup setup, LeaderRecord last, Acks asked, Predicate<NodeName> counts) {
    return setup.takesAnyWord() && asked.needed() > 0
        ? asked.with(last.ackers().stream().filter(counts).toList())
        : asked;
  }

  /** What holds before, while and after the leader is told to wait for others. */
  LeaderRecord meanwhile() {
    List<NodeName> ackers = new ArrayList<>(last.ackers());
    now.ifPresent(acks -> ackers.addAll(acks.ackers()));
    ackers.addAll(then.ackers());
    int fewest = Math.min(last.acks(), then.needed());
    return written(
        ackers.stream().distinct().toList(),
        now.map(acks -> Math.min(acks.needed(), fewest)).orElse(fewest));
  }

  /**
   * Sees that those who acknowledge then have what was acknowledged before, where what was written
   * down until then does not say so.
   */
  List<Step> reached(Setup setup, SetupGoal goal) {
    LeaderRecord until = weakens() ? meanwhile() : last;
    return until.vouchesFor(after()) ? List.of() : List.of(setup.reached(goal));
  }

  /** What holds after that. */
  LeaderRecord after() {
    return written(then.ackers(), then.needed());
  }

  /** Only who votes changes. */
  LeaderRecord voting() {
    return last.again().voting(voters);
  }

  /** What is written down, for people. */
  String title() {
    return "write down on every host who votes: " + words();
  }

  /** The same, where one operation writes both down. */
  LeaderRecord afterwards() {
    return meanwhile().next().awaiting(then.ackers(), then.needed());
  }

  private LeaderRecord written(List<NodeName> ackers, int acks) {
    LeaderRecord wanted = voting().awaiting(ackers, acks);
    return closed.isEmpty()
        ? wanted
        : wanted.closing(
            closed, last.debts().stream().filter(n -> !closed.containsKey(n)).toList());
  }

  /** Whether fewer will be waited for than is written down: that is said first. */
  boolean weakens() {
    return then.needed() < last.acks();
  }

  /** Whether what holds meanwhile is what holds after that. */
  boolean atOnce() {
    LeaderRecord meanwhile = meanwhile();
    return meanwhile.acks() == then.needed()
        && meanwhile.ackers().containsAll(then.ackers())
        && then.ackers().containsAll(meanwhile.ackers());
  }

  /** Writes it down, where it is not; from then on there is no way back. */
  static List<Step> step(Snapshot seen, LeaderRecord wanted, String name, String title) {
    if (Records.isWritten(seen, wanted)) {
      return List.of();
    }
    return List.of(Records.step(name, title, wanted).failing(Step.OnFailure.FORWARD));
  }

  /** The voters in words. */
  String words() {
    return Init.words(voters);
  }

  /** What so many voters stand, where that is less than it looks. */
  List<String> warnings() {
    int count = voters.size();
    if (voters.equals(last.voters()) || count % 2 != 0) {
      return List.of();
    }
    return List.of(
        count == 2
            ? "two hosts have a vote then ("
                + words()
                + "): where one is lost there is no majority, and only a failover goes on, which"
                + " closes it first; a witness, any SSH host, would be a third"
            : count
                + " hosts have a vote then ("
                + words()
                + "): an even number stands the loss of no more hosts than one less would; a"
                + " witness, any SSH host, makes it odd");
  }

  /** As {@link Electorates} is asked for it. */
  Electorates.Wish wish(boolean minority) {
    return Electorates.Wish.voters(voters, minority);
  }
}

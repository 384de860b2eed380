package replctl.playbooks.epoch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import replctl.inventory.ClusterName;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Retention;
import replctl.playbooks.plan.Voter;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * Asks a cluster's hosts for promises, gives them back, and has records and journals kept there.
 */
public final class Promises {
  /** How often a host that answers is asked once more to write down who leads. */
  private static final int AGAIN = 2;

  private final World world;
  private final VoterCalls hosts;
  private final Electorate electorate;

  /**
   * @param owner who asks: user, host, process
   */
  public Promises(World world, ClusterName cluster, Electorate electorate, String owner) {
    this.world = world;
    this.hosts = new VoterCalls(world, cluster, electorate, owner);
    this.electorate = electorate;
  }

  /** What came of asking. */
  public sealed interface Taken {
    /**
     * It is held, or will be when the rest is closed.
     *
     * @param before the newest epoch that a host had promised to this operation before; 0: none
     * @param newest the newest record that the hosts have
     */
    record Held(Promise promise, long before, Optional<LeaderRecord> newest) implements Taken {}

    /** Another process has ended the operation. */
    record Over(String holder) implements Taken {}

    /** It is not, and what was granted was given back. */
    record Not(Refusal refusal) implements Taken {}
  }

  /**
   * Takes the promise for an operation.
   *
   * @param isOver whether an operation is known here to be over
   */
  public Taken take(Claim claim, Predicate<String> isOver) {
    return new Taking(claim, hosts).take(isOver);
  }

  /**
   * Gives the promise back: the operation is over.
   *
   * @param lines the end of its journal
   * @param from the number of the first of these lines, from 1
   * @return the hosts that have taken note of it
   */
  public Set<NodeName> settle(Promise promise, List<String> lines, int from) {
    Map<String, Value> values = journal(lines, from);
    Retention kept = Retention.usual(world.ids(), world.clock().now());
    values.put("keep", Value.of(Integer.toString(kept.newest())));
    values.put("expired", Value.of(kept.before()));
    values.put("epoch", Value.of(Long.toString(promise.epoch())));
    return done(hosts.everywhere(h -> hosts.call(h, promise.operation(), "settle", values)));
  }

  /** Has a part of the journal copied. What fails is made good when the operation ends. */
  public Set<NodeName> copy(Promise promise, List<String> lines, int from) {
    Map<String, Value> values = journal(lines, from);
    values.put("until", Value.of(Integer.toString(from + lines.size() - 1)));
    return done(hosts.everywhere(h -> held(h, promise, "journal", values)));
  }

  /**
   * Has a record written.
   *
   * @return done when it holds: on a majority, or on all that could lead and were not closed for it
   */
  public Answer record(Promise promise, LeaderRecord wanted) {
    LeaderRecord written = wanted.in(promise.epoch(), promise.operation());
    Function<Voter, ScriptCall> call = h -> held(h, promise, "record", values(written));
    Map<NodeName, Answer> answers = new LinkedHashMap<>(hosts.everywhere(call));
    // A host that answers should have it: the next operation would have to bring it there, and one
    // that is
    // to vote from now on has no vote without it.
    for (int again = 0; again < AGAIN; again++) {
      List<Voter> missed =
          electorate.hosts().stream()
              .filter(h -> h.answers() && !answers.get(h.name()).isDone())
              .filter(h -> answers.get(h.name()).kind() != Trouble.OVERTAKEN)
              .toList();
      answers.putAll(hosts.ask(missed, call));
    }
    return counted(written, answers, "is not recorded on enough hosts");
  }

  /** Whether the record is where {@link #record} puts it. */
  public Answer isRecorded(Promise promise, LeaderRecord wanted) {
    LeaderRecord written = wanted.in(promise.epoch(), promise.operation());
    Map<NodeName, Answer> answers =
        hosts.everywhere(
            h -> held(h, promise, "record", values(written)).as(ScriptCall.Mode.PROBE));
    return counted(written, answers, "is not recorded on enough hosts");
  }

  private Answer counted(LeaderRecord written, Map<NodeName, Answer> answers, String why) {
    Set<NodeName> have = done(answers);
    // One that began with a majority has closed nobody: the record may still say who was, before.
    Set<NodeName> closed = electorate.minority() ? written.closed().keySet() : Set.of();
    if (Ballot.holds(have, closed, electorate)) {
      return new Answer.Done(
          Facts.of(
              Map.of("epoch", Long.toString(written.epoch()), "hosts", Electorates.words(have))));
    }
    Optional<Answer> overtaken =
        answers.values().stream().filter(a -> a.kind() == Trouble.OVERTAKEN).findFirst();
    if (overtaken.isPresent()) {
      return overtaken.get();
    }
    String words =
        answers.entrySet().stream()
            .filter(e -> !e.getValue().isDone())
            .map(e -> e.getKey() + ": " + e.getValue().words())
            .collect(Collectors.joining("; "));
    boolean unknown = answers.values().stream().anyMatch(Answer.Unknown.class::isInstance);
    return unknown || !have.isEmpty()
        ? Answer.unknown(Trouble.NO_ANSWER, "it " + why + ": " + words)
        : Answer.notDone(Trouble.SAID_NO, "it " + why + ": " + words);
  }

  private static Map<String, Value> values(LeaderRecord written) {
    Map<String, Value> values = new TreeMap<>();
    values.put("epoch", Value.of(Long.toString(written.epoch())));
    values.put("leader", Value.of(written.leader().value()));
    values.put("record", Value.of(RecordJson.text(written)));
    return values;
  }

  private static Map<String, Value> journal(List<String> lines, int from) {
    Map<String, Value> values = new TreeMap<>();
    values.put("from", Value.of(Integer.toString(from)));
    values.put("journal", Value.of(String.join("\n", lines)));
    return values;
  }

  private static Set<NodeName> done(Map<NodeName, Answer> answers) {
    return answers.entrySet().stream()
        .filter(e -> e.getValue().isDone())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private ScriptCall held(Voter host, Promise promise, String script, Map<String, Value> values) {
    return hosts
        .call(host, promise.operation(), script, values)
        .with("promise", Value.of(Long.toString(promise.epoch())));
  }
}

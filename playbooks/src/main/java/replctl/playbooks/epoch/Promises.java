package replctl.playbooks.epoch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
import replctl.playbooks.plan.Voter;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Script;
import replctl.playbooks.world.ScriptCall;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;
import replctl.playbooks.world.World;

/**
 * Asks a cluster's hosts for promises, gives them back, and has records and journals kept there.
 */
public final class Promises {
  /** A host that does not answer by then has not granted it, as far as is known. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /** Times that a number is asked for again: others' withdrawals and closed promises raise it. */
  private static final int ROUNDS = 12;

  private final World world;
  private final ClusterName cluster;
  private final Electorate electorate;
  private final String owner;

  /**
   * @param owner who asks: user, host, process
   */
  public Promises(World world, ClusterName cluster, Electorate electorate, String owner) {
    this.world = world;
    this.cluster = cluster;
    this.electorate = electorate;
    this.owner = owner;
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
    Round round = new Round(claim);
    round.over.addAll(electorate.over());
    round.over.add(claim.operation());
    for (int i = 0; i < ROUNDS; i++) {
      round.ask();
      List<EpochFile.Known> working = round.atWork();
      if (!working.isEmpty()
          && working.stream().allMatch(known -> claim.silence().isGone().test(known.holder()))) {
        round.fresh = Duration.ZERO;
        round.ask();
      }
      Optional<Taken> other = otherProcess(claim, round);
      if (other.isPresent()) {
        return other.get();
      }
      if (round.moved().isPresent()) {
        withdraw(round);
        return new Taken.Not(moved(round.moved().get()));
      }
      Optional<EpochFile.Known> holder = round.holder(isOver);
      boolean majority = Ballot.majority(round.granted, electorate);
      if (holder.isPresent() && !(round.mayTryAgain(holder.get(), majority) && i < ROUNDS - 1)) {
        if (majority) {
          break;
        }
        withdraw(round);
        return new Taken.Not(Electorates.held(holder.get()));
      }
      if (holder.isEmpty() && !round.moreToAsk) {
        break;
      }
      round.next();
    }
    if (Ballot.majority(round.granted, electorate)) {
      return round.held(true);
    }
    if (electorate.minority() && !round.granted.isEmpty()) {
      round.epoch = Ballot.jumped(round.epoch);
      round.ask();
      Optional<Taken> other = otherProcess(claim, round);
      if (other.isPresent() || !round.granted.isEmpty()) {
        return other.orElseGet(() -> round.held(Ballot.majority(round.granted, electorate)));
      }
    }
    withdraw(round);
    return new Taken.Not(
        round.atWork().stream().findFirst().map(Electorates::held).orElseGet(() -> tooFew(round)));
  }

  /**
   * A process that took this very operation. What was only to be begun goes to whoever has a newer
   * promise; what was begun before is over where it was given back.
   */
  private Optional<Taken> otherProcess(Claim claim, Round round) {
    Optional<EpochFile.Known> other = round.otherProcess();
    if (other.isEmpty() || (claim.again() && other.get().open())) {
      return Optional.empty();
    }
    withdraw(round);
    return Optional.of(
        claim.again()
            ? new Taken.Over(other.get().holder())
            : new Taken.Not(Electorates.taken(other.get())));
  }

  /** The state of one attempt to get a majority. */
  private final class Round {
    private final String operation;
    private final String journal;
    private final boolean again;
    private final Set<String> over = new TreeSet<>();
    private final Set<NodeName> granted = new TreeSet<>();
    private Map<NodeName, Answer> answers = Map.of();
    private long epoch;
    private Duration fresh;
    private boolean moreToAsk;
    private long before;

    Round(Claim claim) {
      this.operation = claim.operation();
      this.epoch = claim.epoch();
      this.journal = claim.journal();
      this.again = claim.again();
      this.fresh = claim.silence().lasting();
    }

    void ask() {
      Map<String, Value> values = new TreeMap<>();
      values.put("epoch", Value.of(Long.toString(epoch)));
      values.put("over", Value.of(String.join(" ", over)));
      values.put("fresh_ms", Value.of(Long.toString(fresh.toMillis())));
      values.put("first", Value.of(electorate.first() ? "yes" : "no"));
      values.put("journal", Value.of(journal));
      answers = everywhere(h -> call(h, operation, "promise", values));
      granted.clear();
      answers.forEach(
          (host, answer) -> {
            // A host without a vote keeps the promise, and is not counted.
            if (answer.isDone() && (electorate.first() || counts(host, answer.facts()))) {
              granted.add(host);
            }
            before = Math.max(before, answer.facts().number("before").orElse(0));
          });
    }

    private boolean counts(NodeName host, Facts facts) {
      return facts.truth("epoch.votes").orElse(false) || electorate.joins(host);
    }

    /** Another operation has changed the voters since these were called. */
    Optional<LeaderRecord> moved() {
      return answers.values().stream()
          .map(answer -> EpochFile.of(answer.facts()))
          .filter(EpochFile.Known.class::isInstance)
          .flatMap(file -> ((EpochFile.Known) file).leader().stream())
          .filter(r -> r.epoch() >= electorate.epoch() && !r.operation().equals(operation))
          .filter(r -> !Set.copyOf(r.voters()).equals(Set.copyOf(electorate.recorded())))
          .findFirst();
    }

    /** A newer promise of this very operation, rather one that was given back. */
    Optional<EpochFile.Known> otherProcess() {
      return answers.values().stream()
          .filter(answer -> answer.kind() == Trouble.OVERTAKEN)
          .map(answer -> EpochFile.of(answer.facts()))
          .filter(EpochFile.Known.class::isInstance)
          .map(EpochFile.Known.class::cast)
          .filter(known -> known.operation().equals(operation))
          .min(Comparator.comparing(EpochFile.Known::open));
    }

    Taken held(boolean majority) {
      Optional<LeaderRecord> newest =
          answers.values().stream()
              .map(answer -> EpochFile.of(answer.facts()))
              .filter(EpochFile.Known.class::isInstance)
              .flatMap(file -> ((EpochFile.Known) file).leader().stream())
              .max(Comparator.comparingLong(LeaderRecord::epoch));
      return new Taken.Held(promise(majority), before, newest);
    }

    /** Another operation that is in the way. What is over needs only another round. */
    Optional<EpochFile.Known> holder(Predicate<String> isOver) {
      moreToAsk = false;
      List<EpochFile.Known> refusals = new ArrayList<>();
      for (Answer answer : answers.values()) {
        Trouble kind = answer.kind();
        if ((kind == Trouble.HELD || kind == Trouble.OVERTAKEN)
            && EpochFile.of(answer.facts()) instanceof EpochFile.Known known) {
          refusals.add(known);
        }
      }
      refusals.stream().filter(k -> !k.open()).forEach(k -> over.add(k.operation()));
      Optional<EpochFile.Known> found = Optional.empty();
      for (EpochFile.Known known : refusals) {
        if (isOver.test(known.operation())) {
          over.add(known.operation());
        }
        moreToAsk = true;
        if (known.open() && !over.contains(known.operation())) {
          found = Optional.of(known);
        }
      }
      return found;
    }

    /** What hosts know of a process that is at work on this very operation. */
    List<EpochFile.Known> atWork() {
      return answers.values().stream()
          .filter(answer -> answer.kind() == Trouble.HELD)
          .map(answer -> EpochFile.of(answer.facts()))
          .filter(EpochFile.Known.class::isInstance)
          .map(EpochFile.Known.class::cast)
          .filter(known -> known.operation().equals(operation))
          .toList();
    }

    /**
     * Of two that ask at the same time the one that has the majority goes on, else the older: that
     * one asks again until the other has given back what it got, and is refused should that one
     * turn out to be at work.
     */
    boolean mayTryAgain(EpochFile.Known other, boolean majority) {
      return majority || operation.compareTo(other.operation()) < 0;
    }

    void next() {
      long highest =
          answers.values().stream()
              .filter(a -> a.kind() == Trouble.OVERTAKEN)
              .mapToLong(a -> a.facts().number("epoch.promise").orElse(0))
              .max()
              .orElse(0);
      epoch = Math.max(epoch, highest + 1);
    }

    Promise promise(boolean majority) {
      return new Promise(operation, epoch, owner, granted, majority);
    }
  }

  private Refusal moved(LeaderRecord newer) {
    return Refusal.of(
        Refusal.Code.E_PLAN_01,
        "the voters were changed since this was planned: by epoch "
            + newer.epoch()
            + " they are "
            + Electorates.words(newer.voters())
            + ".",
        "see what changed, and plan anew: replctl status " + cluster);
  }

  private Refusal tooFew(Round round) {
    List<NodeName> voters =
        electorate.quorums().stream()
            .filter(quorum -> !Ballot.majority(round.granted, quorum))
            .findFirst()
            .orElse(electorate.recorded());
    String others =
        voters.stream()
            .filter(v -> !round.granted.contains(v))
            .map(
                v ->
                    v
                        + ": "
                        + (round.answers.containsKey(v)
                            ? round.answers.get(v).words()
                            : "not in the inventory"))
            .collect(Collectors.joining("; "));
    return Refusal.of(
        Refusal.Code.E_EPOCH_02,
        "only "
            + voters.stream().filter(round.granted::contains).count()
            + " of "
            + voters.size()
            + " hosts with a vote promised the epoch ("
            + others
            + "). A majority is needed to be sure that no other operation runs.",
        "bring them up: replctl status " + cluster);
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
    values.put("epoch", Value.of(Long.toString(promise.epoch())));
    return done(everywhere(h -> call(h, promise.operation(), "settle", values)));
  }

  /**
   * Gives back what was granted, where anything was: it was never begun. A host that granted
   * nothing learns nothing. An operation that was begun before stays open on the hosts, for whoever
   * ends it.
   */
  private void withdraw(Round round) {
    if (round.again) {
      return;
    }
    Promise promise = round.promise(false);
    Map<String, Value> values = journal(List.of(), 1);
    values.put("epoch", Value.of(Long.toString(promise.epoch())));
    values.put("withdraw", Value.of("yes"));
    everywhere(h -> call(h, promise.operation(), "settle", values));
  }

  /** Has a part of the journal copied. What fails is made good when the operation ends. */
  public Set<NodeName> copy(Promise promise, List<String> lines, int from) {
    Map<String, Value> values = journal(lines, from);
    values.put("until", Value.of(Integer.toString(from + lines.size() - 1)));
    return done(everywhere(h -> held(h, promise, "journal", values)));
  }

  /**
   * Has a record written.
   *
   * @return done when it holds: on a majority, or on all that could lead and were not closed for it
   */
  public Answer record(Promise promise, LeaderRecord wanted) {
    LeaderRecord written = wanted.in(promise.epoch(), promise.operation());
    Function<Voter, ScriptCall> call = h -> held(h, promise, "record", values(written));
    Map<NodeName, Answer> answers = new LinkedHashMap<>(everywhere(call));
    // A host that answers should have it: the next operation would have to bring it there.
    List<Voter> missed =
        electorate.hosts().stream()
            .filter(h -> h.answers() && !answers.get(h.name()).isDone())
            .filter(h -> answers.get(h.name()).kind() != Trouble.OVERTAKEN)
            .toList();
    answers.putAll(ask(missed, call));
    return counted(written, answers, "is not recorded on enough hosts");
  }

  /** Whether the record is where {@link #record} puts it. */
  public Answer isRecorded(Promise promise, LeaderRecord wanted) {
    LeaderRecord written = wanted.in(promise.epoch(), promise.operation());
    Map<NodeName, Answer> answers =
        everywhere(h -> held(h, promise, "record", values(written)).as(ScriptCall.Mode.PROBE));
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

  private Map<NodeName, Answer> everywhere(Function<Voter, ScriptCall> call) {
    return ask(electorate.hosts(), call);
  }

  /** Hosts that did not answer when the plan was made are asked too, and not waited for. */
  private Map<NodeName, Answer> ask(List<Voter> hosts, Function<Voter, ScriptCall> call) {
    List<Voter> waited = hosts.stream().filter(Voter::answers).toList();
    Map<Voter, Optional<Answer>> heard =
        world
            .fanout()
            .until(
                there -> !waited.isEmpty() && there.keySet().containsAll(waited),
                hosts,
                h -> world.hosts().run(h.place(), call.apply(h), world.clock().in(LIMIT)),
                world.clock().in(LIMIT.plusSeconds(1)));
    Map<NodeName, Answer> answers = new LinkedHashMap<>();
    for (Voter host : hosts) {
      answers.put(
          host.name(),
          heard
              .getOrDefault(host, Optional.empty())
              .orElseGet(() -> Answer.unknown(Trouble.OVERDUE, "no answer yet")));
    }
    return answers;
  }

  private static Set<NodeName> done(Map<NodeName, Answer> answers) {
    return answers.entrySet().stream()
        .filter(e -> e.getValue().isDone())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private ScriptCall held(Voter host, Promise promise, String script, Map<String, Value> values) {
    return call(host, promise.operation(), script, values)
        .with("promise", Value.of(Long.toString(promise.epoch())));
  }

  private ScriptCall call(Voter host, String operation, String script, Map<String, Value> values) {
    Map<String, Value> all = new TreeMap<>(values);
    all.put("cluster_name", Value.of(cluster.value()));
    all.put("node_name", Value.of(host.name().value()));
    all.put("operation", Value.of(operation));
    all.put("owner", Value.of(owner));
    all.put("lock_wait", Value.of("5"));
    if (!host.state().isEmpty()) {
      all.put("state_directory", Value.of(host.state()));
    }
    return ScriptCall.perform(new Script("voter", script), all);
  }
}

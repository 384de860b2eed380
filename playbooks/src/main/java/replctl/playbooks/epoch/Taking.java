package replctl.playbooks.epoch;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.world.Answer;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Trouble;
import replctl.playbooks.world.Value;

/** One attempt to get a majority's promise. */
final class Taking {
  /** Times that a number is asked for again: others' withdrawals and closed promises raise it. */
  private static final int ROUNDS = 12;

  private final VoterCalls hosts;
  private final Electorate electorate;
  private final Claim claim;
  private final String operation;
  private final Set<String> over = new TreeSet<>();
  private final Set<NodeName> granted = new TreeSet<>();
  private Map<NodeName, Answer> answers = Map.of();
  private long epoch;
  private Duration fresh;
  private boolean moreToAsk;
  private long before;

  Taking(Claim claim, VoterCalls hosts) {
    this.hosts = hosts;
    this.electorate = hosts.electorate();
    this.claim = claim;
    this.operation = claim.operation();
    this.epoch = claim.epoch();
    this.fresh = claim.silence().lasting();
  }

  /**
   * Takes the promise for an operation.
   *
   * @param isOver whether an operation is known here to be over
   */
  Promises.Taken take(Predicate<String> isOver) {
    over.addAll(electorate.over());
    over.add(claim.operation());
    for (int i = 0; i < ROUNDS; i++) {
      ask();
      List<EpochFile.Known> working = atWork();
      if (!working.isEmpty()
          && working.stream().allMatch(known -> claim.silence().isGone().test(known.holder()))) {
        fresh = Duration.ZERO;
        ask();
      }
      Optional<Promises.Taken> other = otherProcess();
      if (other.isPresent()) {
        return other.get();
      }
      Optional<LeaderRecord> moved = moved();
      if (moved.isPresent()) {
        settle();
        return claim.again()
            ? new Promises.Taken.Over("operation " + moved.get().operation())
            : new Promises.Taken.Not(moved(moved.get()));
      }
      Optional<EpochFile.Known> holder = holder(isOver);
      boolean majority = Ballot.majority(granted, electorate);
      if (holder.isPresent() && !(mayTryAgain(holder.get(), majority) && i < ROUNDS - 1)) {
        if (majority) {
          break;
        }
        withdraw();
        return new Promises.Taken.Not(Electorates.held(holder.get()));
      }
      if (holder.isEmpty() && !moreToAsk) {
        break;
      }
      next();
    }
    if (Ballot.majority(granted, electorate)) {
      Optional<Refusal> cannot = cannotPromise();
      if (cannot.isPresent()) {
        withdraw();
        return new Promises.Taken.Not(cannot.get());
      }
      return held(true);
    }
    if (electorate.minority() && !granted.isEmpty()) {
      epoch = Ballot.jumped(epoch);
      ask();
      Optional<Promises.Taken> other = otherProcess();
      if (other.isPresent() || !granted.isEmpty()) {
        return other.orElseGet(() -> held(Ballot.majority(granted, electorate)));
      }
    }
    withdraw();
    return new Promises.Taken.Not(
        atWork().stream().findFirst().map(Electorates::held).orElseGet(this::tooFew));
  }

  /**
   * A process that took this very operation. What was only to be begun goes to whoever has a newer
   * promise; what was begun before is over where it was given back.
   */
  private Optional<Promises.Taken> otherProcess() {
    Optional<EpochFile.Known> other = newerPromise();
    if (other.isEmpty() || (claim.again() && other.get().open())) {
      return Optional.empty();
    }
    withdraw();
    return Optional.of(
        claim.again()
            ? new Promises.Taken.Over(other.get().holder())
            : new Promises.Taken.Not(Electorates.taken(other.get())));
  }

  private void ask() {
    Map<String, Value> values = new TreeMap<>();
    values.put("epoch", Value.of(Long.toString(epoch)));
    values.put("over", Value.of(String.join(" ", over)));
    values.put("fresh_ms", Value.of(Long.toString(fresh.toMillis())));
    values.put("first", Value.of(electorate.first() ? "yes" : "no"));
    values.put("journal", Value.of(claim.journal()));
    answers = hosts.everywhere(h -> hosts.call(h, operation, "promise", values));
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

  /** What hosts have written down that answered so. */
  private Stream<EpochFile.Known> files(Predicate<Answer> which) {
    return answers.values().stream()
        .filter(which)
        .map(answer -> EpochFile.of(answer.facts()))
        .filter(EpochFile.Known.class::isInstance)
        .map(EpochFile.Known.class::cast);
  }

  /**
   * Another operation has written down who leads, who votes, or what a write waits for, since this
   * one was planned: while it asked again, or while its operator was asked.
   */
  private Optional<LeaderRecord> moved() {
    return files(answer -> true)
        .flatMap(known -> known.leader().stream())
        .filter(r -> r.epoch() > electorate.record() && !r.operation().equals(operation))
        .max(Comparator.comparingLong(LeaderRecord::epoch));
  }

  /** A newer promise of this very operation, rather one that was given back. */
  private Optional<EpochFile.Known> newerPromise() {
    return files(answer -> answer.kind() == Trouble.OVERTAKEN)
        .filter(known -> known.operation().equals(operation))
        .min(Comparator.comparing(EpochFile.Known::open));
  }

  private Promises.Taken held(boolean majority) {
    Optional<LeaderRecord> newest =
        files(answer -> true)
            .flatMap(known -> known.leader().stream())
            .max(Comparator.comparingLong(LeaderRecord::epoch));
    return new Promises.Taken.Held(promise(majority), before, newest);
  }

  /** Another operation that is in the way. What is over needs only another round. */
  private Optional<EpochFile.Known> holder(Predicate<String> isOver) {
    moreToAsk = false;
    List<EpochFile.Known> refusals =
        files(a -> a.kind() == Trouble.HELD || a.kind() == Trouble.OVERTAKEN).toList();
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
  private List<EpochFile.Known> atWork() {
    return files(answer -> answer.kind() == Trouble.HELD)
        .filter(known -> known.operation().equals(operation))
        .toList();
  }

  /**
   * Of two that ask at the same time the one that has the majority goes on, else the older: that
   * one asks again until the other has given back what it got, and is refused should that one turn
   * out to be at work.
   */
  private boolean mayTryAgain(EpochFile.Known other, boolean majority) {
    return majority || operation.compareTo(other.operation()) < 0;
  }

  private void next() {
    long highest =
        answers.values().stream()
            .filter(a -> a.kind() == Trouble.OVERTAKEN)
            .mapToLong(a -> a.facts().number("epoch.promise").orElse(0))
            .max()
            .orElse(0);
    epoch = Math.max(epoch, highest + 1);
  }

  private Promise promise(boolean majority) {
    return new Promise(operation, epoch, hosts.owner(), granted, majority);
  }

  /**
   * Gives back what was granted, where anything was: it was never begun. A host that granted
   * nothing learns nothing. An operation that was begun before stays open on the hosts, for whoever
   * ends it.
   */
  private void withdraw() {
    if (!claim.again()) {
      settle();
    }
  }

  /** Gives back what was granted, for good. */
  private void settle() {
    Promise promise = promise(false);
    Map<String, Value> values = new TreeMap<>();
    values.put("from", Value.of("1"));
    values.put("journal", Value.of(""));
    values.put("epoch", Value.of(Long.toString(promise.epoch())));
    values.put("withdraw", Value.of("yes"));
    hosts.everywhere(h -> hosts.call(h, promise.operation(), "settle", values));
  }

  private Refusal moved(LeaderRecord newer) {
    return Refusal.of(
        Refusal.Code.E_PLAN_01,
        "the cluster moved since this was planned: operation "
            + newer.operation()
            + " has written epoch "
            + newer.epoch()
            + ", by which "
            + newer.leader()
            + " leads and "
            + Electorates.words(newer.voters())
            + " vote.",
        "see what changed, and plan anew: replctl status " + hosts.cluster());
  }

  /** Hosts that are to be changed and can't keep a promise: a full disk, or a damaged file. */
  private Optional<Refusal> cannotPromise() {
    List<NodeName> hosts =
        answers.entrySet().stream()
            .filter(e -> claim.needed().contains(e.getKey()))
            .filter(e -> e.getValue() instanceof Answer.NotDone)
            .filter(
                e ->
                    e.getValue().kind() == Trouble.SAID_NO
                        || e.getValue().kind() == Trouble.UNREADABLE)
            .map(Map.Entry::getKey)
            .toList();
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    String words =
        hosts.stream()
            .map(host -> host + ": " + answers.get(host).words())
            .collect(Collectors.joining("; "));
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_STATE_01,
            "a host that this would change can't keep a promise ("
                + words
                + "). Nothing could be done there.",
            "mend that, and type the same again; on " + Electorates.words(hosts) + ": df -h",
            "should it lead, and that can't be mended: replctl failover "
                + this.hosts.cluster()
                + " --leader-is-broken REASON"));
  }

  private Refusal tooFew() {
    List<NodeName> voters =
        electorate.quorums().stream()
            .filter(quorum -> !Ballot.majority(granted, quorum))
            .findFirst()
            .orElse(electorate.recorded());
    String others =
        voters.stream()
            .filter(v -> !granted.contains(v))
            .map(
                v ->
                    v
                        + ": "
                        + (answers.containsKey(v)
                            ? answers.get(v).words()
                            : "not in the inventory"))
            .collect(Collectors.joining("; "));
    return Refusal.of(
        Refusal.Code.E_EPOCH_02,
        "only "
            + voters.stream().filter(granted::contains).count()
            + " of "
            + voters.size()
            + " hosts with a vote promised the epoch ("
            + others
            + "). A majority is needed to be sure that no other operation runs.",
        "bring them up: replctl status " + hosts.cluster());
  }
}

package replctl.playbooks.epoch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.inventory.Witness;
import replctl.playbooks.plan.Electorate;
import replctl.playbooks.plan.Refusal;
import replctl.playbooks.plan.Voter;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Place;

/**
 * Whose promise an operation needs: of the voters of the newest record, whatever the inventory
 * says. Pure.
 */
public final class Electorates {
  private Electorates() {}

  /** Whose promise, or why none can be asked for. */
  public sealed interface Called {
    /** These. */
    record Of(Electorate electorate) implements Called {}

    /** Nobody's: a rule says no. */
    record No(Refusal refusal) implements Called {}
  }

  /**
   * What an operation is, as far as its promise goes.
   *
   * @param founds whether it may give a cluster its first epoch, and votes to its hosts
   * @param minority whether it may begin without a majority, and close those who did not answer
   * @param supersedes whether it takes the place of an operation whose process is silent
   * @param next the voters that there will be; empty: those that there are
   * @param always whether it begins under maintenance as at any other time
   */
  public record Wish(
      boolean founds,
      boolean minority,
      boolean supersedes,
      Optional<List<NodeName>> next,
      boolean always) {
    /** One that changes a cluster which has its epochs. */
    public static final Wish USUAL = new Wish(false, false, false, Optional.empty(), false);

    /** init. */
    public static final Wish FOUNDING = new Wish(true, false, false, Optional.empty(), false);

    /** fence and unfence: they open nothing, whoever does not answer, and close what must be. */
    public static final Wish CLOSING = new Wish(false, true, false, Optional.empty(), true);

    /** failover. */
    public static final Wish EMERGENCY = new Wish(false, true, true, Optional.empty(), false);

    /** maintenance: it does not stand in its own way. */
    public static final Wish HANDS_OFF = new Wish(false, false, false, Optional.empty(), true);

    /**
     * add and remove: the inventory may name others than are recorded.
     *
     * @param voters that there will be, one more or one less
     * @param minority whether it closes those who may lead and do not answer
     */
    public static Wish voters(List<NodeName> voters, boolean minority) {
      return new Wish(false, minority, false, Optional.of(List.copyOf(voters)), false);
    }
  }

  /** An operation that was not at work anywhere for so long may be taken over; in ms. */
  public static final long SILENT_MS = 60_000;

  /** Calls the voters. */
  public static Called of(Cluster cluster, Snapshot seen, Wish wish) {
    Optional<LeaderRecord> newest = seen.epochs().newest();
    Set<NodeName> declared = declared(cluster);
    Set<NodeName> voters =
        newest.<Set<NodeName>>map(r -> new LinkedHashSet<>(r.voters())).orElse(declared);
    List<List<NodeName>> quorums = new ArrayList<>();
    quorums.add(List.copyOf(voters));
    wish.next().filter(next -> !Set.copyOf(next).equals(voters)).ifPresent(quorums::add);
    return unreadable(cluster, seen, wish)
        .or(() -> unfounded(cluster, newest, wish))
        .or(() -> differs(cluster, seen, wish))
        .or(() -> silent(cluster, seen, quorums, newest.isEmpty(), wish))
        .or(() -> held(seen, wish))
        .or(() -> wish.always() ? Optional.empty() : maintained(cluster, seen))
        .<Called>map(Called.No::new)
        .orElseGet(() -> new Called.Of(electorate(cluster, seen, quorums, newest.isEmpty(), wish)));
  }

  /**
   * Why an operation that changes no voters is refused: the inventory's are others than the
   * recorded ones. Empty where there is no record yet.
   */
  public static Optional<Refusal> differs(Cluster cluster, Snapshot seen) {
    return differs(cluster, seen, Wish.USUAL);
  }

  /** Nodes that may lead, and witnesses. */
  public static Set<NodeName> declared(Cluster cluster) {
    return Stream.concat(
            cluster.nodes().stream().filter(Node::mayLead).map(Node::name),
            cluster.witnesses().stream().map(Witness::name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Electorate electorate(
      Cluster cluster, Snapshot seen, List<List<NodeName>> quorums, boolean first, Wish wish) {
    Set<NodeName> voters =
        quorums.stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
    List<Voter> hosts = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      hosts.add(
          new Voter(
              node.name(),
              Place.on(node.name()),
              !(seen.epochs().of(node.name()) instanceof EpochFile.Silent),
              voters.contains(node.name()),
              node.mayLead(),
              node.layout()
                  .stateDirectory()
                  .or(
                      () ->
                          seen.node(node.name())
                              .server()
                              .flatMap(s -> s.facts().text("state_directory")))
                  .orElse("")));
    }
    for (Witness witness : cluster.witnesses()) {
      hosts.add(
          new Voter(
              witness.name(),
              new Place.Witness(witness.name()),
              !(seen.epochs().of(witness.name()) instanceof EpochFile.Silent),
              voters.contains(witness.name()),
              false,
              ""));
    }
    TreeSet<String> over = new TreeSet<>(seen.epochs().over());
    if (wish.supersedes()) {
      seen.epochs().open().ifPresent(open -> over.add(open.operation()));
    }
    return new Electorate(
        seen.epochs().highest() + 1,
        seen.epochs().newest().map(LeaderRecord::epoch).orElse(0L),
        first,
        wish.minority(),
        List.copyOf(over),
        hosts,
        quorums);
  }

  private static Optional<Refusal> unreadable(Cluster cluster, Snapshot seen, Wish wish) {
    if (seen.epochs().unreadable().isEmpty() || wish.minority()) {
      return Optional.empty();
    }
    String found =
        seen.epochs().unreadable().entrySet().stream()
            .map(e -> e.getKey() + "'s epoch file can't be relied on: " + e.getValue())
            .collect(Collectors.joining("; "));
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_EPOCH_02,
            found + ". What that host has promised is not known.",
            "if no operation is under way (replctl op list -c "
                + cluster.name()
                + "), move that"
                + " file away; the next replctl init gives the host a new one"));
  }

  private static Optional<Refusal> unfounded(
      Cluster cluster, Optional<LeaderRecord> newest, Wish wish) {
    return newest.isPresent() || wish.founds()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Code.E_EPOCH_02,
                "no host that answers has a record of who leads.",
                "replctl init " + cluster.name()));
  }

  private static Optional<Refusal> differs(Cluster cluster, Snapshot seen, Wish wish) {
    Optional<LeaderRecord> newest = seen.epochs().newest();
    Set<NodeName> declared = declared(cluster);
    if (newest.isEmpty()
        || wish.next().isPresent()
        || declared.equals(Set.copyOf(newest.get().voters()))) {
      return Optional.empty();
    }
    List<NodeName> voters = newest.get().voters();
    List<String> next = new ArrayList<>();
    for (NodeName name : declared) {
      if (!voters.contains(name)) {
        // Nobody joins a cluster that has no leader.
        if (!wish.minority()) {
          next.add("replctl add " + name);
        }
        next.add(
            "should " + name + " have left, or not be there yet: take it out of the inventory");
      }
    }
    for (NodeName name : voters) {
      if (!declared.contains(name)) {
        next.add(without(cluster, name, wish));
      }
    }
    return Optional.of(
        new Refusal(
            Refusal.Code.E_VOTERS_01,
            "the inventory's voters are "
                + words(declared)
                + ", and the newest record's are "
                + words(voters)
                + ".",
            "Nothing was changed.",
            next));
  }

  /** What to type for a recorded voter that the inventory does not name as one. */
  private static String without(Cluster cluster, NodeName name, Wish wish) {
    if (cluster.node(name).isPresent()) {
      return wish.minority()
          ? "let " + name + " lead again in the inventory, until the cluster has a leader"
          : "replctl add " + name + ", which follows on and gives up its vote";
    }
    return wish.minority()
        ? "put " + name + " back into the inventory, until the cluster has a leader"
        : "replctl remove " + name;
  }

  private static Optional<Refusal> silent(
      Cluster cluster, Snapshot seen, List<List<NodeName>> quorums, boolean first, Wish wish) {
    for (List<NodeName> quorum : quorums) {
      List<NodeName> answering =
          quorum.stream()
              .filter(v -> counts(seen, v, first || !quorums.get(0).contains(v)))
              .toList();
      if (!wish.minority() && !Ballot.majority(answering, quorum)) {
        return Optional.of(
            Refusal.of(
                Refusal.Code.E_EPOCH_02,
                "only "
                    + answering.size()
                    + " of "
                    + quorum.size()
                    + " hosts with a vote answered"
                    + (answering.isEmpty() ? "" : " (" + words(answering) + ")")
                    + ". A majority is needed to be sure that no other operation runs.",
                "bring the others up: replctl status " + cluster.name()));
      }
    }
    return Optional.empty();
  }

  /** Another process has taken up what this one was about to begin. */
  static Refusal taken(EpochFile.Known by) {
    return Refusal.of(
        Refusal.Code.E_EPOCH_01,
        "operation "
            + by.operation()
            + " was taken over while this process stood still: epoch "
            + by.promised()
            + " of it is "
            + by.holder()
            + "'s.",
        "see what became of it: replctl op show " + by.operation());
  }

  /**
   * Whether that host's word counts.
   *
   * @param joins it gets its vote now, so that it need have no file
   */
  private static boolean counts(Snapshot seen, NodeName host, boolean joins) {
    EpochFile file = seen.epochs().of(host);
    return file instanceof EpochFile.Known known
        ? known.votes() || joins
        : joins && file instanceof EpochFile.None;
  }

  private static Optional<Refusal> held(Snapshot seen, Wish wish) {
    return seen.epochs()
        .open()
        .filter(open -> !wish.supersedes() || isFresh(open))
        .map(Electorates::held);
  }

  /** Hands off, unless somebody has typed that he knows. */
  public static Optional<Refusal> maintained(Cluster cluster, Snapshot seen) {
    if (seen.epochs().despite()) {
      return Optional.empty();
    }
    return seen.epochs()
        .handsOff()
        .map(
            hands ->
                Refusal.of(
                    Refusal.Code.E_MAINTENANCE_01,
                    cluster.name() + " is " + words(hands, seen.epochs().maintained()) + ".",
                    "the same with --in-maintenance, if that is meant for this too",
                    "when it is over: replctl maintenance off " + cluster.name()));
  }

  /** Whose maintenance it is, since when, for how long and why. */
  public static String words(Maintenance hands, OptionalLong knownMs) {
    return "under maintenance " + hands.words(knownMs, false);
  }

  private static boolean isFresh(EpochFile.Known open) {
    return open.heartbeat().isPresent() && open.heartbeat().getAsLong() < SILENT_MS;
  }

  /** Another operation has the cluster. */
  static Refusal held(EpochFile.Known open) {
    return held(open.operation(), open.promised(), open.holder(), seconds(open));
  }

  private static Optional<Long> seconds(EpochFile.Known open) {
    return open.heartbeat().isPresent()
        ? Optional.of(open.heartbeat().getAsLong() / 1000)
        : Optional.empty();
  }

  private static Refusal held(String op, long epoch, String holder, Optional<Long> seconds) {
    return Refusal.of(
        Refusal.Code.E_EPOCH_01,
        "operation "
            + op
            + " holds epoch "
            + epoch
            + " ("
            + holder
            + seconds.map(s -> ", last at work " + s + " s ago").orElse("")
            + ") and is not over.",
        "watch it: replctl op show " + op,
        "should its process be gone: replctl op resume " + op,
        "or take it back: replctl op abort " + op);
  }

  static String words(Iterable<NodeName> names) {
    StringBuilder words = new StringBuilder();
    for (NodeName name : names) {
      words.append(words.length() == 0 ? "" : ", ").append(name);
    }
    return words.toString();
  }
}

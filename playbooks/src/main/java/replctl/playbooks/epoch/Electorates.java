package replctl.playbooks.epoch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
   * @param founds whether it may give a cluster its first epoch, and votes to new hosts
   * @param minority whether it may begin without a majority, and close those who did not answer
   * @param supersedes whether it takes the place of an operation whose process is silent
   */
  public record Wish(boolean founds, boolean minority, boolean supersedes) {
    /** One that changes a cluster which has its epochs. */
    public static final Wish USUAL = new Wish(false, false, false);

    /** init. */
    public static final Wish FOUNDING = new Wish(true, false, false);

    /** fence and unfence: they open nothing, whoever does not answer. */
    public static final Wish CLOSING = new Wish(false, true, false);

    /** failover. */
    public static final Wish EMERGENCY = new Wish(false, true, true);
  }

  /** An operation that was not at work anywhere for so long may be taken over; in ms. */
  public static final long SILENT_MS = 60_000;

  /** Calls the voters. */
  public static Called of(Cluster cluster, Snapshot seen, Wish wish) {
    Optional<LeaderRecord> newest = seen.epochs().newest();
    Set<NodeName> declared = declared(cluster);
    Set<NodeName> voters =
        newest.<Set<NodeName>>map(r -> new LinkedHashSet<>(r.voters())).orElse(declared);
    return unreadable(cluster, seen, wish)
        .or(() -> unfounded(cluster, newest, wish))
        .or(() -> differs(declared, voters, wish))
        .or(() -> silent(cluster, seen, voters, newest.isEmpty(), wish))
        .or(() -> held(seen, wish))
        .<Called>map(Called.No::new)
        .orElseGet(() -> new Called.Of(electorate(cluster, seen, voters, newest.isEmpty(), wish)));
  }

  /** Nodes that may lead, and witnesses. */
  public static Set<NodeName> declared(Cluster cluster) {
    return Stream.concat(
            cluster.nodes().stream().filter(Node::mayLead).map(Node::name),
            cluster.witnesses().stream().map(Witness::name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Electorate electorate(
      Cluster cluster, Snapshot seen, Set<NodeName> voters, boolean first, Wish wish) {
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
        seen.epochs().highest() + 1, first, wish.minority(), List.copyOf(over), hosts);
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

  private static Optional<Refusal> differs(
      Set<NodeName> declared, Set<NodeName> voters, Wish wish) {
    if (declared.equals(voters) || wish.founds()) {
      return Optional.empty();
    }
    List<String> next = new ArrayList<>();
    declared.stream().filter(n -> !voters.contains(n)).forEach(n -> next.add("replctl add " + n));
    voters.stream()
        .filter(n -> !declared.contains(n))
        .forEach(n -> next.add("replctl remove " + n));
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

  private static Optional<Refusal> silent(
      Cluster cluster, Snapshot seen, Set<NodeName> voters, boolean first, Wish wish) {
    List<NodeName> answering =
        voters.stream()
            .filter(
                v ->
                    seen.epochs().of(v) instanceof EpochFile.Known known
                        ? known.votes()
                        : first && seen.epochs().of(v) instanceof EpochFile.None)
            .toList();
    if (wish.minority() || Ballot.majority(answering, voters)) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.of(
            Refusal.Code.E_EPOCH_02,
            "only "
                + answering.size()
                + " of "
                + voters.size()
                + " hosts with a vote answered"
                + (answering.isEmpty() ? "" : " (" + words(answering) + ")")
                + ". A majority is needed to be sure that no other operation runs.",
            "bring the others up: replctl status " + cluster.name()));
  }

  private static Optional<Refusal> held(Snapshot seen, Wish wish) {
    return seen.epochs()
        .open()
        .filter(open -> !wish.supersedes() || isFresh(open))
        .map(Electorates::held);
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

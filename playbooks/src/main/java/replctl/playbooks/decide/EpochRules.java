package replctl.playbooks.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Age;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Snapshot;

/** What the hosts' epoch files say that an operator should know of. */
final class EpochRules {
  /** An operation that was not at work anywhere for so long was cut short, or is stuck; in ms. */
  private static final long SILENT_MS = 60_000;

  private EpochRules() {}

  static List<Finding> of(Cluster cluster, Snapshot seen) {
    List<Finding> found = new ArrayList<>();
    unreadable(seen, found);
    Optional<LeaderRecord> newest = seen.epochs().newest();
    if (newest.isEmpty()) {
      unfounded(seen, found);
      return found;
    }
    open(seen, found);
    maintenance(cluster, seen, found);
    unrecorded(seen, newest.get(), found);
    conflict(seen, found);
    voters(cluster, seen, newest.get(), found);
    older(seen, newest.get(), found);
    debts(cluster, seen, newest.get(), found);
    return found;
  }

  private static void unreadable(Snapshot seen, List<Finding> found) {
    seen.epochs()
        .unreadable()
        .forEach(
            (host, why) ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "epoch-unreadable",
                        host + "'s epoch file can't be relied on: " + why,
                        "if no operation is under way, move it away; replctl init gives the host a"
                            + " new one")));
  }

  private static void unfounded(Snapshot seen, List<Finding> found) {
    boolean none =
        seen.epochs().files().values().stream().anyMatch(EpochFile.None.class::isInstance);
    boolean runs = seen.nodes().stream().anyMatch(n -> n.presence() == Presence.RUNNING);
    if (none && runs) {
      found.add(
          new Finding(
              Level.NOTE,
              "no-epoch",
              "no host that answers has a record of who leads: nothing can be changed here",
              "replctl init writes one"));
    }
  }

  /** An operation that is not over is under way, or was cut short: nobody can tell from afar. */
  private static void open(Snapshot seen, List<Finding> found) {
    Optional<EpochFile.Known> held = seen.epochs().open();
    if (held.isEmpty()) {
      return;
    }
    EpochFile.Known open = held.get();
    boolean fresh = open.heartbeat().isPresent() && open.heartbeat().getAsLong() < SILENT_MS;
    found.add(
        new Finding(
            fresh ? Level.NOTE : Level.WARNING,
            "operation-open",
            open.operation()
                + " holds epoch "
                + open.promised()
                + " ("
                + open.holder()
                + ") and is not over; "
                + (open.heartbeat().isPresent()
                    ? "it was last at work " + Age.words(open.heartbeat().getAsLong()) + " ago"
                    : "when it was last at work is not known"),
            (fresh ? "should its process be gone: " : "")
                + "replctl op resume "
                + open.operation()));
  }

  private static void maintenance(Cluster cluster, Snapshot seen, List<Finding> found) {
    seen.epochs()
        .maintenance()
        .ifPresent(
            hands ->
                found.add(
                    new Finding(
                        Level.NOTE,
                        "maintenance",
                        "hands off, "
                            + hands.words(
                                seen.epochs().maintained(), seen.epochs().handsOff().isEmpty()),
                        "replctl maintenance off " + cluster.name())));
  }

  /** A leader that no operation made one; while one is under way, it may be about to write it. */
  private static void unrecorded(Snapshot seen, LeaderRecord newest, List<Finding> found) {
    List<NodeName> writable = seen.writable().stream().map(NodeView::name).toList();
    if (writable.size() != 1
        || writable.get(0).equals(newest.leader())
        || seen.epochs().open().isPresent()) {
      return;
    }
    NodeName leader = writable.get(0);
    found.add(
        new Finding(
            Level.CRITICAL,
            "leader-unrecorded",
            leader
                + " takes writes, and by the newest record (epoch "
                + newest.epoch()
                + ") "
                + newest.leader()
                + " leads",
            "if "
                + leader
                + " was promoted by hand, and "
                + newest.leader()
                + " is closed: replctl open "
                + leader
                + " --re-record; else: replctl fence "
                + leader));
  }

  /** No two operations share an epoch: a file was changed by hand, or a disk was rolled back. */
  private static void conflict(Snapshot seen, List<Finding> found) {
    SortedMap<Long, SortedMap<String, List<NodeName>>> by = new TreeMap<>();
    seen.epochs()
        .files()
        .forEach(
            (host, file) -> {
              if (file instanceof EpochFile.Known known && known.leader().isPresent()) {
                LeaderRecord record = known.leader().get();
                by.computeIfAbsent(record.epoch(), e -> new TreeMap<>())
                    .computeIfAbsent(
                        record.leader() + " (" + record.operation() + ")", w -> new ArrayList<>())
                    .add(host);
              }
            });
    by.forEach(
        (epoch, records) -> {
          if (records.size() > 1) {
            String words =
                records.entrySet().stream()
                    .map(e -> e.getKey() + " by " + words(e.getValue()))
                    .collect(Collectors.joining(", "));
            found.add(
                new Finding(
                    Level.CRITICAL,
                    "record-conflict",
                    "hosts disagree about who leads in epoch " + epoch + ": " + words,
                    "no operation of replctl's writes that: see whose disk was rolled back or whose"
                        + " file was changed, then move that file away and: replctl init"));
          }
        });
  }

  /** Whether an operation could begin, and whether the newest record is safe. */
  private static void voters(
      Cluster cluster, Snapshot seen, LeaderRecord newest, List<Finding> found) {
    List<NodeName> voters = newest.voters();
    List<NodeName> without =
        voters.stream()
            .filter(
                v ->
                    seen.epochs().of(v) instanceof EpochFile.None
                        || (seen.epochs().of(v) instanceof EpochFile.Known known && !known.votes()))
            .toList();
    if (!without.isEmpty()) {
      found.add(
          new Finding(
              Level.WARNING,
              "no-vote",
              words(without)
                  + (without.size() == 1 ? " has no vote: its" : " have no vote: their")
                  + " epoch file is gone",
              "replctl init " + cluster.name() + " gives it back"));
    }
    cluster.witnesses().stream()
        .map(w -> w.name())
        .filter(w -> seen.epochs().files().get(w) instanceof EpochFile.Silent)
        .forEach(
            w ->
                found.add(
                    new Finding(
                        Level.WARNING,
                        "witness-silent",
                        "witness " + w + " does not answer",
                        "look at its host and the network between")));
    long answering =
        voters.stream()
            .filter(v -> seen.epochs().of(v) instanceof EpochFile.Known known && known.votes())
            .count();
    if (answering * 2 <= voters.size()) {
      found.add(
          new Finding(
              Level.WARNING,
              "no-majority",
              answering
                  + " of "
                  + voters.size()
                  + " hosts with a vote answer: no majority, so that only a failover can begin",
              "bring the others up"));
      return;
    }
    long holding =
        voters.stream()
            .filter(
                v ->
                    seen.epochs().of(v) instanceof EpochFile.Known known
                        && known.leader().filter(r -> r.epoch() == newest.epoch()).isPresent())
            .count();
    if (holding * 2 <= voters.size() && holding < answering && seen.epochs().open().isEmpty()) {
      found.add(
          new Finding(
              Level.WARNING,
              "record-minority",
              "the newest record (epoch "
                  + newest.epoch()
                  + ", leader "
                  + newest.leader()
                  + ") is on "
                  + holding
                  + " of "
                  + voters.size()
                  + " hosts with a vote only",
              "replctl init " + cluster.name() + " writes it on all"));
    }
  }

  /** Hosts that were away when the newest record was written. */
  private static void older(Snapshot seen, LeaderRecord newest, List<Finding> found) {
    List<String> behind = new ArrayList<>();
    for (Map.Entry<NodeName, EpochFile> each : seen.epochs().files().entrySet()) {
      if (each.getValue() instanceof EpochFile.Known known) {
        known
            .leader()
            .filter(r -> r.epoch() < newest.epoch())
            .ifPresent(
                r ->
                    behind.add(
                        each.getKey() + " has epoch " + r.epoch() + ", leader " + r.leader()));
      }
    }
    if (!behind.isEmpty()) {
      found.add(
          new Finding(
              Level.NOTE,
              "record-older",
              "not every host knows of epoch "
                  + newest.epoch()
                  + ", leader "
                  + newest.leader()
                  + ": "
                  + String.join("; ", behind),
              "the next operation tells them, and so does replctl init"));
    }
  }

  private static void debts(
      Cluster cluster, Snapshot seen, LeaderRecord newest, List<Finding> found) {
    for (NodeName node : Debts.of(seen)) {
      String how = newest.closed().containsKey(node) ? newest.closed().get(node) : "";
      found.add(
          new Finding(
              Level.WARNING,
              Debts.CODE,
              node
                  + " was closed from outside"
                  + (how.isEmpty() ? "" : " (" + how + ")")
                  + ", and its own disk does not say so yet: its start block and its closed"
                  + " configuration are owed",
              Debts.next(cluster, seen, node)));
    }
  }

  private static String words(List<NodeName> names) {
    return Durability.joined(names.stream().map(NodeName::value).toList(), "and");
  }
}

package replctl.playbooks.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import replctl.inventory.Cluster;
import replctl.inventory.Replication;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Lowered;
import replctl.playbooks.snapshot.NodeView;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;

/** What is wrong with the nodes together. */
final class ClusterRules {
  private ClusterRules() {}

  static List<Finding> of(Cluster cluster, Snapshot seen, Acks.Levels levels) {
    List<Finding> found = new ArrayList<>();
    leaders(seen, found);
    acks(cluster, seen, levels, found);
    versions(seen, found);
    return found;
  }

  private static void leaders(Snapshot seen, List<Finding> found) {
    List<NodeView> writable = seen.writable();
    Optional<SameServer.Pair> same = SameServer.of(seen);
    same.ifPresent(
        pair -> found.add(new Finding(Level.CRITICAL, "same-server", pair.words(), pair.cure())));
    // One that is reached twice is not to be stopped as the other.
    if (writable.size() > (same.isPresent() ? 2 : 1)) {
      found.add(
          new Finding(
              Level.CRITICAL,
              "split-brain",
              writable.size() + " nodes take writes: " + names(writable),
              "see which one the clients use; stop the others' servers before anything else"));
    }
    boolean setUp = seen.nodes().stream().anyMatch(n -> n.presence() != Presence.ABSENT);
    if (writable.isEmpty() && setUp) {
      List<NodeView> unknown =
          seen.nodes().stream()
              .filter(
                  n ->
                      n.presence() == Presence.UNKNOWN
                          || n.presence() == Presence.HUNG
                          || n.presence() == Presence.STOPPING)
              .toList();
      found.add(
          new Finding(
              Level.CRITICAL,
              "no-leader",
              unknown.isEmpty()
                  ? "no node takes writes"
                  : "no node is seen to take writes; not known of " + names(unknown),
              "replctl candidates shows who could lead"));
    }
  }

  private static void acks(
      Cluster cluster, Snapshot seen, Acks.Levels levels, List<Finding> found) {
    Optional<Server> leader = seen.leader().flatMap(NodeView::server);
    Optional<Acks> known = leader.flatMap(Server::acks);
    if (known.isEmpty()) {
      return;
    }
    Acks acks = known.get();
    if (acks.waiting()) {
      found.add(
          new Finding(
              Level.CRITICAL,
              "writes-wait",
              "writes wait: "
                  + acks.needed()
                  + " must acknowledge them and "
                  + acks.present().size()
                  + " of those that may receive",
              "bring a follower back; or, until it is: replctl sync --acks "
                  + acks.present().size()));
    }
    if (!acks.strangers().isEmpty()) {
      found.add(
          new Finding(
              Level.WARNING,
              "acks-stranger",
              "the leader counts on names that are no node's: "
                  + String.join(", ", acks.strangers()),
              "replctl init sets the names right"));
    }
    if (acks.anybody()) {
      found.add(
          new Finding(
              Level.WARNING,
              "acks-anybody",
              "whatever connects to the leader may acknowledge writes",
              "replctl init names the nodes that may"));
    }
    Replication wanted = cluster.replication();
    Optional<Lowered> lowered = seen.epochs().newest().flatMap(LeaderRecord::lowered);
    lowered.ifPresent(
        l ->
            found.add(
                new Finding(
                    Level.WARNING,
                    "durability-lowered",
                    "writes wait for "
                        + acks.needed()
                        + (acks.needed() == 1 ? " acker" : " ackers")
                        + ", less than the inventory asks: lowered by "
                        + l.by(),
                    "replctl sync --apply takes it back")));
    int most = lowered.map(Lowered::acks).orElse(Integer.MAX_VALUE);
    boolean enough =
        switch (wanted.mode()) {
          case ASYNC -> true;
          case SEMI_SYNC ->
              acks.needed() >= Math.min(most, Math.max(1, wanted.acks()))
                  && (most == 0 || levels.enough(wanted.mode(), acks.level()));
          case SYNC ->
              acks.needed() >= Math.min(most, Math.max(1, acks.ackers().size()))
                  && (most == 0 || levels.enough(wanted.mode(), acks.level()));
        };
    if (!enough) {
      found.add(
          new Finding(
              Level.WARNING,
              "durability-weaker",
              "the inventory asks for "
                  + wanted.mode().word()
                  + ", and "
                  + (acks.needed() == 0
                      ? "the leader waits for no follower"
                      : "the leader waits for less"),
              "replctl sync --apply sets it as the inventory asks"));
    } else if (isMore(acks, wanted, levels)) {
      found.add(
          new Finding(
              Level.NOTE,
              "durability-stronger",
              "the inventory asks for "
                  + wanted.mode().word()
                  + ", and the leader waits for more: writes wait sooner when a follower is lost",
              "replctl sync --apply sets it as the inventory asks"));
    }
  }

  private static boolean isMore(Acks acks, Replication wanted, Acks.Levels levels) {
    return switch (wanted.mode()) {
      case ASYNC -> acks.needed() > 0;
      case SEMI_SYNC ->
          acks.needed() > Math.max(1, wanted.acks()) || levels.more(wanted.mode(), acks.level());
      case SYNC -> false;
    };
  }

  private static void versions(Snapshot seen, List<Finding> found) {
    TreeSet<String> versions =
        seen.nodes().stream()
            .flatMap(n -> n.server().stream())
            .filter(s -> s.presence() == Presence.RUNNING)
            .flatMap(s -> s.version().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (versions.size() > 1) {
      found.add(
          new Finding(
              Level.NOTE,
              "versions",
              "the nodes run different versions: " + String.join(", ", versions),
              "update the followers first, then switch over"));
    }
  }

  static String names(List<NodeView> nodes) {
    return nodes.stream().map(n -> n.name().value()).collect(Collectors.joining(", "));
  }
}

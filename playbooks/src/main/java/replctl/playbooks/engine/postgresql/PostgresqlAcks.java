package replctl.playbooks.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Cluster;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Acks.Level;
import replctl.playbooks.world.Facts;

/** What a leader waits for, from its two parameters. */
final class PostgresqlAcks {
  private PostgresqlAcks() {}

  /** Empty when the server did not answer, or its parameters can't be read. */
  static Optional<Acks> of(Surveyed leader, Neighbours all) {
    if (!leader.answered()) {
      return Optional.empty();
    }
    Optional<SynchronousNames> read =
        SynchronousNames.parse(leader.setting("synchronous_standby_names").orElse(""));
    Optional<Level> level = level(leader.setting("synchronous_commit").orElse(""));
    if (read.isEmpty() || level.isEmpty()) {
      return Optional.empty();
    }
    SynchronousNames names = read.get();
    boolean waits = level.get().compareTo(Level.RECEIVED) >= 0 && names.needed() > 0;
    if (!waits) {
      Level alone = level.get() == Level.NOWHERE ? Level.NOWHERE : Level.LEADER;
      return Optional.of(new Acks(0, alone, false, List.of(), List.of(), false, List.of()));
    }
    List<NodeName> ackers = new ArrayList<>();
    List<String> strangers = new ArrayList<>();
    for (String name : names.names()) {
      Optional<NodeName> node = node(name, leader, all);
      node.filter(n -> !ackers.contains(n)).ifPresent(ackers::add);
      if (node.isEmpty() && !name.equals("*")) {
        strangers.add(name);
      }
    }
    List<String> present =
        leader.senders().stream()
            .filter(s -> s.streaming() && names.names(s.application()))
            .map(
                s ->
                    node(s.application(), leader, all).map(NodeName::value).orElse(s.application()))
            .toList();
    return Optional.of(
        new Acks(
            names.needed(),
            level.get(),
            names.inOrder(),
            ackers,
            strangers,
            names.anybody(),
            present));
  }

  /**
   * What a node would wait for if it led, by its own settings and the inventory's names; nothing
   * where they are not known.
   */
  static Acks configured(Facts facts, Cluster cluster) {
    Optional<SynchronousNames> names =
        facts.text("setting.synchronous_standby_names").flatMap(SynchronousNames::parse);
    Optional<Level> level = facts.text("setting.synchronous_commit").flatMap(PostgresqlAcks::level);
    if (names.isEmpty() || level.filter(l -> l.compareTo(Level.RECEIVED) >= 0).isEmpty()) {
      return Acks.NONE;
    }
    List<NodeName> ackers =
        cluster.nodes().stream()
            .map(Node::name)
            .filter(node -> names.get().names(node.value()))
            .toList();
    return names.get().needed() == 0
        ? Acks.NONE
        : new Acks(
            names.get().needed(),
            level.get(),
            names.get().inOrder(),
            ackers,
            List.of(),
            false,
            List.of());
  }

  /** The node that a name stands for: as it calls itself upstream, or as the inventory calls it. */
  private static Optional<NodeName> node(String name, Surveyed leader, Neighbours all) {
    return all.nodes().values().stream()
        .filter(n -> !n.is(leader) && n.application().equalsIgnoreCase(name))
        .map(n -> n.node().name())
        .findFirst();
  }

  private static Optional<Level> level(String synchronousCommit) {
    return switch (synchronousCommit) {
      case "off" -> Optional.of(Level.NOWHERE);
      case "local" -> Optional.of(Level.LEADER);
      case "remote_write" -> Optional.of(Level.RECEIVED);
      case "on" -> Optional.of(Level.FLUSHED);
      case "remote_apply" -> Optional.of(Level.APPLIED);
      default -> Optional.empty();
    };
  }
}

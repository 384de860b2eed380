package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import replctl.inventory.Cluster;
import replctl.inventory.NodeName;
import replctl.inventory.Replication;
import replctl.playbooks.engine.Quorum;
import replctl.playbooks.engine.SetupGoal;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.world.Facts;
import replctl.playbooks.world.Value;

/**
 * What a node's commits wait for when it leads, as the file {@code semi-sync} of its state has it.
 *
 * @param needed how many followers; 0: none
 * @param timeout in ms, after which commits wait for nobody
 * @param ackers who they are: those whose own setting lets them acknowledge
 */
record MysqlDurability(int needed, long timeout, List<NodeName> ackers) {
  /** The most that the server takes: 49.7 days, which is as good as for ever. */
  static final long NEVER = 4_294_967_295L;

  /** Commits wait for nobody. */
  static final MysqlDurability NONE = new MysqlDurability(0, NEVER, List.of());

  MysqlDurability {
    ackers = List.copyOf(ackers);
  }

  /** As the inventory asks and as far as it was not lowered, when that node leads. */
  static MysqlDurability of(SetupGoal goal, NodeName leading) {
    Replication asked = goal.site().cluster().replication();
    List<NodeName> ackers =
        goal.mayAcknowledge(leading).stream().filter(goal.nodes()::contains).toList();
    int needed = Quorum.acks(asked, ackers.size(), Quorum.lowered(goal.site().seen()));
    return of(new MysqlWaiting().of(asked, asked.mode(), ackers, needed));
  }

  /** The same of what was decided elsewhere. */
  static MysqlDurability of(Acks acks) {
    return acks.needed() == 0
        ? NONE
        : new MysqlDurability(
            acks.needed(), acks.patience().map(Duration::toMillis).orElse(NEVER), acks.ackers());
  }

  /** What a node's file says; empty where there is none, or none that can be read. */
  static Optional<MysqlDurability> read(Facts facts, Cluster cluster) {
    Map<String, String> lines = new TreeMap<>();
    facts
        .text("semi_sync")
        .orElse("")
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(line -> line.length == 2)
        .forEach(line -> lines.put(line[0], line[1]));
    try {
      int needed = Integer.parseInt(lines.getOrDefault("needed", ""));
      if (needed == 0) {
        return Optional.of(NONE);
      }
      List<NodeName> ackers = new ArrayList<>();
      Stream.of(lines.getOrDefault("ackers", "").split(" "))
          .flatMap(
              name ->
                  cluster.nodes().stream()
                      .map(replctl.inventory.Node::name)
                      .filter(n -> n.value().equals(name)))
          .forEach(ackers::add);
      return Optional.of(
          new MysqlDurability(needed, Long.parseLong(lines.getOrDefault("timeout", "")), ackers));
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** What durability.sh is told. */
  Map<String, Value> values() {
    Map<String, Value> values = new TreeMap<>();
    values.put("needed", Value.of(Integer.toString(needed)));
    values.put("timeout", Value.of(Long.toString(timeout)));
    values.put(
        "ackers", Value.of(ackers.stream().map(NodeName::value).collect(Collectors.joining(" "))));
    return values;
  }

  /** The file's text, without its last line's end. */
  String text() {
    return needed == 0
        ? "needed 0"
        : "needed "
            + needed
            + "\ntimeout "
            + timeout
            + "\nackers "
            + ackers.stream().map(NodeName::value).collect(Collectors.joining(" "));
  }

  /** In words, for a step's title. */
  String words() {
    return needed == 0
        ? "let commits wait for nobody"
        : "let commits wait for "
            + needed
            + " of "
            + ackers.stream().map(NodeName::value).collect(Collectors.joining(", "))
            + (timeout == NEVER ? "" : ", at most " + timeout + " ms");
  }

  /** The same in words that every engine shares. */
  Acks acks() {
    return needed == 0
        ? Acks.NONE
        : new Acks(needed, Acks.Level.FLUSHED, false, ackers, List.of(), false, List.of())
            .within(patience(timeout));
  }

  /** By a time-out in ms; none that ends while anybody waits: the server has no word for never. */
  static Optional<Duration> patience(long timeout) {
    return timeout >= NEVER ? Optional.empty() : Optional.of(Duration.ofMillis(timeout));
  }
}

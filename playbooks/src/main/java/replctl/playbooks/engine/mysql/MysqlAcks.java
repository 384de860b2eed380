package replctl.playbooks.engine.mysql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Acks;
import replctl.playbooks.snapshot.Acks.Level;

/**
 * What a leader waits for: semi-synchronous replication counts those that have it switched on, and
 * knows no names.
 */
final class MysqlAcks {
  static final String[] SOURCE_ENABLED = {
    "rpl_semi_sync_source_enabled", "rpl_semi_sync_master_enabled"
  };
  static final String[] SOURCE_STATUS = {
    "rpl_semi_sync_source_status", "rpl_semi_sync_master_status"
  };
  static final String[] REPLICA_ENABLED = {
    "rpl_semi_sync_replica_enabled", "rpl_semi_sync_slave_enabled"
  };
  private static final String[] REPLICA_STATUS = {
    "rpl_semi_sync_replica_status", "rpl_semi_sync_slave_status"
  };
  private static final String[] COUNT = {
    "rpl_semi_sync_source_wait_for_replica_count", "rpl_semi_sync_master_wait_for_slave_count"
  };

  private static final String[] TIMEOUT = {
    "rpl_semi_sync_source_timeout", "rpl_semi_sync_master_timeout"
  };

  private static final String[] CLIENTS = {
    "rpl_semi_sync_source_clients", "rpl_semi_sync_master_clients"
  };

  private MysqlAcks() {}

  /** Empty when the server did not answer. */
  static Optional<Acks> of(MysqlNode leader, MysqlNeighbours all) {
    if (!leader.answered()) {
      return Optional.empty();
    }
    OptionalLong count = number(leader.setting(COUNT));
    if (!leader.isOn(SOURCE_ENABLED) || fellBack(leader) || count.isEmpty()) {
      return Optional.of(Acks.NONE);
    }
    List<MysqlNode> followers =
        all.nodes().values().stream()
            .filter(n -> n.answered() && !n.is(leader) && n.isOn(REPLICA_ENABLED))
            .filter(n -> all.upstream(n).filter(u -> u.is(leader)).isPresent())
            .toList();
    List<NodeName> silent =
        all.nodes().values().stream()
            .filter(n -> !n.answered() && !n.is(leader) && named(leader, n))
            .map(MysqlNode::name)
            .toList();
    List<NodeName> present =
        followers.stream()
            .filter(n -> all.streams(n).orElse(false))
            .filter(n -> n.status(REPLICA_STATUS).filter("ON"::equals).isPresent())
            .map(MysqlNode::name)
            .toList();
    long clients = number(leader.status(CLIENTS)).orElse(present.size());
    boolean flushed =
        !(followers.isEmpty() && silent.isEmpty())
            && followers.stream()
                .allMatch(n -> n.setting("sync_relay_log").equals(Optional.of("1")));
    List<String> unknown =
        Stream.generate(() -> "a replica that is not seen here")
            .limit(stuck(leader) ? 0 : Math.max(0, Math.min(100, clients - present.size())))
            .toList();
    return Optional.of(
        new Acks(
            (int) Math.min(Integer.MAX_VALUE, count.getAsLong()),
            flushed ? Level.FLUSHED : Level.RECEIVED,
            false,
            Stream.concat(followers.stream().map(MysqlNode::name), silent.stream()).toList(),
            List.of(),
            false,
            Stream.concat(present.stream().map(NodeName::value), unknown.stream()).toList(),
            number(leader.setting(TIMEOUT)).stream()
                .boxed()
                .findFirst()
                .flatMap(MysqlDurability::patience)));
  }

  /**
   * Whether a commit has waited for seconds: one that lost its power is taken for connected until
   * its connection is found dead, and counts for no write.
   */
  private static boolean stuck(MysqlNode leader) {
    return IntStream.rangeClosed(1, leader.told().count("blocking"))
        .anyMatch(n -> leader.facts().text("blocking." + n + ".why").equals(Optional.of("ack")));
  }

  /** Whether the leader's own file has it among those whose word counts: it may be down now. */
  private static boolean named(MysqlNode leader, MysqlNode other) {
    return leader
        .facts()
        .text("semi_sync")
        .orElse("")
        .lines()
        .filter(line -> line.startsWith("ackers "))
        .anyMatch(line -> List.of(line.split(" ")).contains(other.name().value()));
  }

  /** Whether a server is told to wait like that. */
  static boolean isSet(MysqlNode leader, MysqlDurability wanted) {
    if (wanted.needed() == 0) {
      return !leader.isOn(SOURCE_ENABLED);
    }
    return leader.isOn(SOURCE_ENABLED)
        && number(leader.setting(COUNT)).equals(OptionalLong.of(wanted.needed()))
        && number(leader.setting(TIMEOUT)).equals(OptionalLong.of(wanted.timeout()));
  }

  /** Whether it waited too long once, and has waited for nobody since. */
  static boolean fellBack(MysqlNode leader) {
    return leader.isOn(SOURCE_ENABLED)
        && leader.status(SOURCE_STATUS).filter("OFF"::equals).isPresent();
  }

  private static OptionalLong number(Optional<String> text) {
    return text.filter(t -> t.matches("[0-9]{1,18}")).map(Long::parseLong).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }
}

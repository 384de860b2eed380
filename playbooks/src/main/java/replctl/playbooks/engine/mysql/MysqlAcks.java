package replctl.playbooks.engine.mysql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    List<NodeName> present =
        followers.stream()
            .filter(n -> all.streams(n).orElse(false))
            .filter(n -> n.status(REPLICA_STATUS).filter("ON"::equals).isPresent())
            .map(MysqlNode::name)
            .toList();
    long clients = number(leader.status(CLIENTS)).orElse(present.size());
    boolean flushed =
        !followers.isEmpty()
            && followers.stream()
                .allMatch(n -> n.setting("sync_relay_log").equals(Optional.of("1")));
    List<String> unknown =
        Stream.generate(() -> "a replica that is not seen here")
            .limit(Math.max(0, Math.min(100, clients - present.size())))
            .toList();
    return Optional.of(
        new Acks(
            (int) Math.min(Integer.MAX_VALUE, count.getAsLong()),
            flushed ? Level.FLUSHED : Level.RECEIVED,
            false,
            followers.stream().map(MysqlNode::name).toList(),
            List.of(),
            false,
            Stream.concat(present.stream().map(NodeName::value), unknown.stream()).toList()));
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

package replctl.playbooks.engine.mysql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Position;
import replctl.playbooks.snapshot.RecordJson;
import replctl.playbooks.snapshot.Server;

/**
 * Whether clients can have been told that what a node alone has is done: by the record that its own
 * host has of the time when it led, and by what those have who could acknowledge. Pure.
 */
final class MysqlAcknowledged {
  private MysqlAcknowledged() {}

  /** In a sentence without a full stop; empty: it has nothing of its own. */
  static Optional<String> words(MysqlRemains has) {
    GtidSet own = has.own();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    NodeName node = has.name();
    GtidSet made = own.of(MysqlRemains.uuid(has.node()).orElse(""));
    if (made.isEmpty()) {
      return Optional.of(
          "none of that was made by "
              + node
              + "'s own server: it received it, and whether clients were told that it is done can't"
              + " be told");
    }
    Optional<LeaderRecord> led =
        record(has)
            .filter(r -> r.leader().equals(node))
            .or(() -> has.node().text("led").flatMap(RecordJson::read))
            .filter(r -> r.leader().equals(node));
    if (led.isEmpty()) {
      return Optional.of(unrecorded(has));
    }
    return Optional.of(asLeader(has, made, led.get()));
  }

  /** A host that has learned since who leads says no more what was when it led itself. */
  private static String unrecorded(MysqlRemains has) {
    Optional<LeaderRecord> record = record(has);
    Optional<LeaderRecord> newest = has.goal().site().seen().epochs().newest();
    boolean before =
        record.isPresent() && newest.isPresent() && record.get().epoch() < newest.get().epoch();
    return before
        ? "by the record of epoch "
            + record.get().epoch()
            + " that "
            + has.name()
            + "'s host has, "
            + record.get().leader()
            + " led then: whoever wrote on "
            + has.name()
            + " may have been told that it is done"
        : "whether clients were told that it is done can't be told: "
            + has.name()
            + "'s host has no record of the time when it led";
  }

  private static Optional<LeaderRecord> record(MysqlRemains has) {
    return EpochFile.of(has.node()) instanceof EpochFile.Known known
        ? known.leader()
        : Optional.empty();
  }

  private static String asLeader(MysqlRemains has, GtidSet made, LeaderRecord record) {
    String epoch = "by the record of epoch " + record.epoch() + ", writes on " + has.name();
    if (record.acks() == 0) {
      return epoch + " waited for nobody: clients may have been told that it is done";
    }
    List<NodeName> silent =
        record.ackers().stream().filter(n -> lacks(has, n, made).isEmpty()).toList();
    long having =
        record.ackers().stream()
            .filter(n -> lacks(has, n, made).filter(l -> !l).isPresent())
            .count();
    String waited =
        epoch
            + " waited for "
            + record.acks()
            + " of "
            + record.ackers().stream().map(NodeName::value).collect(Collectors.joining(", "));
    if (having + silent.size() < record.acks()) {
      return waited
          + ", and none of these has it: no client was told that it is done, unless the wait ran out"
          + " or was switched off, or their data was replaced since";
    }
    return silent.isEmpty()
        ? waited + ", and some of these have some of it: clients may have been told that it is done"
        : waited
            + ", and what "
            + silent.stream().map(NodeName::value).collect(Collectors.joining(", "))
            + " had is not known: clients may have been told that it is done";
  }

  /** Whether that one has none of it; empty: it can't be told. */
  private static Optional<Boolean> lacks(MysqlRemains has, NodeName acker, GtidSet made) {
    if (has.goal().site().cluster().node(acker).isEmpty()) {
      return Optional.empty();
    }
    Optional<Position> held = has.goal().site().seen(acker).server().flatMap(Server::position);
    return held.filter(MysqlPosition.class::isInstance)
        .map(MysqlPosition.class::cast)
        .map(p -> made.without(p.transactions()).equals(made));
  }
}

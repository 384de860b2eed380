package replctl.cli.render;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Epochs;
import replctl.playbooks.snapshot.LeaderRecord;
import replctl.playbooks.snapshot.Maintenance;

/** What hosts have promised and written down, as data and in a cell. */
final class EpochDoc {
  private EpochDoc() {}

  static Doc record(LeaderRecord record) {
    return Doc.part()
        .put("epoch", record.epoch())
        .put("operation", record.operation())
        .put("leader", record.leader().value())
        .put("voters", record.voters())
        .put("ackers", record.ackers())
        .put("acks", record.acks())
        .put(
            "lowered",
            record.lowered().map(l -> Doc.part().put("acks", l.acks()).put("by", l.by())))
        .put("closed", record.closed().entrySet().stream().map(EpochDoc::closed).toList());
  }

  private static Doc closed(java.util.Map.Entry<NodeName, String> closed) {
    return Doc.part().put("node", closed.getKey().value()).put("how", closed.getValue());
  }

  static Doc operation(EpochFile.Known open) {
    return Doc.part()
        .put("name", open.operation())
        .put("epoch", open.promised())
        .put("holder", open.holder())
        .seconds("heartbeatSeconds", time(open.heartbeat()));
  }

  static Doc maintenance(Epochs epochs, Maintenance hands) {
    return Doc.part()
        .put("inForce", epochs.handsOff().isPresent())
        .put("operation", hands.operation())
        .put("by", hands.by())
        .put("reason", hands.reason())
        .seconds("sinceSeconds", time(epochs.maintained()))
        .seconds("limitSeconds", time(hands.limitMs()));
  }

  private static Optional<Duration> time(OptionalLong ms) {
    return ms.isPresent() ? Optional.of(Duration.ofMillis(ms.getAsLong())) : Optional.empty();
  }

  static Doc file(EpochFile file) {
    Optional<EpochFile.Known> known =
        file instanceof EpochFile.Known read ? Optional.of(read) : Optional.empty();
    Optional<LeaderRecord> record = known.flatMap(EpochFile.Known::leader);
    return Doc.part()
        .put("state", state(file))
        .put("votes", known.map(EpochFile.Known::votes))
        .put("promised", known.map(EpochFile.Known::promised))
        .put("epoch", record.map(LeaderRecord::epoch))
        .put("leader", record.map(LeaderRecord::leader));
  }

  private static Optional<String> state(EpochFile file) {
    if (file instanceof EpochFile.Known) {
      return Optional.of("read");
    }
    if (file instanceof EpochFile.None) {
      return Optional.of("none");
    }
    return file instanceof EpochFile.Unreadable ? Optional.of("unreadable") : Optional.empty();
  }

  /** The epoch that a host knows of; marked where others know a newer one. */
  static Span cell(Epochs epochs, NodeName host) {
    long newest = epochs.newest().map(LeaderRecord::epoch).orElse(0L);
    if (!(epochs.of(host) instanceof EpochFile.Known known)) {
      return new Span(state(epochs.of(host)).orElse(""), Tone.WARN);
    }
    long own = known.leader().map(LeaderRecord::epoch).orElse(0L);
    return new Span(own == 0 ? "none" : Long.toString(own), own == newest ? Tone.PLAIN : Tone.WARN);
  }
}

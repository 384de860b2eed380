package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import replctl.playbooks.snapshot.Peers;
import replctl.playbooks.snapshot.Peers.Peer;

/** Whom a server of MySQL's replicates with, by its own word. */
final class MysqlPeers {
  private MysqlPeers() {}

  static Peers of(MysqlNode one) {
    List<String> remarks = new ArrayList<>();
    if (one.channels().size() > 1) {
      remarks.add(
          "receives by "
              + one.channels().size()
              + " channels; replctl works with one, and this has that to its first source");
    }
    if (MysqlAcks.fellBack(one)) {
      remarks.add(
          "decide: replication; semi-sync is switched on here, and writes wait for nobody at this"
              + " moment, since followers took too long");
    }
    Optional<MysqlChannel> channel = one.channel();
    return new Peers(
        one.uuid(),
        Optional.empty(),
        channel.flatMap(MysqlPeers::source),
        one.senders().stream()
            .map(
                s ->
                    new Peer(
                        s.address().orElse(""), OptionalInt.empty(), Optional.empty(), s.uuid()))
            .toList(),
        channel.map(MysqlChannel::delay).filter(d -> d.compareTo(Duration.ZERO) > 0),
        remarks);
  }

  private static Optional<Peer> source(MysqlChannel channel) {
    OptionalLong port = channel.port();
    boolean usable = port.isPresent() && port.getAsLong() > 0 && port.getAsLong() <= 65535;
    return channel
        .host()
        .map(
            host ->
                new Peer(
                    host,
                    usable ? OptionalInt.of((int) port.getAsLong()) : OptionalInt.empty(),
                    Optional.empty(),
                    channel.sourceUuid().map(u -> u.toLowerCase(Locale.ROOT))));
  }
}

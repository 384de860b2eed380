package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Node;
import replctl.inventory.NodeName;
import replctl.playbooks.engine.NodeFacts;
import replctl.playbooks.snapshot.EpochFile;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;

/**
 * What survey.sh found on one node, by meaning. What can't be read is empty.
 *
 * @param told its facts
 * @param senders who receives from it: each follower is looked for among them, so they are read
 *     once
 */
record MysqlNode(NodeFacts told, List<Sender> senders) {
  MysqlNode {
    senders = List.copyOf(senders);
  }

  MysqlNode(Node node, Facts facts) {
    this(new NodeFacts(node, facts), readSenders(new NodeFacts(node, facts)));
  }

  /** A connection to this server that receives its binary log. */
  record Sender(Optional<String> uuid, Optional<String> address, String state) {}

  /**
   * What the newest epoch's row in its data says: which server was opened, and what that had then.
   */
  record Opened(long epoch, String server, GtidSet transactions) {}

  NodeName name() {
    return told.node().name();
  }

  Facts facts() {
    return told.facts();
  }

  /** A server in which nobody has made anything has no data yet, like a folder that is empty. */
  Presence presence() {
    Presence presence = told.presence();
    return presence == Presence.RUNNING && pristine() ? Presence.ABSENT : presence;
  }

  private boolean pristine() {
    return answered()
        && facts().number("data.schemas").equals(OptionalLong.of(0))
        && facts().number("data.accounts").equals(OptionalLong.of(0))
        && facts().number("channel.count").equals(OptionalLong.of(0))
        && facts().number("sender.count").equals(OptionalLong.of(0))
        && identity().isEmpty();
  }

  boolean is(MysqlNode other) {
    return name().equals(other.name());
  }

  /** Whether the server itself answered. */
  boolean answered() {
    return facts().text("sql").filter("answered"::equals).isPresent()
        && facts().truth("writable").isPresent();
  }

  /**
   * By the server's word. One that is closed and receives from nobody leads, or would. Of a server
   * that does not answer the disk does not tell, since each member's configuration is closed: its
   * host's own record says who leads. A newer one may not have reached that host, which then takes
   * for a leader what only was one.
   */
  Role role() {
    if (presence() == Presence.ABSENT) {
      return Role.UNKNOWN;
    }
    if (!answered()) {
      return EpochFile.of(facts()) instanceof EpochFile.Known known
          ? known.leader().map(r -> recorded(r.leader().equals(name()))).orElse(Role.UNKNOWN)
          : Role.UNKNOWN;
    }
    if (facts().truth("writable").orElse(false)) {
      return Role.LEADER;
    }
    if (facts().number("channel.count").isEmpty()) {
      return Role.UNKNOWN;
    }
    return channel().isPresent() ? Role.FOLLOWER : Role.CLOSED_LEADER;
  }

  private Role recorded(boolean leads) {
    return switch (presence()) {
      case STOPPED -> leads ? Role.CLOSED_LEADER : Role.FOLLOWER;
      case HUNG, STOPPING -> leads ? Role.LEADER : Role.FOLLOWER;
      // It begins closed.
      case STARTING -> leads ? Role.CLOSED_LEADER : Role.FOLLOWER;
      // It takes connections, and not replctl's: a follower may have been opened by hand.
      case RUNNING -> leads ? Role.LEADER : Role.UNKNOWN;
      case ABSENT, UNKNOWN -> Role.UNKNOWN;
    };
  }

  /** What makes its data this cluster's: written by init, and replicated. */
  Optional<String> identity() {
    return facts().text("identity.cluster");
  }

  Optional<String> version() {
    return facts().text("version").or(() -> facts().text("binary_version"));
  }

  /** The server's own name, in lower case. */
  Optional<String> uuid() {
    return facts()
        .text("sql.server_uuid")
        .or(() -> facts().text("server_uuid"))
        .map(t -> t.toLowerCase(Locale.ROOT));
  }

  /** What it has applied, or written. */
  Optional<GtidSet> executed() {
    return facts().text("gtid.executed").map(GtidSet::parse).orElse(none());
  }

  /** An empty text is an empty set, which the survey does not say. */
  private Optional<GtidSet> none() {
    return answered() && facts().text("gtid.cut").isEmpty()
        ? Optional.of(GtidSet.NONE)
        : Optional.empty();
  }

  /** What it has, applied or not. */
  Optional<GtidSet> held() {
    if (channel().filter(MysqlChannel::receivedIsCut).isPresent()) {
      return Optional.empty();
    }
    Optional<GtidSet> received =
        channel().flatMap(MysqlChannel::received).map(GtidSet::parse).orElse(none());
    return executed().flatMap(e -> received.map(e::with));
  }

  /** Empty where its data tells of no epoch, or not all of it can be read. */
  Optional<Opened> opened() {
    OptionalLong epoch = facts().number("opened.epoch");
    Optional<GtidSet> had = facts().text("opened.transactions").flatMap(GtidSet::parse);
    Optional<String> server = facts().text("opened.server");
    return epoch.isPresent() && had.isPresent() && server.isPresent()
        ? Optional.of(new Opened(epoch.getAsLong(), server.get(), had.get()))
        : Optional.empty();
  }

  /** What its binary logs have no more. */
  GtidSet purged() {
    return facts().text("gtid.purged").flatMap(GtidSet::parse).orElse(GtidSet.NONE);
  }

  List<MysqlChannel> channels() {
    List<MysqlChannel> channels = new ArrayList<>();
    for (int i = 1; i <= told.count("channel"); i++) {
      MysqlChannel channel = new MysqlChannel(told, "channel." + i + ".");
      // One of group replication has no address.
      if (channel.host().isPresent()) {
        channels.add(channel);
      }
    }
    return channels;
  }

  /** The channel that replctl sets up, which is the one without a name; else the first. */
  Optional<MysqlChannel> channel() {
    List<MysqlChannel> all = channels();
    return all.stream()
        .filter(c -> c.name().isEmpty())
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private static List<Sender> readSenders(NodeFacts told) {
    Facts facts = told.facts();
    List<Sender> senders = new ArrayList<>();
    for (int i = 1; i <= told.count("sender"); i++) {
      String row = "sender." + i + ".";
      senders.add(
          new Sender(
              facts.text(row + "uuid").map(t -> t.toLowerCase(Locale.ROOT)),
              facts.text(row + "address"),
              facts.text(row + "state").orElse("")));
    }
    return senders;
  }

  /** A variable as it is now, under either of its names where MySQL has renamed it. */
  Optional<String> setting(String... names) {
    return first("setting.", names);
  }

  /** A status variable, likewise. */
  Optional<String> status(String... names) {
    return first("status.", names);
  }

  private Optional<String> first(String kind, String... names) {
    for (String name : names) {
      Optional<String> text = facts().text(kind + name);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  /** Whether a variable says ON. */
  boolean isOn(String... names) {
    return setting(names).filter(t -> t.equals("ON") || t.equals("1")).isPresent();
  }

  /**
   * What a variable would be if the server started again: what was persisted counts before what the
   * files say; empty: the server's own default.
   */
  Optional<String> afterStart(String... names) {
    Optional<String> persisted = first("persisted.", names);
    return persisted.isPresent() ? persisted : first("file.", names);
  }

  Optional<Duration> age(String fact) {
    return told.age(fact);
  }

  OptionalLong number(String fact) {
    return facts().number(fact);
  }
}

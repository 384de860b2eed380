package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.inventory.Node;
import replctl.playbooks.engine.NodeFacts;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.world.Facts;

/**
 * What survey.sh found on one node, by meaning. What can't be read is empty.
 *
 * @param told as every engine's survey says it
 * @param senders whom it sends to: each follower is looked for among them, so they are read once
 */
record Surveyed(NodeFacts told, List<Sender> senders) {
  /** Yes: its server alone said this, and its host nothing. */
  static final String ALONE = "sql.alone";

  /**
   * A row of the leader's view of what it sends to.
   *
   * @param lag from the flush here to the replay there, as the leader measured it last
   * @param flushLag from the flush here to the flush there
   */
  record Sender(
      String application,
      Optional<String> address,
      String state,
      Optional<Lsn> sent,
      Optional<Lsn> flushed,
      Optional<Lsn> replayed,
      Optional<Duration> flushLag,
      Optional<Duration> lag,
      String syncState) {
    boolean streaming() {
      return state.equals("streaming");
    }

    boolean acks() {
      return syncState.equals("sync") || syncState.equals("quorum");
    }
  }

  /** A replication slot. */
  record Slot(
      String name,
      boolean physical,
      Optional<Boolean> active,
      boolean temporary,
      String status,
      OptionalLong retained,
      OptionalLong xminAge) {}

  Surveyed {
    senders = List.copyOf(senders);
  }

  /** What was found on a node, as declared. */
  Surveyed(Node node, Facts facts) {
    this(new NodeFacts(node, facts), readSenders(new NodeFacts(node, facts)));
  }

  /** As declared. */
  Node node() {
    return told.node();
  }

  Facts facts() {
    return told.facts();
  }

  /** Whether both are about one node. */
  boolean is(Surveyed other) {
    return node().name().equals(other.node().name());
  }

  Presence presence() {
    return told.presence();
  }

  /** Whether the server itself answered. */
  boolean answered() {
    return facts().text("sql").filter("answered"::equals).isPresent()
        && facts().truth("in_recovery").isPresent();
  }

  /**
   * By the server's word; where it does not answer, by what lies on its disk: a server whose
   * control file says that it is in production takes writes, or may.
   */
  Role role() {
    Optional<Boolean> recovering = facts().truth("in_recovery");
    if (recovering.isPresent()) {
      return recovering.get() ? Role.FOLLOWER : Role.LEADER;
    }
    Presence presence = presence();
    if (presence == Presence.ABSENT
        || presence == Presence.UNKNOWN
        || facts().text("major").isEmpty()
        || facts().text("rewinding").isPresent()) {
      return Role.UNKNOWN;
    }
    if (follows()) {
      return Role.FOLLOWER;
    }
    boolean opened = controlState().equals("in production");
    boolean open =
        presence == Presence.RUNNING || presence == Presence.HUNG || presence == Presence.STOPPING;
    return open && opened ? Role.LEADER : Role.CLOSED_LEADER;
  }

  private boolean follows() {
    return facts().truth("standby_signal").orElse(false)
        || facts().truth("recovery_signal").orElse(false);
  }

  String controlState() {
    return facts().text("control.state").orElse("");
  }

  Optional<String> identity() {
    return facts().text("system_identifier").or(() -> facts().text("sql.system_identifier"));
  }

  Optional<String> version() {
    return facts()
        .text("version")
        .or(() -> facts().text("binary_version").map(v -> v.split(" ", 2)[0]))
        .or(() -> facts().text("major"));
  }

  OptionalLong timeline() {
    return facts().number("timeline");
  }

  /** The end of what it has: written by a leader, received or replayed by a follower. */
  Optional<PostgresqlPosition> position() {
    if (answered()) {
      return role() == Role.LEADER
          ? position("lsn.write")
          : latest(position("lsn.receive"), position("lsn.replay"));
    }
    boolean closed = presence() == Presence.STOPPED && controlState().equals("shut down");
    return closed ? position("control.checkpoint_lsn") : Optional.empty();
  }

  /** The end of what queries see. */
  Optional<PostgresqlPosition> applied() {
    if (answered()) {
      return role() == Role.LEADER ? position() : position("lsn.replay");
    }
    if (presence() == Presence.STOPPED && controlState().equals("shut down in recovery")) {
      return latest(position("control.checkpoint_lsn"), position("control.min_recovery_lsn"));
    }
    return position();
  }

  private Optional<PostgresqlPosition> position(String fact) {
    OptionalLong timeline = timeline();
    Optional<String> file =
        timeline.equals(facts().number("history.timeline"))
            ? facts().text("history.text")
            : Optional.empty();
    return timeline.isEmpty()
        ? Optional.empty()
        : facts().text(fact).flatMap(t -> PostgresqlPosition.of(timeline.getAsLong(), t, file));
  }

  private static Optional<PostgresqlPosition> latest(
      Optional<PostgresqlPosition> a, Optional<PostgresqlPosition> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return a.get().lsn().compareTo(b.get().lsn()) >= 0 ? a : b;
  }

  Optional<Lsn> lsn(String fact) {
    return facts().text(fact).flatMap(Lsn::parse);
  }

  /** An age or a lag in ms, which may have a fraction; empty when it is negative or absurd. */
  Optional<Duration> age(String fact) {
    return told.age(fact);
  }

  /** Whether it receives at this moment, by its own word. */
  boolean receives() {
    return facts().text("receiver.status").filter("streaming"::equals).isPresent();
  }

  /** The name that its upstream knows it by. */
  String application() {
    return facts()
        .text("upstream.application_name")
        .or(() -> facts().text("setting.cluster_name"))
        .orElse(node().name().value());
  }

  Optional<String> setting(String name) {
    return facts().text("setting." + name);
  }

  OptionalLong settingNumber(String name) {
    return facts().number("setting." + name);
  }

  private static List<Sender> readSenders(NodeFacts told) {
    Facts facts = told.facts();
    List<Sender> senders = new ArrayList<>();
    for (int i = 1; i <= told.count("sender"); i++) {
      String row = "sender." + i + ".";
      senders.add(
          new Sender(
              facts.text(row + "application").orElse(""),
              facts.text(row + "address"),
              facts.text(row + "state").orElse(""),
              facts.text(row + "sent_lsn").flatMap(Lsn::parse),
              facts.text(row + "flush_lsn").flatMap(Lsn::parse),
              facts.text(row + "replay_lsn").flatMap(Lsn::parse),
              told.age(row + "flush_lag"),
              told.age(row + "replay_lag"),
              facts.text(row + "sync_state").orElse("")));
    }
    return senders;
  }

  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    for (int i = 1; i <= count("slot"); i++) {
      String row = "slot." + i + ".";
      slots.add(
          new Slot(
              facts().text(row + "name").orElse("?"),
              facts().text(row + "type").filter("physical"::equals).isPresent(),
              facts().truth(row + "active"),
              facts().truth(row + "temporary").orElse(false),
              facts().text(row + "wal_status").orElse(""),
              facts().number(row + "retained"),
              facts().number(row + "xmin_age")));
    }
    return slots;
  }

  /** How many entries of a list are to be read. */
  int count(String list) {
    return told.count(list);
  }

  /** The addresses of its host, as the host itself knows them. */
  List<String> addresses() {
    return told.addresses();
  }

  /** Whether both run on one machine. */
  boolean sharesHostWith(Surveyed other) {
    return told.sharesHostWith(other.told);
  }

  /** Whether a name or address, and a port, are this node's, seen from that one. */
  boolean listensAt(String host, OptionalLong port, Surveyed seenFrom) {
    return told.listensAt(host, port, seenFrom.told);
  }
}

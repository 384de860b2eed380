package replctl.playbooks.engine.mysql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import replctl.playbooks.snapshot.Age;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;

/** What is wrong with a server in MySQL's own terms. What every engine has is judged apart. */
final class MysqlFindings {
  private static final Duration OLD_TRANSACTION = Duration.ofMinutes(15);

  /** A channel that tries less often gives up while a host is repaired. */
  private static final long FEW_RETRIES = 1000;

  /** Error numbers of the manual, "Server Error Message Reference". */
  private static final int ACCESS_DENIED = 1045;

  private static final int ACCESS_DENIED_NO_PASSWORD = 1698;

  /** GTIDs are shown to this length. */
  private static final int SHOWN = 200;

  private final MysqlNode on;
  private final MysqlNeighbours all;
  private final List<Finding> found = new ArrayList<>();

  private MysqlFindings(MysqlNode on, MysqlNeighbours all) {
    this.on = on;
    this.all = all;
  }

  /** Everything that is wrong with one server. */
  static List<Finding> of(MysqlNode on, MysqlNeighbours all) {
    MysqlFindings findings = new MysqlFindings(on, all);
    findings.access();
    findings.sameName();
    if (on.answered()) {
      findings.transactions();
      findings.channels();
      findings.closing();
      findings.log();
      findings.acknowledging();
      findings.sessions();
    }
    return findings.found;
  }

  private void access() {
    String user = on.facts().text("script_user").orElse("mysql");
    Optional<String> error = on.facts().text("sql_error");
    if (on.answered()) {
      error.ifPresent(
          words ->
              add(
                  Level.WARNING,
                  "sql-partial",
                  "it has not answered all that it was asked: " + words,
                  "as its administrator: " + MysqlAccounts.ownGrant(user)));
    } else if (on.presence() == Presence.RUNNING) {
      long number = on.number("sql_error_number").orElse(0);
      add(
          Level.WARNING,
          "sql-refused",
          "it runs and does not let " + user + " in: " + error.orElse("no reason given"),
          number == ACCESS_DENIED || number == ACCESS_DENIED_NO_PASSWORD
              ? "as its administrator: " + String.join("; ", MysqlAccounts.ownLogin(user))
              : "see max_connections and its log");
    }
  }

  private void sameName() {
    Optional<MysqlNode> other =
        all.nodes().values().stream()
            .filter(n -> !n.is(on) && on.uuid().isPresent() && n.uuid().equals(on.uuid()))
            .findFirst();
    other.ifPresent(
        n ->
            add(
                Level.CRITICAL,
                "same-uuid",
                "it and "
                    + n.name()
                    + " have the same server_uuid: one was copied from the other, and each drops the"
                    + " other's connection",
                "stop one of them, delete auto.cnf in its data folder, start it"));
    if (!on.answered()) {
      return;
    }
    Optional<String> id = on.setting("server_id");
    all.nodes().values().stream()
        .filter(n -> !n.is(on) && n.answered() && id.isPresent())
        .filter(n -> n.setting("server_id").equals(id))
        .findFirst()
        .ifPresent(
            n ->
                add(
                    Level.CRITICAL,
                    "same-server-id",
                    "it and "
                        + n.name()
                        + " have the same server_id, "
                        + id.orElseThrow()
                        + ": neither applies what the other wrote",
                    "give each node a server_id of its own"));
  }

  /** What it has and the leader has not; what it lacks and the leader has no more. */
  private void transactions() {
    Optional<MysqlNode> leader = all.root(on).filter(l -> !l.is(on) && l.answered());
    Optional<GtidSet> written = leader.flatMap(MysqlNode::executed);
    Optional<GtidSet> here = on.executed();
    if (written.isEmpty() || here.isEmpty()) {
      return;
    }
    GtidSet own = all.own(on).orElse(GtidSet.NONE);
    if (!own.isEmpty()) {
      add(
          Level.CRITICAL,
          "errant",
          "it has "
              + count(own)
              + " that the leader does not have: "
              + shown(own)
              + ". A failover to it would give them to the others, or break them",
          "see what they are: mysqlbinlog --include-gtids; it can't lead while it has them");
    }
    GtidSet gone = leader.get().purged().without(on.held().orElse(here.get()));
    if (!gone.isEmpty()) {
      add(
          Level.CRITICAL,
          "log-gone",
          "it lacks "
              + count(gone)
              + " that the leader's binary logs do not have any more: "
              + shown(gone),
          "it must be copied anew from another node");
    }
  }

  private static String count(GtidSet set) {
    return set.count() + (set.count() == 1 ? " transaction" : " transactions");
  }

  private static String shown(GtidSet set) {
    String text = set.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private void channels() {
    if (on.channels().size() > 1) {
      add(
          Level.WARNING,
          "channels",
          "it has " + on.channels().size() + " replication channels",
          "replctl looks at the one without a name alone; drop what is not needed: reset replica all"
              + " for channel");
    }
    Optional<MysqlChannel> channel = on.channel();
    if (channel.isEmpty()) {
      return;
    }
    if (on.role() == Role.LEADER) {
      add(
          Level.WARNING,
          "leader-receives",
          "it takes writes, and has a channel from " + channel.get().host().orElse("?"),
          channel.get().receives()
              ? "if it is to follow: set global super_read_only = on; if it is to lead: stop replica,"
                  + " reset replica all"
              : "where that is not wanted: reset replica all");
      return;
    }
    if (!channel.get().applies()) {
      OptionalLong error = channel.get().applierError();
      add(
          Level.CRITICAL,
          "applier-stopped",
          error.isPresent()
              ? "its applier stopped at error "
                  + error.getAsLong()
                  + channel.get().applierErrorText().map(t -> ": " + t).orElse("")
              : "its applier was stopped",
          error.isPresent()
              ? "see what that transaction would do and why it can't; then start replica sql_thread"
              : "start replica sql_thread");
    }
    if (!channel.get().autoPosition()) {
      add(
          Level.WARNING,
          "no-auto-position",
          "its channel follows a file and a position, and not GTIDs: it can't be led to another node",
          "stop replica; change replication source to source_auto_position = 1; start replica");
    }
    OptionalLong retries = channel.get().retries();
    if (retries.isPresent() && retries.getAsLong() > 0 && retries.getAsLong() < FEW_RETRIES) {
      add(
          Level.NOTE,
          "few-retries",
          "its channel gives up after " + retries.getAsLong() + " attempts to connect",
          "stop replica io_thread; change replication source to source_retry_count = 86400; start"
              + " replica");
    }
  }

  /** What it would be if it started again. */
  private void closing() {
    if (on.role() == Role.FOLLOWER && !on.isOn("super_read_only")) {
      add(
          Level.WARNING,
          "not-closed",
          "it is read-only, and accounts that may administrate can write all the same",
          "set global super_read_only = on");
    }
    boolean closed =
        on.afterStart("super_read_only")
            .filter(t -> t.equalsIgnoreCase("ON") || t.equals("1"))
            .isPresent();
    if (!closed) {
      add(
          on.role() == Role.FOLLOWER ? Level.WARNING : Level.NOTE,
          "starts-writable",
          "if it started again now it would take writes: nothing in its files sets super_read_only",
          "replctl init writes that");
    }
    if (on.role() == Role.FOLLOWER
        && on.isOn("event_scheduler")
        && on.number("events.enabled").orElse(0) > 0) {
      add(
          Level.WARNING,
          "events",
          on.number("events.enabled").getAsLong()
              + " of its events are enabled, and would write here",
          "replctl init; until then: set global event_scheduler = off");
    }
  }

  private void log() {
    wants("gtid_mode", "ON", "no node can follow another by GTIDs");
    wants("enforce_gtid_consistency", "ON", "a statement that GTIDs can't follow may be written");
    wants("log_bin", "ON", "nobody can follow it");
    wants("binlog_format", "ROW", "a statement may do something else on a follower" + unsafe());
    if (on.setting("log_replica_updates", "log_slave_updates")
        .filter(t -> !t.equals("ON"))
        .isPresent()) {
      add(
          Level.WARNING,
          "log-replica-updates",
          "log_replica_updates is off: nobody could follow it from here on",
          "replctl init --restart");
    }
  }

  /** What the server itself calls unsafe (warning 1592), counted since it was started. */
  private String unsafe() {
    long count = on.number("unsafe.raised").orElse(0);
    List<String> statements = new ArrayList<>();
    for (int i = 1; i <= on.told().count("unsafe"); i++) {
      on.facts().text("unsafe." + i + ".statement").ifPresent(statements::add);
    }
    return count == 0
        ? ""
        : ", and "
            + count
            + (count == 1 ? " was" : " were")
            + " written that the server calls unsafe"
            + (statements.isEmpty()
                ? ""
                : "; of those that warned: " + String.join("; ", statements));
  }

  private void wants(String setting, String value, String otherwise) {
    Optional<String> is = on.setting(setting).filter(t -> !t.equals(value));
    is.ifPresent(
        t ->
            add(
                Level.WARNING,
                setting.replace('_', '-'),
                setting + " is " + t + ", and not " + value + ": " + otherwise,
                switch (setting) {
                  case "log_bin" ->
                      "take skip_log_bin or disable_log_bin out of its options, and restart it";
                  case "binlog_format" -> "replctl init";
                  default -> "replctl init --restart";
                }));
  }

  private void acknowledging() {
    if (on.role() == Role.LEADER && MysqlAcks.fellBack(on)) {
      add(
          Level.CRITICAL,
          "semi-sync-off",
          "its semi-synchronous replication waited too long once, and acknowledges writes that no"
              + " follower has",
          "bring a follower back; writes wait again as soon as one has caught up");
    }
  }

  private void sessions() {
    for (int i = 1; i <= on.told().count("long"); i++) {
      String row = "long." + i + ".";
      Optional<Duration> age = on.age(row + "age").filter(a -> a.compareTo(OLD_TRANSACTION) >= 0);
      if (age.isPresent()) {
        add(
            Level.WARNING,
            "old-transaction",
            "a transaction of "
                + on.facts().text(row + "user").orElse("?")
                + " is "
                + Age.words(age.get().toMillis())
                + " old (connection "
                + on.facts().text(row + "id").orElse("?")
                + ")",
            "end it, or find out what it waits for");
      }
    }
  }

  private void add(Level level, String code, String text, String cure) {
    found.add(new Finding(level, code, text, cure));
  }
}

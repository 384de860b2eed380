package replctl.playbooks.engine.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import replctl.inventory.Limits;
import replctl.inventory.Size;
import replctl.playbooks.engine.postgresql.Surveyed.Sender;
import replctl.playbooks.engine.postgresql.Surveyed.Slot;
import replctl.playbooks.snapshot.Finding;
import replctl.playbooks.snapshot.Finding.Level;
import replctl.playbooks.snapshot.Position.Order;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;

/** What is wrong with a server in PostgreSQL's own terms. What every engine has is judged apart. */
final class PostgresqlFindings {
  /** Files waiting for the archive: each is a segment that a fast stop may wait for. */
  private static final long BACKLOG = 16;

  private static final long LONG_BACKLOG = 128;

  /** A tenth of the way to the wrap-around of transaction numbers, 2^31. */
  private static final long OLD_XMIN = 200_000_000;

  private static final Duration OLD_TRANSACTION = Duration.ofMinutes(15);
  private static final Duration OLD_PREPARED = Duration.ofMinutes(5);

  private final Surveyed on;
  private final Neighbours all;
  private final Limits limits;
  private final List<Finding> found = new ArrayList<>();

  private PostgresqlFindings(Surveyed on, Neighbours all, Limits limits) {
    this.on = on;
    this.all = all;
    this.limits = limits;
  }

  /** Everything that is wrong with one server. */
  static List<Finding> of(Surveyed on, Neighbours all, Limits limits) {
    PostgresqlFindings findings = new PostgresqlFindings(on, all, limits);
    findings.identity();
    findings.history();
    findings.rewinding();
    findings.access();
    findings.replay();
    findings.slots();
    findings.archiver();
    findings.settings();
    findings.transactions();
    findings.impostors();
    findings.collations();
    return findings.found;
  }

  private void identity() {
    Optional<Surveyed> other =
        all.nodes().values().stream()
            .filter(n -> !n.is(on) && n.identity().isPresent() && on.identity().isPresent())
            .filter(n -> !n.identity().equals(on.identity()))
            .filter(n -> n.role() == Role.LEADER || on.role() != Role.LEADER)
            .findFirst();
    other.ifPresent(
        n ->
            add(
                Level.CRITICAL,
                "identity",
                "its data is of another cluster: system identifier "
                    + on.identity().orElseThrow()
                    + ", and "
                    + n.node().name()
                    + " has "
                    + n.identity().orElseThrow(),
                "see that host, port and data folder in the inventory are the right ones"));
  }

  private void history() {
    if (on.role() == Role.LEADER && on.presence() == Presence.RUNNING) {
      return;
    }
    Optional<Surveyed> leader = all.root(on).filter(l -> l.identity().equals(on.identity()));
    Optional<PostgresqlPosition> here = on.position().or(on::applied);
    Optional<PostgresqlPosition> there = leader.flatMap(Surveyed::position);
    if (here.isEmpty() || there.isEmpty() || here.get().compare(there.get()) != Order.DIVERGED) {
      return;
    }
    Optional<Lsn> parted = here.get().partedAt(there.get());
    if (parted.isEmpty()) {
      add(
          Level.WARNING,
          "history-unknown",
          "the history of timeline "
              + here.get().timeline()
              + " is not in its pg_wal, so that it can't be compared with the leader",
          "start it, or give it the leader's history files; then look again");
      return;
    }
    long own = here.get().lsn().minus(parted.get()).orElse(0);
    add(
        Level.CRITICAL,
        "diverged",
        "it has "
            + new Size(Math.max(0, own))
            + " that the leader does not have: their histories parted at "
            + parted.get(),
        "replctl rejoin " + on.node().name() + " saves what it alone has and brings it back");
  }

  private void rewinding() {
    on.facts()
        .text("rewinding")
        .ifPresent(
            stage ->
                add(
                    Level.CRITICAL,
                    "rewind-cut-off",
                    stage.equals("changing")
                        ? "a rewind of its data was cut off: it must never run"
                        : "a rewind of its data was begun",
                    "replctl op list: resume what was cut off; else replctl rejoin "
                        + on.node().name()));
  }

  private void access() {
    if (on.presence() == Presence.RUNNING && !on.answered()) {
      add(
          Level.WARNING,
          "sql-refused",
          "it runs and does not let "
              + on.facts().text("script_user").orElse("its own user")
              + " in: "
              + on.facts().text("sql_error").orElse("no reason given"),
          "see pg_hba.conf (local, peer) and max_connections");
    }
    on.facts()
        .number("port_declared")
        .ifPresent(
            port ->
                add(
                    Level.WARNING,
                    "port",
                    "it listens on port "
                        + on.facts().number("port").orElse(0)
                        + ", the inventory says "
                        + port,
                    "correct database.port in the inventory"));
    if (on.facts().truth("control.damaged").orElse(false)) {
      add(
          Level.CRITICAL,
          "control-damaged",
          "the checksum of its pg_control does not match",
          "do not start it; move its data folder away, then: replctl rejoin " + on.node().name());
    }
  }

  private void replay() {
    if (on.role() != Role.FOLLOWER || !on.facts().truth("replay.paused").orElse(false)) {
      return;
    }
    add(
        Level.WARNING,
        "replay-paused",
        "replay is paused: it receives, and what it shows grows old",
        "select pg_wal_replay_resume() on " + on.node().name());
  }

  private void slots() {
    for (Slot slot : on.slots()) {
      String drop = "select pg_drop_replication_slot('" + slot.name() + "') on " + on.node().name();
      String kept =
          slot.retained().isPresent()
              ? "keeps " + new Size(Math.max(0, slot.retained().getAsLong())) + " of log"
              : "keeps log";
      if (slot.status().equals("lost")) {
        add(
            Level.CRITICAL,
            "slot-lost",
            "slot "
                + slot.name()
                + " is lost: its log was removed, and its follower must be cloned",
            drop);
      } else if (slot.status().equals("unreserved")) {
        add(
            Level.WARNING,
            "slot-unreserved",
            "slot "
                + slot.name()
                + " "
                + kept
                + ", more than max_slot_wal_keep_size: it may be lost",
            "let its follower catch up, or " + drop);
      } else if (!slot.active().orElse(true)
          && !slot.temporary()
          && slot.retained().orElse(0) >= limits.lagBytes().bytes()) {
        add(
            Level.WARNING,
            "slot-idle",
            "slot " + slot.name() + " has no reader and " + kept,
            "start what reads it, or " + drop);
      }
      if (slot.xminAge().orElse(0) >= OLD_XMIN) {
        add(
            Level.WARNING,
            "slot-xmin",
            "slot "
                + slot.name()
                + " holds back vacuum by "
                + slot.xminAge().getAsLong()
                + " transactions",
            "start what reads it, or " + drop);
      }
    }
  }

  private void archiver() {
    if (on.setting("archive_mode").filter(m -> !m.equals("off")).isEmpty()) {
      return;
    }
    long backlog = on.facts().number("archiver.backlog").orElse(0);
    Optional<Duration> failed = on.age("archiver.last_failed_age");
    Optional<Duration> archived = on.age("archiver.last_archived_age");
    boolean fails =
        failed.isPresent() && archived.map(a -> a.compareTo(failed.get()) > 0).orElse(true);
    if (backlog >= BACKLOG) {
      add(
          backlog >= LONG_BACKLOG ? Level.CRITICAL : Level.WARNING,
          "archiver-backlog",
          backlog + " files wait for the archive, " + BACKLOG + " are the limit",
          "see archive_command and the server's log on " + on.node().name());
    }
    if (fails) {
      add(
          Level.WARNING,
          "archiver-fails",
          "the archiver failed "
              + PostgresqlLag.seconds(failed.get())
              + " ago and not since then"
              + " succeeded",
          "see archive_command and the server's log on " + on.node().name());
    }
  }

  private void settings() {
    off("fsync", "a crash of its host can destroy the data");
    off("full_page_writes", "a crash of its host can tear pages, and pg_rewind is impossible");
    boolean hints = on.setting("wal_log_hints").filter("on"::equals).isPresent();
    boolean sums = on.setting("data_checksums").filter("on"::equals).isPresent();
    if (on.answered() && on.setting("data_checksums").isPresent() && !hints && !sums) {
      add(
          Level.NOTE,
          "rewind",
          "neither wal_log_hints nor data checksums are on: an old leader can't be rewound, only"
              + " cloned",
          "replctl init sets wal_log_hints; it takes hold at a restart");
    }
    on.facts()
        .text("pending_restart")
        .ifPresent(
            names ->
                add(
                    Level.NOTE,
                    "pending-restart",
                    "changed and not in force until a restart: " + names,
                    "restart " + on.node().name() + " at a quiet moment"));
    on.facts()
        .text("not_applied")
        .ifPresent(
            names ->
                add(
                    Level.WARNING,
                    "configuration",
                    "its configuration has errors, and it may not start again: " + names,
                    "select * from pg_file_settings where error is not null"));
    if (on.facts().truth("upstream.has_password").orElse(false)) {
      add(
          Level.NOTE,
          "password-shown",
          "primary_conninfo holds a password in clear",
          "replctl init moves it to a password file");
    }
    if (on.role() == Role.LEADER
        && on.answered()
        && SynchronousNames.parse(on.setting("synchronous_standby_names").orElse("")).isEmpty()) {
      add(
          Level.WARNING,
          "sync-unread",
          "synchronous_standby_names can't be understood",
          "replctl init sets it as the inventory asks");
    }
  }

  private void off(String setting, String harm) {
    if (on.setting(setting).filter("off"::equals).isPresent()) {
      add(
          Level.CRITICAL,
          setting.replace('_', '-') + "-off",
          setting + " is off: " + harm,
          "set " + setting + " = on and reload");
    }
  }

  private void transactions() {
    Optional<Duration> oldest =
        on.count("long") > 0 ? on.age("long.1.age") : Optional.<Duration>empty();
    oldest
        .filter(age -> age.compareTo(OLD_TRANSACTION) >= 0)
        .ifPresent(
            age ->
                add(
                    Level.NOTE,
                    "long-transaction",
                    "a transaction of pid "
                        + on.facts().number("long.1.pid").orElse(0)
                        + " is "
                        + PostgresqlLag.seconds(age)
                        + " old",
                    "look at pg_stat_activity on " + on.node().name()));
    on.age("prepared.oldest_age")
        .filter(age -> age.compareTo(OLD_PREPARED) >= 0)
        .ifPresent(
            age ->
                add(
                    Level.WARNING,
                    "prepared-transaction",
                    "a prepared transaction is "
                        + PostgresqlLag.seconds(age)
                        + " old: its locks stay after a switchover",
                    "look at pg_prepared_xacts on " + on.node().name()));
  }

  /** A client that calls itself like a node would acknowledge in its place. */
  private void impostors() {
    for (Sender sender : on.senders()) {
      Optional<Surveyed> node =
          all.nodes().values().stream()
              .filter(n -> n.node().name().value().equalsIgnoreCase(sender.application()))
              .findFirst();
      if (node.isPresent() && node.get().presence() == Presence.STOPPED) {
        add(
            Level.WARNING,
            "impostor",
            "a receiver calls itself "
                + sender.application()
                + ", whose server is stopped; its word may acknowledge writes",
            "find it in pg_stat_replication of "
                + on.node().name()
                + "; give it another application_name");
      }
      boolean known = node.isPresent() && !node.get().addresses().isEmpty();
      if (known && sender.address().isPresent() && !isLocal(sender, node.get())) {
        add(
            Level.WARNING,
            "impostor",
            "a receiver at "
                + sender.address().get()
                + " calls itself "
                + sender.application()
                + " and is not that host; its word may acknowledge writes",
            "find what runs there; give it another application_name");
      }
    }
  }

  private boolean isLocal(Sender sender, Surveyed node) {
    String address = sender.address().orElse("");
    boolean fromHere =
        address.startsWith("127.") || address.equals("::1") || on.addresses().contains(address);
    return Neighbours.isFrom(sender, node) || (fromHere && node.sharesHostWith(on));
  }

  private void collations() {
    for (int i = 1; i <= on.count("database"); i++) {
      String row = "database." + i + ".";
      Optional<String> stored = on.facts().text(row + "collation_version");
      Optional<String> actual = on.facts().text(row + "collation_actual");
      if (stored.isPresent() && actual.isPresent() && !stored.equals(actual)) {
        add(
            Level.WARNING,
            "collation",
            "database "
                + on.facts().text(row + "name").orElse("?")
                + " was built with collation version "
                + stored.get()
                + " and its host now has "
                + actual.get()
                + ": indexes on text may be wrong",
            "REINDEX, then ALTER DATABASE ... REFRESH COLLATION VERSION");
      }
    }
  }

  private void add(Level level, String code, String text, String cure) {
    found.add(new Finding(level, code, text, cure));
  }
}

package replctl.playbooks.sim.postgresql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimTime;

/** survey.sh: the facts that its head lists, as far as a simulated server has them. */
final class SurveyTwin extends PgTwin {
  private static final long BEGIN_MS = 1_795_489_200_000L;
  private static final List<String> SETTINGS =
      List.of(
          "hot_standby",
          "listen_addresses",
          "max_connections",
          "max_locks_per_transaction",
          "max_prepared_transactions",
          "max_replication_slots",
          "max_wal_senders",
          "max_worker_processes",
          "port",
          "primary_slot_name",
          "ssl",
          "ssl_ca_file",
          "ssl_cert_file",
          "ssl_key_file",
          "synchronous_commit",
          "synchronous_standby_names",
          "cluster_name",
          "password_encryption",
          "recovery_target_timeline",
          "unix_socket_directories",
          "wal_level",
          "wal_log_hints");
  private static final List<String> SIZES = List.of("wal_keep_size", "max_slot_wal_keep_size");
  private static final List<String> DURATIONS =
      List.of("wal_receiver_timeout", "wal_retrieve_retry_interval", "wal_sender_timeout");

  SurveyTwin(PostgresNet net) {
    super(net);
  }

  @Override
  public Course perform(Job job) {
    throw new IllegalStateException("a survey is a probe");
  }

  @Override
  public Look isDone(Job job) {
    SimPostgres pg = pg(job);
    host(job, pg);
    SimEpoch.facts(job);
    if (pg.systemId().isEmpty()) {
      job.fact("presence", "absent");
      job.fact("presence_why", "there is no data in " + PgPaths.DATA);
      job.fact("data_empty", true);
      disk(job);
      return Look.DONE;
    }
    data(job, pg);
    files(job, pg);
    disk(job);
    boolean asks = pg.process() == SimPostgres.Processes.RUNNING && !pg.isFrozen();
    presence(job, pg);
    job.fact("sql", asks ? "answered" : pg.isFrozen() ? "timeout" : "not-asked");
    if (asks) {
      server(job, pg);
      settings(job, pg);
      slots(job, pg);
      senders(job, pg);
      roles(job, pg);
      counts(job);
    }
    upstream(
        job, asks ? pg.config().get("primary_conninfo") : pg.config().inFiles("primary_conninfo"));
    known(
        job,
        "upstream.slot",
        asks ? pg.config().get("primary_slot_name") : pg.config().inFiles("primary_slot_name"));
    return Look.DONE;
  }

  private static void known(Job job, String name, String text) {
    if (!text.isEmpty()) {
      job.fact(name, text);
    }
  }

  private void host(Job job, SimPostgres pg) {
    String name = pg.host().name().value();
    job.fact("hostname", name);
    job.fact("machine_id", "machine-" + name);
    job.fact("clock_ms", Long.toString(BEGIN_MS + net().now() / SimTime.MS));
    job.fact("systemd", true);
    job.fact("script_user", "postgres");
    job.fact("os_id", "debian");
    job.fact("installed.count", "1");
    job.fact("installed.1.major", PgPaths.MAJOR);
    job.fact("installed.1.bin_directory", PgPaths.BIN);
    job.fact("newest_major", PgPaths.MAJOR);
    job.fact("newest_bin_directory", PgPaths.BIN);
    job.fact("state_directory", PgPaths.state(job.host()));
    for (String file : List.of("fenced", "drills")) {
      known(job, file, job.host().files().getOrDefault(PgPaths.state(job.host()) + "/" + file, ""));
    }
    job.fact("port", "5432");
    job.fact("socket_directory", "/var/run/postgresql");
    job.fact("layout", "plain");
    job.fact("data_directory", PgPaths.DATA);
    job.fact("config_directory", PgPaths.DATA);
    job.fact("bin_directory", PgPaths.BIN);
    job.fact("service", "postgresql-17");
    job.fact("unit_enabled", true);
    job.fact("unit_masked", pg.isMasked());
    job.fact("os_user", "postgres");
  }

  private static void data(Job job, SimPostgres pg) {
    job.fact("major", PgPaths.MAJOR);
    job.fact("data_empty", false);
    job.fact("system_identifier", pg.systemId().orElseThrow());
    job.fact("standby_signal", pg.hasStandbySignal());
    job.fact("recovery_signal", false);
    job.fact("backup_label", false);
    String state = PgPaths.state(job.host());
    known(job, "rewinding", job.host().files().getOrDefault(state + "/rewinding", ""));
    job.fact("control.state", pg.control().state());
    job.fact("control.checkpoint_lsn", Wal.lsn(pg.control().checkpoint()));
    job.fact("control.redo_lsn", Wal.lsn(pg.control().checkpoint()));
    job.fact("control.timeline", Integer.toString(pg.control().timeline()));
    job.fact("control.wal_log_hints", pg.config().inFiles("wal_log_hints"));
    job.fact("control.data_checksums", pg.checksums() ? "1" : "0");
    job.fact("control.wal_level", "replica");
    job.fact("control.max_connections", pg.config().inFiles("max_connections"));
    job.fact("control.max_worker_processes", pg.config().inFiles("max_worker_processes"));
    job.fact("control.max_wal_senders", pg.config().inFiles("max_wal_senders"));
    job.fact("control.max_prepared_xacts", pg.config().inFiles("max_prepared_transactions"));
    job.fact("control.max_locks_per_xact", pg.config().inFiles("max_locks_per_transaction"));
    job.fact("control.wal_segment_bytes", "16777216");
    String timeline = Integer.toString(pg.wal().timeline());
    job.fact("timeline", timeline);
    job.fact("history.timeline", timeline);
    known(job, "history.text", pg.wal().history());
    if (pg.wal().timeline() > 1) {
      job.fact("history.newest", timeline);
    }
  }

  private static void files(Job job, SimPostgres pg) {
    Map<String, String> files = job.host().files();
    job.fact("config_file", PgPaths.DATA + "/postgresql.conf");
    job.fact("hba_file", PgPaths.HBA);
    String own = files.get(PgPaths.CONFIG);
    if (own != null) {
      job.fact("config.file", PgPaths.CONFIG);
      job.fact("config.text", own);
      job.fact("config.included", pg.config().isIncluded());
    }
    String block = files.get(PgPaths.HBA_BLOCK);
    job.fact("hba.blocks", block == null ? "0" : "1");
    if (block != null) {
      job.fact("hba.text", block);
      job.fact("hba.first", true);
    }
  }

  private static void disk(Job job) {
    job.fact("disk.count", "1");
    job.fact("disk.1.use", "data");
    job.fact("disk.1.path", PgPaths.DATA);
    job.fact("disk.1.mount", "/");
    job.fact("disk.1.total", "100000000000");
    job.fact("disk.1.used", "20000000000");
    job.fact("disk.1.free", "80000000000");
    job.fact("data_mount", false);
    job.fact("archiver.backlog", "0");
  }

  private static void presence(Job job, SimPostgres pg) {
    boolean running = hasProcess(pg);
    job.fact("processes", running ? "7" : "0");
    if (running) {
      job.fact("postmaster_pid", "4711");
    }
    String word =
        switch (pg.process()) {
          case NONE -> "stopped";
          case STARTING -> "starting";
          case STOPPING -> "stopping";
          case RUNNING -> pg.isFrozen() ? "hung" : "running";
        };
    job.fact("presence", word);
  }

  private void server(Job job, SimPostgres pg) {
    job.fact("in_recovery", pg.recovering());
    job.fact("version", "17.6");
    job.fact("version_num", "170006");
    job.fact("server_now_ms", Long.toString(BEGIN_MS + net().now() / SimTime.MS));
    job.fact("server_started_ms", Long.toString(BEGIN_MS));
    if (!pg.recovering()) {
      String end = Wal.lsn(pg.wal().end());
      job.fact("lsn.insert", end);
      job.fact("lsn.write", end);
      job.fact("lsn.flush", end);
      return;
    }
    job.fact("lsn.replay", Wal.lsn(pg.replayedTo()));
    job.fact("replay.paused", false);
    job.fact("replay.pause_state", "not paused");
    Receiver receiver = pg.receiver();
    if (receiver.streaming()) {
      String received = Wal.lsn(pg.wal().end());
      job.fact("lsn.receive", received);
      job.fact("receiver.pid", "4799");
      job.fact("receiver.status", "streaming");
      job.fact("receiver.host", receiver.upstream().orElseThrow().host().name().value());
      job.fact("receiver.port", "5432");
      known(job, "receiver.slot", receiver.slot());
      job.fact("receiver.timeline", Integer.toString(pg.wal().timeline()));
      job.fact("receiver.written_lsn", received);
      job.fact("receiver.flushed_lsn", received);
      job.fact("receiver.latest_end_lsn", received);
      String age = Long.toString((net().now() - receiver.heard()) / SimTime.MS);
      job.fact("receiver.message_age", age);
      job.fact("receiver.latest_end_age", age);
    }
  }

  private static void settings(Job job, SimPostgres pg) {
    for (String name : SETTINGS) {
      job.fact("setting." + name, pg.config().get(name));
    }
    for (String name : DURATIONS) {
      job.fact("setting." + name, Long.toString(pg.config().millis(name)));
    }
    for (String name : SIZES) {
      String value = pg.config().get(name);
      long unit = value.endsWith("GB") ? 1L << 30 : value.endsWith("MB") ? 1L << 20 : 1;
      job.fact(
          "setting." + name, Long.toString(Long.parseLong(value.replaceAll("[A-Z]", "")) * unit));
    }
    String pending = String.join(",", pg.config().pendingRestart());
    for (String name : pg.config().pendingRestart()) {
      job.fact("setting_after." + name, pg.config().inFiles(name));
    }
    known(job, "pending_restart", pending);
  }

  private static void slots(Job job, SimPostgres pg) {
    int n = 0;
    for (Map.Entry<String, Long> slot : pg.slots().entrySet()) {
      String key = "slot." + ++n + ".";
      job.fact(key + "name", slot.getKey());
      job.fact(key + "type", "physical");
      job.fact(key + "active", pg.slotIsActive(slot.getKey()));
      job.fact(key + "wal_status", "reserved");
      job.fact(key + "temporary", false);
      job.fact(key + "restart_lsn", Wal.lsn(slot.getValue()));
      job.fact(key + "retained", Long.toString(Math.max(0, pg.wal().end() - slot.getValue())));
    }
    job.fact("slot.count", Integer.toString(n));
  }

  private void senders(Job job, SimPostgres pg) {
    int n = 0;
    SyncRule rule = SyncRule.parse(pg.config().get("synchronous_standby_names"));
    for (Map.Entry<String, Senders.Sender> entry : pg.senders().byName().entrySet()) {
      String key = "sender." + ++n + ".";
      Senders.Sender sender = entry.getValue();
      boolean named = !rule.isNone() && rule.names().contains(entry.getKey());
      job.fact(key + "application", entry.getKey());
      job.fact(key + "address", sender.follower().host().name().value());
      job.fact(key + "pid", Integer.toString(5000 + n));
      job.fact(key + "user", "replctl_replication");
      job.fact(key + "state", "streaming");
      job.fact(key + "sent_lsn", Wal.lsn(sender.flushed()));
      job.fact(key + "write_lsn", Wal.lsn(sender.flushed()));
      job.fact(key + "flush_lsn", Wal.lsn(sender.flushed()));
      job.fact(key + "replay_lsn", Wal.lsn(sender.replayed()));
      job.fact(key + "sync_state", !named ? "async" : rule.any() ? "quorum" : "sync");
      job.fact(key + "sync_priority", named ? "1" : "0");
      job.fact(key + "reply_age", Long.toString((net().now() - sender.heard()) / SimTime.MS));
      job.fact(key + "backend_age", "60000");
    }
    job.fact("sender.count", Integer.toString(n));
  }

  private static void roles(Job job, SimPostgres pg) {
    int n = 0;
    for (String role : pg.roles()) {
      String key = "role." + ++n + ".";
      job.fact(key + "name", role);
      job.fact(key + "login", true);
      job.fact(key + "replication", role.contains("replication"));
      job.fact(key + "superuser", false);
      job.fact(key + "may_rewind", role.contains("rewind"));
      job.fact(key + "monitors", true);
      job.fact(key + "password", "scram");
    }
    job.fact("role.count", Integer.toString(n));
  }

  private static void counts(Job job) {
    for (String list : List.of("long", "lowered", "tablespace", "extension", "prepared")) {
      job.fact(list + ".count", "0");
    }
    job.fact("database.count", "1");
    job.fact("database.1.name", "postgres");
    job.fact("database.1.encoding", "UTF8");
    job.fact("database.1.allows", true);
    job.fact("connections.used", "3");
    job.fact("basebackups", "0");
    job.fact("publications", "0");
  }

  private static void upstream(Job job, String conninfo) {
    Map<String, String> parts = new TreeMap<>(Conninfo.read(conninfo));
    if (parts.remove("password") != null) {
      job.fact("upstream.has_password", true);
    }
    parts.forEach((key, value) -> known(job, "upstream." + key, value));
  }
}

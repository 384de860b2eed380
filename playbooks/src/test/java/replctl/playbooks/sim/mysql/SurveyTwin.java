package replctl.playbooks.sim.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import replctl.playbooks.sim.Course;
import replctl.playbooks.sim.Job;
import replctl.playbooks.sim.Look;
import replctl.playbooks.sim.SimEpoch;
import replctl.playbooks.sim.SimTime;
import replctl.playbooks.sim.StateFiles;

/**
 * survey.sh: the facts that its head lists. What a simulated server does not have is as a real one
 * said it, 9.7.4.
 */
final class SurveyTwin extends MyTwin {
  private static final long BEGIN_MS = 1_795_489_200_000L;

  /** What the recorded server said that is so on every one. */
  private static final Map<String, String> RECORDED = recorded();

  private static final Set<String> FROM_RECORD =
      Set.of(
          "setting.binlog_format",
          "setting.binlog_row_image",
          "setting.innodb_flush_log_at_trx_commit",
          "setting.lock_wait_timeout",
          "setting.log_bin",
          "setting.log_replica_updates",
          "setting.max_connections",
          "setting.offline_mode",
          "setting.port",
          "setting.relay_log_recovery",
          "setting.replica_parallel_workers",
          "setting.replica_preserve_commit_order",
          "setting.require_secure_transport",
          "setting.skip_replica_start",
          "setting.sync_binlog",
          "setting.sync_relay_log",
          "plugin.rpl_semi_sync_source",
          "plugin.rpl_semi_sync_replica",
          "plugin.clone",
          "plugin.auth_socket",
          "version");

  SurveyTwin(MysqlNet net) {
    super(net);
  }

  private static Map<String, String> recorded() {
    Map<String, String> facts = new TreeMap<>();
    try (InputStream in =
        SurveyTwin.class.getResourceAsStream(
            "/replctl/playbooks/engine/mysql/recorded/leader.facts")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(words -> facts.put(words[0], words.length == 2 ? words[1] : ""));
      return facts;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public Course perform(Job job) {
    throw new IllegalStateException("a survey is a probe");
  }

  @Override
  public Look isDone(Job job) {
    SimMysql my = my(job);
    host(job, my);
    SimEpoch.facts(job);
    if (!my.hasData()) {
      job.fact("presence", "absent");
      job.fact("presence_why", "there is no data in " + MyPaths.DATA);
      job.fact("data_empty", true);
      job.fact("binary_version", RECORDED.get("version"));
      return Look.DONE;
    }
    files(job, my);
    job.fact("data_empty", false);
    job.fact("server_uuid", my.uuid());
    boolean answers = my.answersSql();
    job.fact("presence", presence(my));
    job.fact("processes", hasProcess(my) ? "1" : "0");
    job.fact(
        "sql",
        answers
            ? "answered"
            : my.isFrozen() ? "timeout" : hasProcess(my) ? "refused" : "not-asked");
    if (answers) {
      live(job, my);
      channel(job, my);
      senders(job, my);
      whole(job, my);
    } else {
      known(job, "identity.cluster", my.noted());
    }
    return Look.DONE;
  }

  private static String presence(SimMysql my) {
    return switch (my.process()) {
      case NONE -> "stopped";
      case STARTING -> "starting";
      case STOPPING -> "stopping";
      case RUNNING -> my.isFrozen() ? "hung" : "running";
    };
  }

  private static void known(Job job, String name, String text) {
    if (!text.isEmpty()) {
      job.fact(name, text);
    }
  }

  private void host(Job job, SimMysql my) {
    String name = my.host().name().value();
    job.fact("hostname", name);
    job.fact("machine_id", "machine-" + name);
    job.fact("addresses", "10.0.0." + my.id());
    job.fact("clock_ms", Long.toString(BEGIN_MS + net().now() / SimTime.MS));
    job.fact("systemd", true);
    job.fact("script_user", "mysql");
    job.fact("os_user", "mysql");
    job.fact("os_id", "debian");
    job.fact("state_directory", MyPaths.state(my.host()));
    job.fact("data_directory", MyPaths.DATA);
    job.fact("bin_directory", MyPaths.BIN);
    job.fact("client", MyPaths.CLIENT);
    job.fact("socket", MyPaths.SOCKET);
    job.fact("port", "3306");
    job.fact("service", MyPaths.SERVICE);
    job.fact("unit_enabled", true);
    job.fact("unit_masked", my.isMasked());
    job.fact("config_directory", MyPaths.CONFIG);
    job.fact("data_mount", false);
    job.fact("disk.count", "1");
    job.fact("disk.1.use", "data");
    job.fact("disk.1.path", MyPaths.DATA);
    job.fact("disk.1.mount", "/");
    job.fact("disk.1.total", "100000000000");
    job.fact("disk.1.used", "20000000000");
    job.fact("disk.1.free", "80000000000");
    job.fact("guard.placed", StateFiles.there(job, GuardBeside.INSTALLED));
    known(job, "semi_sync", StateFiles.text(job, SemiSync.FILE).strip());
    for (String file : List.of(FENCED, "drills", "led")) {
      known(job, file, StateFiles.text(job, file));
    }
  }

  private static void files(Job job, SimMysql my) {
    String own = my.host().files().getOrDefault(MyPaths.OPTIONS, "");
    known(job, "config.text", own);
    own.lines()
        .map(line -> line.split(" = ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> job.fact("file." + words[0], words[1]));
  }

  private void live(Job job, SimMysql my) {
    job.fact("writable", !my.isReadOnly() && !my.isSuperReadOnly());
    job.fact("server_now_ms", Long.toString(BEGIN_MS + net().now() / SimTime.MS));
    job.fact("sql.server_uuid", my.uuid());
    known(job, "gtid.executed", my.data().named().toString());
    known(job, "gtid.purged", my.data().purged().toString());
    Commits commits = my.commits();
    job.fact("status.rpl_semi_sync_source_status", onOff(commits.waits()));
    job.fact("status.rpl_semi_sync_source_clients", Long.toString(my.clients()));
    job.fact("status.rpl_semi_sync_source_wait_sessions", Integer.toString(commits.waiting()));
    job.fact("status.rpl_semi_sync_replica_status", onOff(my.saysThatItAcknowledges()));
    job.fact("status.uptime", "829");
  }

  private static String onOff(boolean on) {
    return on ? "ON" : "OFF";
  }

  private void channel(Job job, SimMysql my) {
    Channel channel = my.channel();
    if (my.data().source().isEmpty()) {
      job.fact("channel.count", "0");
      return;
    }
    Data.Source source = my.data().source().get();
    job.fact("channel.count", "1");
    job.fact("channel.1.host", source.host());
    job.fact("channel.1.port", "3306");
    job.fact("channel.1.user", source.account());
    job.fact("channel.1.auto_position", channel.goesByFile() ? "0" : "1");
    job.fact("channel.1.ssl", "YES");
    job.fact("channel.1.ssl_verify", "YES");
    job.fact("channel.1.retry_interval", "1");
    job.fact("channel.1.retry_count", "4294967295");
    job.fact("channel.1.heartbeat_interval", "1.000");
    job.fact("channel.1.delay", "0");
    job.fact("channel.1.state", channel.receiver().name());
    job.fact("channel.1.applier", onOff(channel.applies()));
    known(job, "channel.1.source_uuid", channel.sourceUuid());
    known(job, "channel.1.received", channel.received().toString());
    if (channel.error() != 0) {
      job.fact("channel.1.error", Integer.toString(channel.error()));
      job.fact("channel.1.error_text", channel.trouble());
    }
    if (channel.heard() > 0) {
      String age = Long.toString((net().now() - channel.heard()) / SimTime.MS);
      job.fact("channel.1.heartbeat_age", age);
      job.fact("channel.1.queued_age", age);
      job.fact("channel.1.applied_age", age);
    }
  }

  private void senders(Job job, SimMysql my) {
    int n = 0;
    for (SimMysql follower : net().receivers(my)) {
      String key = "sender." + ++n + ".";
      job.fact(key + "id", Integer.toString(20 + n));
      job.fact(key + "user", ACCOUNT);
      job.fact(key + "address", follower.host().name().value());
      job.fact(key + "state", "Source has sent all binlog to replica; waiting for more updates");
      job.fact(key + "seconds", "10");
      job.fact(key + "uuid", follower.uuid());
    }
    job.fact("sender.count", Integer.toString(n));
  }

  private static void opened(Job job, SimMysql my) {
    if (my.data().epochs().isEmpty()) {
      return;
    }
    Txn.Row newest = my.data().epochs().get(my.data().epochs().lastKey());
    job.fact("opened.epoch", Long.toString(newest.epoch()));
    job.fact("opened.server", newest.server());
    known(job, "opened.transactions", newest.opened());
  }

  private static void whole(Job job, SimMysql my) {
    FROM_RECORD.forEach(name -> job.fact(name, RECORDED.get(name)));
    Commits commits = my.commits();
    job.fact("setting.super_read_only", onOff(my.isSuperReadOnly()));
    job.fact("setting.read_only", onOff(my.isReadOnly()));
    job.fact("setting.event_scheduler", onOff(my.hasScheduler()));
    job.fact("setting.enforce_gtid_consistency", onOff(my.gtid().consistent()));
    job.fact("setting.gtid_mode", my.gtid().stage().name());
    job.fact("setting.hostname", my.host().name().value());
    job.fact("setting.server_id", my.serverId());
    job.fact("setting.server_uuid", my.uuid());
    job.fact("setting.bind_address", "*");
    job.fact("setting.replica_net_timeout", Long.toString(Channel.TIMEOUT / SimTime.SECOND));
    job.fact("setting.rpl_semi_sync_replica_enabled", onOff(my.acknowledges()));
    job.fact("setting.rpl_semi_sync_source_enabled", onOff(commits.enabled()));
    job.fact("setting.rpl_semi_sync_source_timeout", Long.toString(commits.timeoutMs()));
    job.fact(
        "setting.rpl_semi_sync_source_wait_for_replica_count", Integer.toString(commits.needed()));
    job.fact("setting.rpl_semi_sync_source_wait_no_replica", "ON");
    job.fact("setting.rpl_semi_sync_source_wait_point", "AFTER_SYNC");
    boolean used = my.data().identity().isPresent() || !my.data().writes().isEmpty();
    job.fact("data.schemas", used ? "2" : "0");
    job.fact("data.accounts", Integer.toString(my.data().accounts().size()));
    job.fact("events.enabled", "0");
    job.fact("long.count", "0");
    job.fact("xa.count", "0");
    boolean stuck = commits.oldest() >= 2 * SimTime.SECOND;
    job.fact("blocking.count", stuck ? "1" : "0");
    if (stuck) {
      job.fact("blocking.1.id", "99");
      job.fact("blocking.1.user", "app");
      job.fact("blocking.1.seconds", Long.toString(commits.oldest() / SimTime.SECOND));
      job.fact("blocking.1.why", "ack");
    }
    my.data().identity().ifPresent(identity -> job.fact("identity.cluster", identity));
    opened(job, my);
  }
}

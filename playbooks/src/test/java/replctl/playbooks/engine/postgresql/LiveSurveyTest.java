package replctl.playbooks.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.HostFact;
import replctl.playbooks.snapshot.Lag.Cause;
import replctl.playbooks.snapshot.Presence;
import replctl.playbooks.snapshot.Role;
import replctl.playbooks.snapshot.Server;
import replctl.playbooks.snapshot.Snapshot;
import replctl.playbooks.world.Facts;

/**
 * The survey against servers of this machine: pg1 leads, pg2 and pg3 follow, pg4 is alone and is
 * what gets broken, pg5 was never set up.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveSurveyTest {
  private LiveServers servers;

  @BeforeAll
  void start() throws IOException {
    servers = new LiveServers(5);
    servers.lead(1);
    servers.sql(1, "create role replctl login in role pg_monitor");
    servers.sql(1, "create table t (i int)");
    servers.follow(2);
    servers.follow(3);
    servers.lead(4);
    waitForBoth("ANY 2 (pg2, pg3)");
  }

  @AfterAll
  void end() throws IOException {
    servers.close();
  }

  /** From now on a commit on pg1 returns when both followers have it on disk. */
  private void waitForBoth(String names) {
    servers.sql(1, "alter system set synchronous_standby_names = '" + names + "'");
    servers.sql(1, "select pg_reload_conf()");
  }

  private void write(String level, int rows) {
    servers.sql(
        1,
        "set synchronous_commit = "
            + level
            + "; insert into t select generate_series(1, "
            + rows
            + ")");
  }

  @Test
  void whoLeadsWhoFollowsAndHowFar() {
    write("remote_apply", 1000);
    Server leader = servers.until(1, s -> s.acks().isPresent() && !s.acks().get().waiting());
    Snapshot seen = servers.look();

    assertThat(seen.leader()).isEmpty();
    assertThat(seen.writable()).hasSize(2);
    assertThat(leader.role()).isEqualTo(Role.LEADER);
    assertThat(leader.acks().orElseThrow().needed()).isEqualTo(2);
    assertThat(leader.acks().orElseThrow().present()).containsExactlyInAnyOrder("pg2", "pg3");
    for (int n : new int[] {2, 3}) {
      Server follower =
          servers.until(n, s -> s.lag().time().filter(Duration.ZERO::equals).isPresent());
      assertThat(follower.role()).isEqualTo(Role.FOLLOWER);
      assertThat(follower.streaming()).contains(true);
      assertThat(follower.upstream()).contains(new NodeName("pg1"));
      assertThat(follower.sync()).isEqualTo(Server.Sync.ACKS);
      assertThat(follower.identity()).isEqualTo(leader.identity());
      assertThat(follower.lag().bytes()).isEqualTo(OptionalLong.of(0));
    }
  }

  @Test
  void factsThatOtherStepsStandOn() throws IOException {
    Facts facts = servers.server(2).facts();

    assertThat(facts.text("data_directory")).contains(servers.data(2).toString());
    assertThat(facts.text("config_directory")).contains(servers.data(2).toString());
    assertThat(facts.text("layout")).contains("plain");
    assertThat(facts.text("service")).isEmpty();
    assertThat(facts.text("socket_directory")).contains(servers.data(2).getParent().toString());
    assertThat(facts.number("postmaster_pid")).isEqualTo(OptionalLong.of(servers.postmaster(2)));
    assertThat(facts.text("system_identifier"))
        .contains(servers.sql(1, "select system_identifier from pg_control_system()").strip());
    assertThat(facts.text("upstream.host")).contains("127.0.0.1");
    assertThat(facts.text("upstream.application_name")).contains("pg2");
    assertThat(facts.truth("upstream.answers")).contains(true);
    assertThat(facts.text("setting.max_standby_streaming_delay")).contains("-1");
    assertThat(facts.text("setting.wal_receiver_timeout")).contains("60000");
    assertThat(facts.text("setting.shared_buffers")).isEmpty();
    assertThat(facts.text("disk.1.use")).contains("data");
    assertThat(facts.number("disk.1.total").getAsLong())
        .isGreaterThanOrEqualTo(
            facts.number("disk.1.used").getAsLong() + facts.number("disk.1.free").getAsLong());
    long clock = facts.number(HostFact.CLOCK).getAsLong();
    assertThat(clock)
        .isBetween(
            facts.number(HostFact.ASKED).getAsLong(), facts.number(HostFact.ANSWERED).getAsLong());
    assertThat(facts.text("machine_id"))
        .contains(Files.readString(java.nio.file.Path.of("/etc/machine-id")).strip());
  }

  @Test
  void overItsOwnProtocolAServerSaysTheSameByTheSameNames() {
    for (int n : new int[] {1, 2}) {
      Facts told = servers.told(n);
      Facts host = servers.server(n).facts();
      Set<String> names = new TreeSet<>(told.byName().keySet());
      // A name alone that a script leaves out, and what the survey makes the timeline of.
      names.removeIf(name -> told.text(name).isEmpty() || name.equals("log.file"));
      assertThat(host.byName().keySet()).as("pg" + n).containsAll(names);
      for (String name : names) {
        boolean moves =
            name.matches("(lsn|receiver|sender|replay)\\..*") || name.equals("server_now_ms");
        if (!moves) {
          assertThat(told.text(name)).as(name).isEqualTo(host.text(name));
        }
      }
      assertThat(new PostgresqlSurvey().refreshed(host, told)).isPresent();
    }
    assertThat(servers.told(1).text("sender.2.state")).contains("streaming");
    assertThat(servers.told(2).text("receiver.status")).contains("streaming");
    assertThat(servers.told(1).text("log.file").orElseThrow()).startsWith("00000001");
  }

  @Test
  void aPasswordNeverLeavesTheHost() {
    Facts facts = servers.server(2).facts();

    assertThat(facts.truth("upstream.has_password")).contains(true);
    for (Map.Entry<String, String> fact : facts.byName().entrySet()) {
      assertThat(fact.getValue()).as(fact.getKey()).doesNotContain("canary");
    }
  }

  @Test
  void namesOfEverySignComeThroughWhole() {
    try {
      servers.sql(
          1, "drop role if exists \"replctl\n\\n\ttab é\"; create role \"replctl\n\\n\ttab é\"");
      Facts facts = servers.server(1).facts();

      assertThat(facts.byName().values()).contains("replctl\n\\n\ttab é");
    } finally {
      servers.sql(1, "drop role if exists \"replctl\n\\n\ttab é\"");
    }
  }

  @Test
  void replayThatWasPaused() {
    servers.sql(3, "select pg_wal_replay_pause()");
    try {
      write("on", 50_000);
      Server follower = servers.server(3);

      assertThat(follower.lag().cause()).isEqualTo(Cause.PAUSED);
      assertThat(follower.lag().received()).isEqualTo(OptionalLong.of(0));
      assertThat(follower.lag().bytes().getAsLong()).isGreaterThan(1 << 20);
      assertThat(follower.streaming()).contains(true);
    } finally {
      servers.sql(3, "select pg_wal_replay_resume()");
    }
  }

  @Test
  void aQueryThatHoldsReplay() throws IOException {
    servers.sql(1, "create table if not exists held (i int)");
    servers.sql(1, "set synchronous_commit = remote_apply; insert into held values (1), (2)");
    try (LiveServers.Session report = servers.session(2, "report")) {
      String pid = report.ask("select pg_backend_pid();");
      report.ask("begin isolation level repeatable read; select count(*) from held;");
      servers.sql(1, "delete from held");
      servers.sql(1, "vacuum held");
      Server follower = servers.until(2, s -> s.lag().cause() == Cause.QUERY);

      assertThat(follower.lag().why().orElseThrow())
          .startsWith("replay waits for a query of pid " + pid + ", ");
      assertThat(follower.facts().text("replay.wait")).contains("IPC/RecoveryConflictSnapshot");
      assertThat(follower.facts().text("replay.blocker.application")).contains("report");
    }
    servers.until(2, s -> s.lag().cause() == Cause.NONE);
  }

  @Test
  void aLockThatHoldsReplay() throws IOException {
    servers.sql(1, "create table if not exists locked (i int)");
    servers.sql(1, "set synchronous_commit = remote_apply; insert into locked values (1)");
    try (LiveServers.Session report = servers.session(3, "report")) {
      String pid = report.ask("select pg_backend_pid();");
      report.ask("begin; select count(*) from locked;");
      servers.sql(1, "truncate locked");
      Server follower = servers.until(3, s -> s.lag().cause() == Cause.QUERY);

      assertThat(follower.lag().why().orElseThrow()).contains("of pid " + pid + ", ");
      assertThat(follower.facts().text("replay.wait")).contains("Lock/relation");
    }
  }

  @Test
  void aFrozenServerIsHungAndCostsNoMoreThanItsLimit() {
    long postmaster = servers.postmaster(4);
    servers.signal("STOP", postmaster);
    try {
      Snapshot seen = servers.look(Duration.ofSeconds(10));
      Server frozen = seen.node(new NodeName("pg4")).server().orElseThrow();

      assertThat(frozen.presence()).isEqualTo(Presence.HUNG);
      assertThat(frozen.role()).isEqualTo(Role.LEADER);
      assertThat(frozen.facts().text("presence_why").orElseThrow())
          .contains("process " + postmaster + " takes a connection and does not answer")
          .contains("it may still commit");
      assertThat(seen.node(new NodeName("pg1")).presence()).isEqualTo(Presence.RUNNING);
    } finally {
      servers.signal("CONT", postmaster);
    }
    assertThat(servers.until(4, s -> s.presence() == Presence.RUNNING).writable()).isTrue();
  }

  @Test
  void aKilledPostmasterLeavesASessionThatIsNotStopped() throws IOException {
    long backend;
    long postmaster = servers.postmaster(4);
    try (LiveServers.Session busy = servers.session(4, "busy")) {
      backend = Long.parseLong(busy.ask("select pg_backend_pid();"));
      // Busy: it sees no signal of its postmaster's end.
      servers.signal("STOP", backend);
      servers.signal("KILL", postmaster);
      Server orphan = servers.until(4, s -> s.presence() != Presence.RUNNING);

      assertThat(orphan.presence()).isEqualTo(Presence.HUNG);
      assertThat(orphan.role()).isEqualTo(Role.LEADER);
      assertThat(orphan.facts().text("presence_why").orElseThrow())
          .contains("its postmaster is gone")
          .contains("may still commit");
      servers.signal("KILL", backend);
    }
    Server dead = servers.until(4, s -> s.presence() != Presence.HUNG);
    assertThat(dead.presence()).isEqualTo(Presence.STOPPED);
    assertThat(dead.role()).isEqualTo(Role.CLOSED_LEADER);
    // It was not shut down: where its log ends is not known.
    assertThat(dead.position()).isEmpty();

    // Until init has buried it, its number is taken, and PostgreSQL does not start.
    ProcessHandle.of(postmaster).ifPresent(p -> p.onExit().orTimeout(1, TimeUnit.MINUTES).join());
    servers.start(4);
    servers.stop(4);
    Server stopped = servers.server(4);
    assertThat(stopped.presence()).isEqualTo(Presence.STOPPED);
    assertThat(stopped.facts().text("control.state")).contains("shut down");
    assertThat(stopped.position()).isPresent();
    servers.start(4);
  }

  @Test
  void whatWasNeverSetUpIsAbsent() {
    Server absent = servers.server(5);

    assertThat(absent.presence()).isEqualTo(Presence.ABSENT);
    assertThat(absent.role()).isEqualTo(Role.UNKNOWN);
    assertThat(absent.facts().text("newest_major")).isPresent();
    assertThat(absent.facts().number("disk.1.free").getAsLong()).isPositive();
  }
}

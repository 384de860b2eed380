package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.BusySession;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Handing leadership over on this machine, and what can get in its way there. */
class LocalSwitchoverIT extends SwitchoverCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  @Override
  List<Mode> modes() {
    return List.of(Mode.ASYNC, Mode.SYNC, Mode.SEMI_SYNC);
  }

  /**
   * Every ninth line, and the hand-over's both ways; the simulator tries each step with every way
   * to fail.
   */
  @Override
  List<Kill> kills(int lines, int handOver) {
    return Stream.concat(
            Stream.of(new Kill(handOver, "resume"), new Kill(handOver, "abort")),
            IntStream.iterate(1, line -> line < lines, line -> line + 9)
                .filter(line -> line != handOver)
                .mapToObj(line -> new Kill(line, line % 2 == 1 ? "resume" : "abort")))
        .toList();
  }

  @Test
  void refusesACandidateWhoseReplayIsPausedAndChangesNothing() {
    List<Path> before = site.journals();
    site.sql(to, "select pg_wal_replay_pause()");
    try (ProbeProcess probe = site.writes()) {
      Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(10);

      assertThat(result.err()).contains("E-CANDIDATE-01").contains(to).contains("Next:");
      probe.awaitMore();
      keptAll("refused", probe);
    } finally {
      site.sql(to, "select pg_wal_replay_resume()");
    }
    assertThat(site.leaders()).containsExactly(from);
    assertThat(site.journals()).isEqualTo(before);
  }

  @Test
  void opensTheOldLeaderAgainWhenTheCandidateStopsApplying() {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = site.replctl().start("switchover", "--to", to, "--yes")) {
        begun(running, before);
        site.sql(to, "select pg_wal_replay_pause()");

        assertThat(running.result().exits(16).out()).contains("UNDONE");
      }
      assertThat(site.leaders()).containsExactly(from);
      probe.awaitMore();
      keptAll("undone", probe);
    } finally {
      site.sql(to, "select pg_wal_replay_resume()");
    }
    site.awaitFollowers(from);
  }

  /** Followers of an idle leader are heard from every 10 s, and the time-out is lowered to 2 s. */
  @Test
  @Tag("long")
  void breaksNoStreamOfAnIdleLeaderBeforeTheHandOver() {
    String silent = "select min(clock_timestamp() - reply_time) > '2.5 s' from pg_stat_replication";
    Site.await("followers with nothing to say", () -> site.sql(from, silent).equals("t"));
    int before = site.serverLog(from).length();

    switchesOver(to);

    assertThat(site.serverLog(from).substring(before))
        .contains("received fast shutdown request")
        .doesNotContain("replication timeout");
  }

  /** Replay sleeps for so long after two breaks of its stream, with all that it needs in pg_wal. */
  @Test
  @Tag("long")
  void wakesACandidateWhoseReplaySleeps() {
    site.sql(to, "alter system set wal_retrieve_retry_interval = '120 s'");
    site.sql(to, "select pg_reload_conf()");
    try {
      String sender = "from pg_stat_replication where application_name = '" + to + "'";
      String first = site.sql(from, "select pid " + sender);
      site.sql(from, "select pg_terminate_backend(pid) " + sender);
      Site.await(
          "a new stream",
          () ->
              site.sql(from, "select pid <> " + first + " and state = 'streaming' " + sender)
                  .equals("t"));

      switchesOver(to);
    } finally {
      site.sql(to, "alter system reset wal_retrieve_retry_interval");
      site.sql(to, "select pg_reload_conf()");
    }
  }

  /** The leader's stop ends the query there; the candidate's opening does not end the one here. */
  @Test
  void handsOverWhileLongQueriesRunOnBoth() {
    try (ProbeProcess probe = site.writes();
        BusySession leading = site.busy(from, "select 'long', pg_sleep(90)");
        BusySession following = site.busy(to, "select 'long', pg_sleep(90)")) {
      Site.await("both queries", () -> longQuery(from) && longQuery(to));

      switchesOver(to);

      probe.awaitMore();
      assertThat(leading.output()).contains("terminating connection");
      assertThat(longQuery(to)).isTrue();
      keptAll("long queries", probe);
      assertThat(following.isAlive()).isTrue();
      site.sql(to, "select pg_cancel_backend(pid) from pg_stat_activity where " + LONG_QUERY);
      assertThat(following.output()).contains("canceling statement due to user request");
    }
  }

  private static final String LONG_QUERY =
      "query ~ '^select .long., pg_sleep' and state = 'active'";

  private boolean longQuery(String node) {
    return site.sql(node, "select count(*) from pg_stat_activity where " + LONG_QUERY).equals("1");
  }

  /** The candidate's replay stands still, so that the hand-over waits where it must not end. */
  @ParameterizedTest
  @ValueSource(strings = {"resume", "abort"})
  void killedWhileNobodyLeadsOneLeadsInTheEnd(String how) {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = site.replctl().start("switchover", "--to", to, "--yes")) {
        begun(running, before);
        site.sql(to, "select pg_wal_replay_pause()");
        Site.await("nobody leads", () -> site.leaders().isEmpty());
        running.process().destroyForcibly();
        assertThat(running.result().code()).isEqualTo(137);
      }
      site.sql(to, "select pg_wal_replay_resume()");
      finished(how);
      oneLeads(probe);
      keptAll("killed while nobody leads, " + how, probe);
    }
  }

  @Test
  void interruptedBeforeTheHandOverItIsTakenBack() {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = interruptible()) {
        assertThat(site.signalWhen(running, before, j -> j.lines().count() >= 3, "INT")).isTrue();

        assertThat(running.result().exits(130).out())
            .contains("INCOMPLETE  switchover of shop", "Next: replctl op resume op-");
      }
      assertThat(site.leaders()).containsExactly(from);
      assertThat(site.replctl().run("op", "abort").exits(16).out()).contains("UNDONE");
      assertThat(site.leaders()).containsExactly(from);
      site.awaitFollowers(from);
      probe.awaitMore();
      keptAll("interrupted before the hand-over", probe);
    }
  }
}

package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.Site;

/** Handing leadership over while a client writes, on whichever site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SwitchoverCases {
  private Site site;

  abstract Site open();

  @BeforeAll
  void begin() {
    site = open();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void ready() {
    site.ready();
  }

  @Test
  void losesNothingUnderLoadAndAllFollow() {
    try (ProbeProcess probe = site.writes()) {
      for (String to : List.of("pg2", "pg1")) {
        site.replctl().run("switchover", "--to", to, "--yes").exits(0);

        assertThat(site.leaders()).containsExactly(to);
        site.awaitFollowers(to);
        probe.awaitMore();
      }
      keptAll(probe);
    }
    assertThat(site.unfinished()).isEmpty();
    equalRows("pg1");
  }

  @Test
  void refusesACandidateWhoseReplayIsPausedAndChangesNothing() {
    List<Path> before = site.journals();
    site.sql("pg2", "select pg_wal_replay_pause()");
    try (ProbeProcess probe = site.writes()) {
      Replctl.Result result = site.replctl().run("switchover", "--to", "pg2", "--yes").exits(10);

      assertThat(result.err()).contains("E-CANDIDATE-01").contains("pg2").contains("Next:");
      probe.awaitMore();
      keptAll(probe);
    } finally {
      site.sql("pg2", "select pg_wal_replay_resume()");
    }
    assertThat(site.leaders()).containsExactly("pg1");
    assertThat(site.journals()).isEqualTo(before);
  }

  @Test
  void opensTheOldLeaderAgainWhenTheCandidateStopsApplying() {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = site.replctl().start("switchover", "--to", "pg2", "--yes")) {
        Site.await("a journal", () -> site.journals().size() > before.size());
        site.sql("pg2", "select pg_wal_replay_pause()");

        assertThat(running.result().exits(16).out()).contains("UNDONE");
      }
      assertThat(site.leaders()).containsExactly("pg1");
      probe.awaitMore();
      keptAll(probe);
    } finally {
      site.sql("pg2", "select pg_wal_replay_resume()");
    }
    site.awaitFollowers("pg1");
  }

  @Test
  void handsOverWhileALongQueryRuns() {
    String query = "perform pg_sleep(60)";
    try (ProbeProcess probe = site.writes()) {
      Thread reader = new Thread(() -> longQuery(query));
      reader.start();
      Site.await(
          "the query",
          () ->
              !site.sql(
                      "pg1",
                      "select 1 from pg_stat_activity where query ~ 'sleep.60' and pid <> pg_backend_pid()")
                  .isEmpty());

      site.replctl().run("switchover", "--to", "pg2", "--yes").exits(0);

      assertThat(site.leaders()).containsExactly("pg2");
      probe.awaitMore();
      site.awaitFollowers("pg2");
      site.replctl().run("switchover", "--to", "pg1", "--yes").exits(0);
      probe.awaitMore();
      keptAll(probe);
    }
  }

  private void longQuery(String query) {
    try {
      site.sql("pg1", "do $$ begin " + query + "; end $$");
    } catch (AssertionError ended) {
      // The leader's stop ends it; that is what is tried.
    }
  }

  @Test
  void handsOverWhileTheThirdIsFrozen() {
    try (ProbeProcess probe = site.writes()) {
      site.freeze("pg3");
      Replctl.Result result;
      try {
        result = site.replctl().run("switchover", "--to", "pg2", "--yes");
        probe.awaitMore();
      } finally {
        site.thaw("pg3");
      }
      // Refused before anything was changed, or done with a debt: both are said.
      assertThat(result.code()).as(result.toString()).isIn(0, 10, 12);
      if (result.code() == 12) {
        site.replctl().run("op", "resume").exits(0);
      }
      assertThat(site.leaders()).containsExactly(result.code() == 10 ? "pg1" : "pg2");
      site.awaitFollowers(site.leaders().get(0));
      probe.awaitMore();
      keptAll(probe);
    }
  }

  /** A line of the journal is the plan, a step's intent or its result. */
  @ParameterizedTest
  @CsvSource({
    "1, resume", "2, abort", "4, resume", "6, abort", "8, resume", "10, abort", "11, resume",
    "11, abort", "12, resume", "12, abort", "13, abort", "14, resume", "16, abort", "18, resume"
  })
  void killedAtAnyStepItIsFinishedOrTakenBack(int line, String how) {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = site.replctl().start("switchover", "--to", "pg2", "--yes")) {
        assertThat(site.killAtLine(running, before, line)).as("killed at line " + line).isTrue();
      }

      Replctl.Result result = site.replctl().run("op", how);

      if (how.equals("resume")) {
        result.exits(0);
      } else {
        // Once the candidate may have opened there is no way back but forward.
        assertThat(result.code()).as(result.toString()).isIn(0, 12, 16);
        if (result.code() == 12) {
          site.replctl().run("op", "resume").exits(0);
        }
      }
      assertThat(site.unfinished()).isEmpty();
      List<String> leaders = site.leaders();
      assertThat(leaders).hasSize(1);
      probe.awaitMore();
      site.awaitFollowers(leaders.get(0));
      if (leaders.get(0).equals("pg2")) {
        site.replctl().run("switchover", "--to", "pg1", "--yes").exits(0);
        probe.awaitMore();
      }
      keptAll(probe);
    }
    equalRows("pg1");
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
      assertThat(site.leaders()).containsExactly("pg1");
      assertThat(site.replctl().run("op", "abort").exits(16).out()).contains("UNDONE");
      assertThat(site.leaders()).containsExactly("pg1");
      site.awaitFollowers("pg1");
      probe.awaitMore();
      keptAll(probe);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "HUP"})
  void aHandOverIsFinishedWithAllThatFollowsWhenItIsInterrupted(String signal) {
    List<Path> before = site.journals();
    String begun = "\"step\":\"hand-over\",\"undo\":false";
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = interruptible()) {
        assertThat(site.signalWhen(running, before, j -> j.contains(begun), signal)).isTrue();

        Replctl.Result result = running.result().exits(0);
        assertThat(result.err()).contains("interrupted: the hand-over is not cut");
        assertThat(result.out()).contains("DONE  switchover", "writes stood still for ");
      }
      assertThat(site.leaders()).containsExactly("pg2");
      site.awaitFollowers("pg2");
      probe.awaitMore();
      site.replctl().run("switchover", "--to", "pg1", "--yes").exits(0);
      probe.awaitMore();
      keptAll(probe);
    }
    equalRows("pg1");
  }

  private Replctl.Running interruptible() {
    return site.replctl().withSignals().start("switchover", "--to", "pg2", "--yes");
  }

  private void keptAll(ProbeProcess probe) {
    Map<String, String> verdict = probe.keptAll();
    assertThat(verdict).containsEntry("lost", "0").containsEntry("two_leaders_ms", "0.0");
    System.out.printf(
        "%s: %s rows acknowledged, 0 lost, longest gap %s ms from %s to %s%n",
        site.name(),
        verdict.get("acknowledged"),
        verdict.get("gap_ms"),
        verdict.get("gap_from"),
        verdict.get("gap_to"));
  }

  private void equalRows(String leader) {
    site.awaitFollowers(leader);
    String position = site.sql(leader, "select pg_current_wal_flush_lsn()");
    for (String node : site.nodes()) {
      if (!node.equals(leader)) {
        Site.await(
            node + " has replayed " + position,
            () ->
                site.sql(node, "select pg_last_wal_replay_lsn() >= '" + position + "'")
                    .equals("t"));
      }
    }
  }
}

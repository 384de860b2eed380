package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.BusySession;
import replctl.it.site.Shell;
import replctl.it.site.Site;

/** Handing leadership over while a client writes, on whichever site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SwitchoverCases {
  protected Site site;

  /** Who leads as a case begins, who is to lead next, and the other one. */
  protected String from;

  protected String to;
  private String third;

  abstract Site open();

  /**
   * When replctl is killed, and what is typed then.
   *
   * @param line after so many lines of its journal
   * @param how resume or abort
   */
  record Kill(int line, String how) {}

  /**
   * Kills to try.
   *
   * @param lines of the journal of a whole switchover
   * @param handOver the line with which the hand-over begins
   */
  abstract List<Kill> kills(int lines, int handOver);

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
    from = site.leaders().get(0);
    List<String> others = site.nodes().stream().filter(n -> !n.equals(from)).toList();
    to = others.get(0);
    third = others.get(1);
  }

  /**
   * A way of waiting for followers.
   *
   * @param name of it
   * @param replication as the inventory has it
   * @param waitsFor how the leader's synchronous_standby_names begin then
   */
  record Mode(String name, String replication, String waitsFor) {
    static final Mode ASYNC = new Mode("async", "{mode: async}", "");
    static final Mode SYNC = new Mode("sync", "{mode: sync}", "FIRST 2");
    static final Mode SEMI_SYNC = new Mode("semi-sync", Site.SEMI_SYNC, "ANY 1");
  }

  /** Ways to try. */
  abstract List<Mode> modes();

  @ParameterizedTest
  @MethodSource("modes")
  void losesNothingThereAndBackUnderLoad(Mode mode) {
    String started = site.started(from);
    site.replication(mode.replication());
    site.replctl().run("init", "--yes").exits(0);
    assertThat(site.sql(from, "show synchronous_standby_names")).startsWith(mode.waitsFor());
    assertThat(site.started(from)).isEqualTo(started);
    site.sql(from, "create table if not exists load (word text)");
    try (ProbeProcess probe = site.writes();
        BusySession one = site.busy(from, LOAD);
        BusySession two = site.busy(from, LOAD)) {
      Site.await("load", () -> site.sql(from, "select count(*) > 1000 from load").equals("t"));

      switchesOver(to);
      probe.awaitMore();
      assertThat(List.of(one.output(), two.output())).allMatch(o -> o.contains("terminat"));
      switchesOver(from);
      probe.awaitMore();

      keptAll(mode.name(), probe);
    }
    assertThat(site.sql(from, "show synchronous_standby_names")).startsWith(mode.waitsFor());
    assertThat(site.unfinished()).isEmpty();
    equalRows(from);
    site.sql(from, "drop table load");
  }

  /** Some megabytes a second, in small transactions. */
  private static final String LOAD =
      "do $$ begin loop insert into load select repeat('x', 500) from generate_series(1, 200);"
          + " commit; perform pg_sleep(0.02); end loop; end $$";

  protected final void switchesOver(String candidate) {
    site.replctl().run("switchover", "--to", candidate, "--yes").exits(0);
    assertThat(site.leaders()).containsExactly(candidate);
    site.awaitFollowers(candidate);
  }

  @Test
  void handsOverWhileTheThirdIsFrozen() {
    try (ProbeProcess probe = site.writes()) {
      site.freeze(third);
      Replctl.Result result;
      try {
        result = site.replctl().run("switchover", "--to", to, "--yes");
        probe.awaitMore();
      } finally {
        site.thaw(third);
      }
      // Refused before anything was changed, or done with a debt: both are said.
      assertThat(result.code()).as(result.toString()).isIn(0, 10, 12);
      if (result.code() == 12) {
        site.replctl().run("op", "resume").exits(0);
      }
      assertThat(site.leaders()).containsExactly(result.code() == 10 ? from : to);
      site.awaitFollowers(site.leaders().get(0));
      probe.awaitMore();
      keptAll("frozen third", probe);
    }
  }

  /** A line of the journal is the plan, a step's intent or its result. */
  @TestFactory
  Stream<DynamicTest> killedAtAnyStepItIsFinishedOrTakenBack() {
    List<Path> before = site.journals();
    switchesOver(to);
    List<String> whole =
        site.journals().stream()
            .filter(j -> !before.contains(j))
            .flatMap(j -> Site.lines(j).lines())
            .toList();
    int handOver =
        1
            + whole.indexOf(
                whole.stream()
                    .filter(l -> l.contains("hand-over\",\"undo"))
                    .findFirst()
                    .orElseThrow());
    return kills(whole.size(), handOver).stream()
        .map(
            kill ->
                dynamicTest(
                    kill + " of " + whole.size(),
                    () -> {
                      ready();
                      killed(kill, whole.size());
                    }));
  }

  private void killed(Kill kill, int all) {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running running = site.replctl().start("switchover", "--to", to, "--yes")) {
        // Just before its end it may be faster than the kill.
        assertThat(site.killAtLine(running, before, kill.line()) || kill.line() > all - 3)
            .as(kill.toString())
            .isTrue();
      }
      if (!site.unfinished().isEmpty()) {
        finished(kill.how());
      }
      oneLeads(probe);
      keptAll(kill.toString(), probe);
    }
    equalRows(site.leaders().get(0));
  }

  protected final void begun(Replctl.Running running, List<Path> before) {
    Site.await(
        "a journal", () -> site.journals().size() > before.size() || !running.process().isAlive());
    if (site.journals().size() == before.size()) {
      throw new AssertionError("it ended before it began: " + running.result());
    }
  }

  protected final void oneLeads(ProbeProcess probe) {
    assertThat(site.unfinished()).isEmpty();
    List<String> leaders = site.leaders();
    assertThat(leaders).hasSize(1).containsAnyOf(from, to);
    probe.awaitMore();
    site.awaitFollowers(leaders.get(0));
  }

  @Test
  void killedWhileTheCandidateOpensItGoesForward() {
    KilledPromotion.goesForward(site, from, to);
  }

  @Test
  void anOperatorThatSleptWhileAnotherTookOverDoesNothingMore() {
    List<Path> before = site.journals();
    try (ProbeProcess probe = site.writes()) {
      try (Replctl.Running asleep = site.replctl().start("switchover", "--to", to, "--yes")) {
        assertThat(site.signalWhen(asleep, before, j -> j.lines().count() >= 6, "STOP")).isTrue();
        Replctl other = site.anotherOperator();

        assertThat(other.run("switchover", "--to", to, "--yes").exits(15).err())
            .contains("E-EPOCH-01", "replctl op resume op-");
        other.run("op", "resume").exits(15);
        other.run("op", "resume", "--take-over").exits(0);
        assertThat(site.leaders()).containsExactly(to);

        Shell.run(List.of("kill", "-CONT", Long.toString(asleep.process().pid())));
        assertThat(asleep.result().exits(15).out())
            .contains("OVERTAKEN [E-EPOCH-01]  switchover of shop", "Next: replctl op list");
      }
      oneLeads(probe);
      assertThat(site.leaders()).containsExactly(to);
      keptAll("slept, and taken over", probe);
    }
    equalRows(to);
  }

  protected final void finished(String how) {
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
      assertThat(site.leaders()).containsExactly(to);
      site.awaitFollowers(to);
      probe.awaitMore();
      keptAll("interrupted in the hand-over, " + signal, probe);
    }
    equalRows(to);
  }

  protected final Replctl.Running interruptible() {
    return site.replctl().withSignals().start("switchover", "--to", to, "--yes");
  }

  protected final void keptAll(String what, ProbeProcess probe) {
    probe.keptAll(site.name() + ", " + what);
  }

  protected final void equalRows(String leader) {
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

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.BusySession;
import replctl.it.site.MysqlHosts;
import replctl.it.site.Operations;
import replctl.it.site.Site;

/** replctl is killed while it hands MySQL's leadership over, and clients write. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LabMysqlKilledIT {
  private MysqlHosts hosts;
  private String from;
  private String to;
  private String third;

  @BeforeAll
  void begin() {
    hosts = MysqlHosts.ready();
  }

  @AfterAll
  void end() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void ready() {
    assertThat(hosts.leaders()).hasSize(1);
    from = hosts.leaders().get(0);
    List<String> others = hosts.nodes().stream().filter(n -> !n.equals(from)).toList();
    to = others.get(0);
    third = others.get(1);
    hosts.awaitFollowers(from);
    hosts.awaitCanLead(to);
  }

  private static void kept(String what, ProbeProcess writes) {
    writes.awaitMore();
    writes.keptAll("lab, MySQL, " + what);
  }

  private void finished(String how) {
    Replctl.Result result = hosts.replctl().run("op", how);
    if (how.equals("resume")) {
      result.exits(0);
    } else {
      // Once the candidate may have opened there is no way back but forward.
      assertThat(result.code()).as(result.toString()).isIn(0, 12, 16);
      if (result.code() == 12) {
        hosts.replctl().run("op", "resume").exits(0);
      }
    }
  }

  private void oneLeads() {
    assertThat(hosts.operations().unfinished()).isEmpty();
    assertThat(hosts.leaders()).hasSize(1).containsAnyOf(from, to);
    hosts.awaitFollowers(hosts.leaders().get(0));
  }

  /** A line of the journal is the plan, a step's intent or its result. */
  @TestFactory
  Stream<DynamicTest> atAnyStepItIsFinishedOrTakenBack() {
    List<Path> before = hosts.operations().journals();
    hosts.replctl().run("switchover", "--to", to, "--yes").exits(0);
    List<String> whole =
        hosts.operations().journals().stream()
            .filter(j -> !before.contains(j))
            .flatMap(j -> Operations.lines(j).lines())
            .toList();
    int handOver =
        1
            + whole.indexOf(
                whole.stream()
                    .filter(l -> l.contains("hand-over\",\"undo"))
                    .findFirst()
                    .orElseThrow());
    return Stream.of(
            new Kill(2, "abort"),
            new Kill(handOver, "abort"),
            new Kill(handOver, "resume"),
            new Kill(handOver + 1, "resume"),
            new Kill(whole.size() - 3, "resume"))
        .map(
            kill ->
                dynamicTest(
                    kill + " of " + whole.size(),
                    () -> {
                      ready();
                      killed(kill);
                    }));
  }

  private record Kill(int line, String how) {}

  private void killed(Kill kill) {
    List<Path> before = hosts.operations().journals();
    try (ProbeProcess writes = hosts.writes()) {
      try (Replctl.Running running = hosts.replctl().start("switchover", "--to", to, "--yes")) {
        assertThat(hosts.operations().killAtLine(running, before, kill.line()))
            .as(kill.toString())
            .isTrue();
      }
      finished(kill.how());
      oneLeads();
      kept(kill.toString(), writes);
    }
  }

  /**
   * What stands still there: what the candidate must apply before it may open; or its first
   * transaction, when no position tells it from a follower any more.
   */
  @ParameterizedTest
  @CsvSource({
    "flush tables app.probe with read lock, resume",
    "flush tables app.probe with read lock, abort",
    "lock tables replctl.epoch read, resume",
    "lock tables replctl.epoch read, abort",
  })
  void whileNobodyLeadsOneLeadsInTheEnd(String holds, String how) {
    List<Path> before = hosts.operations().journals();
    try (ProbeProcess writes = hosts.writes()) {
      try (Replctl.Running running = hosts.replctl().start("switchover", "--to", to, "--yes")) {
        begun(running, before);
        try (BusySession lock = hosts.busy(to, holds + "; do sleep(603)")) {
          Site.await("nobody leads", () -> hosts.leaders().isEmpty());
          running.process().destroyForcibly();
          assertThat(running.result().code()).isEqualTo(137);
          assertThat(lock.isAlive()).isTrue();
          end(to, "do sleep(603)");
        }
      }
      finished(how);
      oneLeads();
      kept("killed while nobody leads, " + holds + ", " + how, writes);
    }
  }

  private void begun(Replctl.Running running, List<Path> before) {
    Site.await(
        "a journal",
        () -> hosts.operations().journals().size() > before.size() || !running.process().isAlive());
    if (hosts.operations().journals().size() == before.size()) {
      throw new AssertionError("it ended before it began: " + running.result());
    }
  }

  private void end(String node, String statement) {
    hosts.sql(
        node,
        "select concat('kill ', processlist_id) into @k from performance_schema.threads"
            + " where processlist_info = '"
            + statement
            + "'; prepare k from @k; execute k");
  }

  /** Its own word is not needed: refused before anything was changed, or done with a debt. */
  @Test
  void aThirdNodeThatIsFrozenIsNotWaitedFor() {
    try (ProbeProcess writes = hosts.writes()) {
      Replctl.Result result;
      hosts.lab("freeze", third);
      try {
        result = hosts.replctl().run("switchover", "--to", to, "--yes");
      } finally {
        hosts.lab("heal");
      }
      assertThat(result.code()).as(result.toString()).isIn(0, 10, 12);
      if (result.code() == 12) {
        hosts.replctl().run("op", "resume").exits(0);
      }
      assertThat(hosts.leaders()).containsExactly(result.code() == 10 ? from : to);
      hosts.awaitFollowers(hosts.leaders().get(0));
      System.out.println("lab, MySQL, frozen third: " + result);
      kept("frozen third", writes);
    }
  }
}

package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Nodes that come back, on this machine. */
class LocalRejoinIT extends RejoinCases {
  @Override
  Site open() {
    return LocalSite.open();
  }

  private LocalSite local() {
    return (LocalSite) site;
  }

  @Override
  void kill(String node) {
    local().kill(node);
  }

  @Override
  void start(String node) {
    local().pgCtl(node, "-w", "start");
  }

  @Override
  void stop(String node) {
    local().pgCtl(node, "-m", "fast", "-w", "stop");
  }

  @Override
  void block(String node) {
    site.shell(node, "echo '7 op-1' > " + state(node) + "/fenced");
  }

  @Override
  boolean blocked(String node) {
    return site.shell(node, "ls " + state(node)).lines().anyMatch("fenced"::equals);
  }

  @Override
  String state(String node) {
    return local().data(node).resolveSibling("state").toString();
  }

  @Override
  String configuration(String node) {
    return local().data(node) + "/postgresql.conf";
  }

  /** A line of the journal is the plan, a step's intent or its result. */
  @ParameterizedTest
  @ValueSource(ints = {4, 11})
  @Tag("long")
  void killedAtAnyStepItIsFinished(int line) {
    data = site.sql(old, "show data_directory");
    forget(old);
    brokenOff();
    List<Path> before = site.journals();
    try (Replctl.Running running = site.replctl().start("rejoin", old, "--yes")) {
      assertThat(site.killAtLine(running, before, line)).isTrue();
    }

    site.replctl().run("op", "resume").exits(0);

    isBack();
    assertThat(listed()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {8})
  void takenBackBeforeItsDataIsReplacedItIsAsItWas(int line) {
    data = site.sql(old, "show data_directory");
    forget(old);
    brokenOff();
    List<Path> before = site.journals();
    try (Replctl.Running running = site.replctl().start("rejoin", old, "--by", "clone", "--yes")) {
      assertThat(site.killAtLine(running, before, line)).isTrue();
    }

    Replctl.Result abort = site.replctl().run("op", "abort");

    assertThat(abort.code()).as(abort.toString()).isEqualTo(16);
    assertThat(site.shell(old, "cat " + data + "/PG_VERSION")).isNotEmpty();
    site.replctl().run("rejoin", old, "--yes").exits(0);
    isBack();
  }

  @Test
  void anOldLeaderThatHasNothingMoreJustFollows() {
    site.sql(old, "insert into kept values ('after')");
    promote();
    site.sql(leader, "delete from kept where ctid = (select max(ctid) from kept)");
    String system = site.sql(leader, "select system_identifier from pg_control_system()");

    Replctl.Result dry = site.replctl().run("rejoin", old, "--dry-run").exits(0);
    assertThat(dry.out()).doesNotContain("not by follow", "rewind", "copy");
    Replctl.Result done = site.replctl().run("rejoin", old, "--yes").exits(0);

    isBack();
    assertThat(site.sql(old, "select system_identifier from pg_control_system()"))
        .isEqualTo(system);
    System.out.println(site.name() + ", followed: " + done.out().lines().findFirst().orElse(""));
  }

  /** Data that a rewind left half changed must never run: the next rejoin replaces it. */
  @Test
  void aRewindThatWasCutOffEndsInACopy() {
    data = site.sql(old, "show data_directory");
    forget(old);
    brokenOff();
    site.shell(
        old,
        "echo changing > "
            + state(old)
            + "/rewinding; chown --reference="
            + state(old)
            + " "
            + state(old)
            + "/rewinding");

    assertThat(site.replctl().run("status").out()).contains("a rewind of its data was cut off");
    Replctl.Result done = site.replctl().run("rejoin", old, "--yes").exits(0);

    assertThat(done.out()).contains("the data before is in ");
    isBack();
    forget(old);
  }

  @Test
  void refusesANodeThatTakesWritesBesideTheLeader() {
    cutOff();
    site.sql(leader, "select pg_promote()");
    try {
      Replctl.Result no = site.replctl().run("rejoin", old, "--yes").exits(14);
      assertThat(no.err()).contains("E-SPLIT-01", "replctl fence " + old);
    } finally {
      site.wipe();
    }
  }
}

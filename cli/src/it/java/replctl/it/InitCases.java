package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.Site;

/** Setting up, on whichever site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InitCases {
  Site site;

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

  @Test
  void aDryRunChangesNothingAndInitSetsUpAllAndASecondOneChangesNothing() {
    site.wipe();
    String bare = files();
    Replctl.Result plan = site.replctl().run("init", "--dry-run").exits(0);
    assertThat(plan.out()).contains("pg1").contains("pg2").contains("pg3");
    assertThat(site.leaders()).isEmpty();
    assertThat(site.journals()).isEmpty();
    assertThat(files()).isEqualTo(bare);

    Replctl.Result first = site.replctl().run("init", "--yes").exits(0);

    assertThat(first.out()).contains("DONE  init");
    replicates();
    encrypted();
    String before = fingerprints();
    assertThat(before).contains("pg_hba.conf", "postgresql.auto.conf", "server.key", "passfile");
    Replctl.Result second = site.replctl().run("init", "--yes").exits(0);
    assertThat(second.out()).contains("Nothing to do");
    assertThat(fingerprints()).isEqualTo(before);
  }

  /** Lines of its journal, of about seventy, after which init is killed. */
  abstract List<Integer> killedAfter();

  @TestFactory
  Stream<DynamicTest> killedInTheMiddleItIsResumed() {
    return killedAfter().stream()
        .map(line -> dynamicTest("after line " + line, () -> killedInTheMiddle(line)));
  }

  private void killedInTheMiddle(int line) {
    site.wipe();
    List<Path> before = site.journals();
    try (Replctl.Running init = site.replctl().start("init", "--yes")) {
      assertThat(site.killAtLine(init, before, line)).as("killed at line " + line).isTrue();
    }
    assertThat(site.unfinished()).hasSize(1);

    site.replctl().run("op", "resume").exits(0);

    assertThat(site.unfinished()).isEmpty();
    replicates();
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  final void replicates() {
    assertThat(site.leaders()).containsExactly("pg1");
    site.awaitFollowers("pg1");
    site.sql("pg1", "create table if not exists kept (id int primary key, word text)");
    site.sql("pg1", "insert into kept select coalesce(max(id), 0) + 1, 'row' from kept");
    String rows = site.sql("pg1", "select * from kept order by id");
    assertThat(rows).isNotEmpty();
    for (String follower : List.of("pg2", "pg3")) {
      Site.await(
          "the rows of pg1 on " + follower,
          () -> site.sql(follower, "select * from kept order by id").equals(rows));
    }
  }

  private void encrypted() {
    assertThat(
            site.sql(
                "pg1",
                "select application_name, ssl, version from pg_stat_replication join pg_stat_ssl"
                    + " using (pid) order by 1"))
        .isEqualTo("pg2|t|TLSv1.3\npg3|t|TLSv1.3");
    for (String follower : List.of("pg2", "pg3")) {
      assertThat(site.sql(follower, "select conninfo from pg_stat_wal_receiver"))
          .contains("sslmode=verify-full")
          .contains("passfile=");
      assertThat(site.sql(follower, "show primary_conninfo"))
          .contains("verify-full")
          .doesNotContain("password=");
    }
    assertThat(
            site.sql(
                "pg1",
                "select rolname, rolsuper from pg_roles where rolname ~ 'replctl' order by 1"))
        .isNotEmpty()
        .doesNotContain("|t");
  }

  private String files() {
    return site.nodes().stream().map(site::files).collect(Collectors.joining("\n"));
  }

  private String fingerprints() {
    return site.nodes().stream()
        .map(node -> node + "\n" + site.fingerprint(node))
        .collect(Collectors.joining("\n"));
  }
}

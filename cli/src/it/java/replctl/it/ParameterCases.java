package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.Site;

/** Parameters of PostgreSQL are changed on all nodes, on whichever site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ParameterCases {
  /** Whatever a shell, SQL or a file of parameters could take for something else. */
  static final String HOSTILE = "a=b 'c' \"d\" \\e $(id) `id`; drop table x; -- ü#%r ";

  protected Site site;
  protected String leader;
  protected List<String> followers;

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
    leader = site.leaders().get(0);
    followers = site.nodes().stream().filter(n -> !n.equals(leader)).toList();
  }

  @AfterEach
  void whole() {
    if (site != null) {
      assertThat(site.unfinished()).isEmpty();
    }
  }

  protected List<String> shown(String name) {
    return site.nodes().stream().map(n -> site.sql(n, "show " + name)).distinct().toList();
  }

  @Test
  @Tag("long")
  void oneThatTakesHoldAtOnceIsSeenOnEachNode() {
    Replctl.Result done = site.replctl().run("parameter", "work_mem=77MB", "--yes").exits(0);
    assertThat(done.out()).contains("DONE", "parameter of shop");
    assertThat(shown("work_mem")).containsExactly("77MB");
    assertThat(site.replctl().run("parameter", "WORK-MEM=78848kB", "--yes").exits(0).out())
        .contains("Nothing to do");
    assertThat(site.replctl().run("parameter", "work_mem").exits(0).out())
        .contains("the same on all", "77MB", "postgresql.auto.conf");
    assertThat(site.replctl().run("parameter", "work_mem", "-o", "json").exits(0).out())
        .contains("\"kind\": \"Parameters\"", "\"raw\": \"78848\"", "\"differs\": false");

    site.replctl().run("parameter", "work_mem=5MB", "--node", followers.get(0), "--yes").exits(0);
    assertThat(site.replctl().run("parameter", "work_mem").exits(0).out())
        .contains("differs", "5MB");

    site.replctl().run("parameter", "work_mem", "--reset", "--yes").exits(0);
    assertThat(shown("work_mem")).containsExactly("4MB");
    assertThat(site.replctl().run("parameter", "work_mem", "--reset", "--yes").exits(0).out())
        .contains("Nothing to do");
  }

  @Test
  void aValueIsDataToItsEnd() {
    site.replctl().run("parameter", "log_line_prefix=" + HOSTILE, "--yes").exits(0);
    for (String node : site.nodes()) {
      assertThat(site.sql(node, "select current_setting('log_line_prefix') || '|'"))
          .isEqualTo(HOSTILE + "|");
    }
    assertThat(
            site.replctl().run("parameter", "log_line_prefix=" + HOSTILE, "--yes").exits(0).out())
        .contains("Nothing to do");
    assertThat(
            site.replctl().run("parameter", "log_line_prefix=a\nfsync=off", "--yes").exits(2).err())
        .contains("control character");
    // A list is one of names, and not one name.
    site.replctl().run("parameter", "search_path=\"$user\", app,public", "--yes").exits(0);
    assertThat(shown("search_path")).containsExactly("\"$user\", app, public");
    site.replctl().run("parameter", "log_line_prefix", "search_path", "--reset", "--yes").exits(0);
    assertThat(shown("search_path")).containsExactly("\"$user\", public");
  }

  @Test
  void whatIsNotTakenChangesNothing() {
    List<String> before = site.nodes().stream().map(site::fingerprint).toList();
    refused("work_mem=lots", "does not take work_mem = lots", "Nothing was changed");
    refused("work_mem=3kB", "does not take", "outside the valid range");
    refused("wrok_mem=4MB", "no parameter wrok_mem", "Did you mean work_mem?");
    refused("synchronous_standby_names=*", "replctl sync");
    refused("primary_conninfo=host=x password=y", "whom a node follows");
    refused("fsync=off", "--weaken fsync");
    refused("archive_command=curl -u a --data token=s3cret x", "password", "file");
    refused("block_size=4096", "can't be changed", "built");
    refused("max_connections=50", "--restart --leader in-place");
    assertThat(site.nodes().stream().map(site::fingerprint).toList()).isEqualTo(before);
    assertThat(site.replctl().run("parameter", "wrok_mem").exits(10).err())
        .contains("Did you mean work_mem?");
  }

  private void refused(String typed, String... words) {
    assertThat(site.replctl().run("parameter", typed, "--yes").exits(10).err())
        .contains("E-PARAMETER-01")
        .contains(words);
  }

  @Test
  @Tag("long")
  void oneThatNeedsAStartWaitsForIt() {
    assertThat(
            site.replctl()
                .run("parameter", "track_activity_query_size=2kB", "--dry-run")
                .exits(0)
                .out())
        .contains(
            "takes hold when the servers of " + site.nodes().get(0), "replctl restart --rolling");
    site.replctl().run("parameter", "track_activity_query_size=2kB", "--yes").exits(0);
    assertThat(shown("track_activity_query_size")).containsExactly("1kB");
    assertThat(site.replctl().run("parameter", "track_activity_query_size").exits(0).out())
        .contains("after a start: 2048");
    site.replctl().run("parameter", "track_activity_query_size", "--reset", "--yes").exits(0);
    assertThat(site.replctl().run("parameter", "track_activity_query_size").exits(0).out())
        .doesNotContain("after a start");
  }

  @Test
  void itIsRaisedOnFollowersFirstAndLoweredOnTheLeaderFirst() {
    int most = Integer.parseInt(site.sql(leader, "show max_connections")) + 20;
    String typed = "max_connections=" + most;
    site.replctl().run("parameter", typed, "--restart", "--yes").exits(0);
    assertThat(shown("max_connections")).containsExactly(Integer.toString(most));
    assertThat(site.leaders()).hasSize(1).doesNotContain(leader);
    String leads = site.leaders().get(0);
    site.awaitFollowers(leads);
    assertThat(site.replctl().run("parameter", typed, "--restart", "--yes").exits(0).out())
        .contains("Nothing to do");

    String less = "max_connections=" + (most - 20);
    assertThat(site.replctl().run("parameter", less, "--restart", "--yes").exits(10).err())
        .contains("would become smaller", "--leader in-place");
    site.replctl().run("parameter", less, "--restart", "--leader", "in-place", "--yes").exits(0);
    assertThat(shown("max_connections")).containsExactly(Integer.toString(most - 20));
    assertThat(site.leaders()).containsExactly(leads);
    site.awaitFollowers(leads);
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  /** A server that does not come up with it comes up as it was, once that is taken back. */
  @Test
  void oneThatKeepsAServerFromStartingIsTakenBack() {
    Replctl.Result cutOff =
        site.replctl()
            .run("parameter", "shared_preload_libraries=no_such_library", "--restart", "--yes")
            .exits(12);
    assertThat(cutOff.out()).contains("INCOMPLETE", "restart " + followers.get(0));
    assertThat(site.leaders()).containsExactly(leader);
    site.replctl().run("op", "abort", "--yes").exits(16);
    assertThat(shown("shared_preload_libraries")).containsExactly("");
    assertThat(site.leaders()).containsExactly(leader);
    site.awaitFollowers(leader);
  }
}

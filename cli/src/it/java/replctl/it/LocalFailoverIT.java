package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import replctl.it.site.BusySession;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Leaders that are neither well nor down, on this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalFailoverIT {
  private LocalSite site;

  @BeforeAll
  void begin() {
    site = LocalSite.open();
  }

  @AfterAll
  void end() {
    site.close();
  }

  /**
   * Without its postmaster a server takes no new session; one that computes goes on to commit. Only
   * async lets it: no process is left that would hear an acknowledgement.
   */
  @Test
  void oneWithoutItsPostmasterGoesOnCommittingAndIsNotDown() {
    site.replication("{mode: async}");
    site.replctl().run("init", "--yes").exits(0);
    site.sql("pg1", "create table t (n int)");
    site.sql(
        "pg1",
        "create procedure go() language plpgsql as $$ begin"
            + " loop insert into t values (1); commit; end loop; end $$");
    site.awaitFollowers("pg1");
    String data = site.data("pg1").toString();
    try (BusySession busy = site.busy("pg1", "call go()")) {
      Site.await("rows", () -> !site.sql("pg1", "select 1 from t limit 1").isEmpty());
      site.shell("pg1", "kill -9 $(head -1 " + data + "/postmaster.pid)");

      // Whether what it still commits would be lost is not known, so nothing is done by itself.
      assertThat(site.replctl().run("failover", "--yes").exits(13).err())
          .contains("[E-LOSS-01] what would be lost is not known", "Nothing was changed.");
      assertThat(busy.isAlive()).isTrue();

      Replctl.Result done =
          site.replctl()
              .run(
                  "failover",
                  "--leader-is-broken",
                  "no postmaster",
                  "--accept-loss",
                  "any",
                  "--yes");
      done.exits(0);
      assertThat(done.out()).contains("pg1 is closed: stopped");
      assertThat(busy.output()).contains("server closed the connection");
      String left =
          "for p in /proc/[0-9]*; do [ \"$(readlink $p/cwd)\" != " + data + " ] || echo $p; done";
      assertThat(site.shell("pg1", left)).isEmpty();
      assertThat(site.leaders()).hasSize(1).doesNotContain("pg1");
    }
  }
}

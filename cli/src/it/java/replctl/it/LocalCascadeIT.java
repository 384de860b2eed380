package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/**
 * Four nodes on this machine: pg1 leads, pg2 follows, pg3 cascades from pg2, pg4 applies an hour
 * later; while a client writes, leadership goes to pg2, back, and then is lost.
 */
@Tag("long")
class LocalCascadeIT {
  private static final String FROM =
      "select coalesce(max(sender_port::text), '') from pg_stat_wal_receiver";

  @Test
  void aCascadeAndADelayedFollowerComeThroughEveryChangeOfLeader() {
    try (LocalSite site = LocalSite.open()) {
      site.declare("pg4");
      site.declare("pg3", "cascade_from: pg2");
      site.declare("pg4", "delay: 1h", "failover: never");
      site.replctl().run("init", "--yes").exits(0);
      receives(site, "pg2", "pg1");
      receives(site, "pg3", "pg2");
      receives(site, "pg4", "pg1");
      assertThat(site.sql("pg4", "show recovery_min_apply_delay")).isEqualTo("1h");
      assertThat(slots(site, "pg1")).isEqualTo("replctl_pg2 replctl_pg4");
      assertThat(slots(site, "pg2")).isEqualTo("replctl_pg3");
      assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");

      Map<String, String> kept;
      try (ProbeProcess probe = site.writes()) {
        probe.awaitMore();
        switchesOver(site);
        probe.awaitMore();
        failsOver(site);
        probe.awaitMore();
        kept = probe.keptAll();
      }
      System.out.println("LocalCascadeIT: " + kept);
    }
  }

  private static void switchesOver(LocalSite site) {
    assertThat(site.replctl().run("switchover", "--to", "pg4", "--yes").exits(10).err())
        .contains("pg4 can't lead");
    site.replctl().run("switchover", "--to", "pg2", "--yes").exits(0);
    receives(site, "pg1", "pg2");
    receives(site, "pg3", "pg2");
    toldToReceive(site, "pg4", "pg2");
    // It applies nothing of it yet.
    assertThat(site.sql("pg4", "select pg_is_in_recovery()")).isEqualTo("t");

    site.replctl().run("switchover", "--to", "pg1", "--yes").exits(0);
    receives(site, "pg2", "pg1");
    receives(site, "pg3", "pg2");
    toldToReceive(site, "pg4", "pg1");
    assertThat(slots(site, "pg2")).isEqualTo("replctl_pg3");
    assertThat(slots(site, "pg1")).isEqualTo("replctl_pg2 replctl_pg4");
  }

  private static void failsOver(LocalSite site) {
    site.sql("pg1", "create table last as select 1 as one");
    Site.await("pg2 has it", () -> there(site, "pg2"));
    site.kill("pg1");

    site.replctl().run("failover", "--to", "pg2", "--leader-is-broken", "killed", "--yes").exits(0);

    assertThat(site.leaders()).containsExactly("pg2");
    assertThat(there(site, "pg2")).isTrue();
    receives(site, "pg3", "pg2");
    Site.await("pg3 has it", () -> there(site, "pg3"));
    toldToReceive(site, "pg4", "pg2");
    assertThat(there(site, "pg4")).isFalse();
    site.replctl().run("rejoin", "pg1", "--yes").exits(0);
    receives(site, "pg1", "pg2");
  }

  private static boolean there(LocalSite site, String node) {
    return site.sql(node, "select to_regclass('last') is not null").equals("t");
  }

  private static void receives(LocalSite site, String node, String from) {
    String port = site.address(from).replaceAll(".*:", "");
    Site.await(node + " receives from " + from, () -> site.sql(node, FROM).equals(port));
  }

  /** It receives nothing from elsewhere, and begins there once it has applied what it has. */
  private static void toldToReceive(LocalSite site, String node, String from) {
    String port = site.address(from).replaceAll(".*:", "");
    assertThat(site.sql(node, "show primary_conninfo")).contains("port=" + port + " ");
    assertThat(site.sql(node, FROM)).isIn("", port);
    assertThat(slots(site, from)).contains("replctl_" + node);
  }

  private static String slots(LocalSite site, String node) {
    return site.sql(
        node, "select string_agg(slot_name, ' ' order by slot_name) from pg_replication_slots");
  }
}

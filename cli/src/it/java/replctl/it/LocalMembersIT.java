package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import replctl.it.probe.ProbeProcess;
import replctl.it.site.LocalSite;
import replctl.it.site.Site;

/** Nodes join and leave on this machine, while a client writes. */
@Tag("long")
class LocalMembersIT {
  private static final String NAMES = "show synchronous_standby_names";

  @Test
  void aFourthNodeJoinsAnotherLeavesAndComesBack() {
    try (LocalSite site = LocalSite.open()) {
      site.ready();
      Map<String, String> kept;
      try (ProbeProcess probe = site.writes()) {
        joins(site, "pg4");
        leaves(site, "pg3");
        comesBack(site, "pg3");
        probe.awaitMore();
        kept = probe.keptAll();
      }
      System.out.println("LocalMembersIT: " + kept);
    }
  }

  private static void joins(LocalSite site, String node) {
    site.declare(node);
    for (String verb : new String[] {"init", "switchover"}) {
      Replctl.Result no = site.replctl().run(verb, "--yes").exits(10);
      assertThat(no.err()).contains("E-VOTERS-01", "replctl add " + node);
    }

    site.replctl().run("add", node, "--yes").exits(0);

    site.awaitFollowers("pg1");
    assertThat(slots(site)).contains("replctl_" + node);
    assertThat(site.sql("pg1", NAMES)).isEqualTo("ANY 1 (\"pg2\", \"pg3\", \"pg4\")");
    assertThat(site.sql("pg2", NAMES)).contains("\"pg4\"");
    for (String each : site.nodes()) {
      assertThat(epoch(site, each))
          .contains("votes yes", "\"voters\":[\"pg1\",\"pg2\",\"pg3\",\"pg4\"]");
    }
    assertThat(site.replctl().run("add", node, "--yes").exits(0).out()).contains("Nothing to do");
  }

  private static void leaves(LocalSite site, String node) {
    assertThat(site.replctl().run("remove", "pg1", "--yes").exits(10).err())
        .contains("pg1 leads", "replctl switchover");

    site.replctl().run("remove", node, "--yes").exits(0);

    assertThat(slots(site)).doesNotContain("replctl_" + node);
    assertThat(site.sql("pg1", NAMES)).isEqualTo("ANY 1 (\"pg2\", \"pg4\")");
    for (String each : site.nodes()) {
      assertThat(epoch(site, each))
          .contains("\"voters\":[\"pg1\",\"pg2\",\"pg4\"]", "\"ackers\":[\"pg2\",\"pg4\"]");
    }
    // Started by somebody who does not know, it is a copy that nobody writes to or waits for.
    site.pgCtl(node, "-w", "start");
    assertThat(site.sql(node, "select pg_is_in_recovery()")).isEqualTo("t");
    assertThat(
            site.sql(node, "select count(*) from pg_stat_wal_receiver where status = 'streaming'"))
        .isEqualTo("0");
    site.replctl().run("remove", node, "--yes").exits(0);
    assertThat(site.shell(node, "ls " + site.data(node))).doesNotContain("postmaster.pid");
    assertThat(site.replctl().run("remove", node, "--yes").exits(0).out())
        .contains("Nothing to do");

    site.undeclare(node);
    assertThat(site.replctl().run("init", "--yes").exits(0).out()).contains("Nothing to do");
  }

  private static void comesBack(LocalSite site, String node) {
    site.declare(node);

    site.replctl().run("add", node, "--yes").exits(0);

    Site.await("it follows", () -> site.allFollow("pg1"));
    assertThat(site.sql("pg1", NAMES)).isEqualTo("ANY 1 (\"pg2\", \"pg3\", \"pg4\")");
    assertThat(epoch(site, node)).contains("votes yes", "\"pg4\",\"pg3\"]");
    assertThat(site.leaders()).containsExactly("pg1");
  }

  private static String slots(LocalSite site) {
    return site.sql("pg1", "select string_agg(slot_name, ' ') from pg_replication_slots");
  }

  private static String epoch(LocalSite site, String node) {
    return site.shell(node, "cat " + site.data(node).resolveSibling("state") + "/epoch");
  }
}

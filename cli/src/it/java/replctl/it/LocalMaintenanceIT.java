package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import replctl.it.site.LocalSite;

/** Hands off, on this machine: nothing is changed unless it is typed, and then it is. */
class LocalMaintenanceIT {
  @Test
  void handsAreKeptOffUntilSomebodyTypesThatHeKnows() {
    try (LocalSite site = LocalSite.open()) {
      site.ready();
      assertThat(site.replctl().run("maintenance", "off", "--yes").exits(0).out())
          .contains("Nothing to do");

      site.replctl()
          .run("maintenance", "on", "--for", "2h", "--reason", "new disks: \"a\" & b", "--yes")
          .exits(0);

      for (String node : site.nodes()) {
        assertThat(epoch(site, node))
            .contains(
                "\"reason\":\"new disks: \\\"a\\\" & b\"", "\"limitMs\":7200000", "\nhands op-");
      }
      assertThat(site.replctl().run("status").exits(0).out())
          .contains("   maintenance   ")
          .containsPattern(
              "maintenance hands off, by \\S+@\\S+, begun [0-9]+ s ago, for 2 h \\(new disks: \"a\""
                  + " & b\\); next: replctl maintenance off shop");
      assertThat(site.replctl().run("status", "-o", "json").exits(0).out())
          .contains("\"inForce\": true", "\"limitSeconds\": 7200");
      refused(site);
      withTheWord(site);
      ends(site);
    }
  }

  private static void refused(LocalSite site) {
    List<String> before = List.of(site.fingerprint("pg1"), site.fingerprint("pg2"));
    for (String line :
        List.of(
            "switchover --to pg2",
            "failover --leader-is-broken slow",
            "sync --acks 0",
            "remove pg3",
            "rejoin pg3 --by clone")) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      words.add("--yes");
      Replctl.Result no = site.replctl().run(words.toArray(String[]::new)).exits(10);
      assertThat(no.err())
          .as(line)
          .contains("[E-MAINTENANCE-01] shop is under maintenance by ", "Nothing was changed.")
          .contains("the same with --in-maintenance", "replctl maintenance off shop");
    }
    assertThat(site.leaders()).containsExactly("pg1");
    assertThat(List.of(site.fingerprint("pg1"), site.fingerprint("pg2"))).isEqualTo(before);
  }

  private static void withTheWord(LocalSite site) {
    site.replctl().run("fence", "pg3", "--yes").exits(0);
    site.replctl().run("unfence", "pg3", "--yes").exits(0);
    site.replctl().run("rejoin", "pg3", "--in-maintenance", "--yes").exits(0);
    site.replctl().run("switchover", "--to", "pg2", "--in-maintenance", "--yes").exits(0);
    assertThat(site.leaders()).containsExactly("pg2");
    // It outlives the change of leader, and whoever else wrote a record.
    site.replctl().run("switchover", "--to", "pg1", "--yes").exits(10);
    assertThat(epoch(site, "pg1")).contains("\"leader\":\"pg2\"", "\nhands op-");
  }

  private static void ends(LocalSite site) {
    assertThat(site.replctl().run("maintenance", "off", "--dry-run").exits(0).out())
        .contains("it ends this one: shop is under maintenance by ");
    site.replctl().run("maintenance", "off", "--yes").exits(0);
    for (String node : site.nodes()) {
      assertThat(epoch(site, node)).doesNotContain("hands", "\"maintenance\"");
    }
    assertThat(site.replctl().run("status").exits(0).out()).doesNotContain("maintenance");
    site.replctl().run("maintenance", "on", "--for", "1ms", "--yes").exits(0);
    assertThat(site.replctl().run("status").exits(0).out())
        .contains("and was meant for 0 s: it is over by itself; next: replctl maintenance");
    site.replctl().run("switchover", "--to", "pg1", "--yes").exits(0);
    assertThat(site.leaders()).containsExactly("pg1");
    site.replctl().run("maintenance", "off", "--yes").exits(0);
  }

  private static String epoch(LocalSite site, String node) {
    return site.shell(node, "cat " + site.data(node).resolveSibling("state") + "/epoch");
  }
}

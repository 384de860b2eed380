package replctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import replctl.inventory.NodeName;
import replctl.playbooks.snapshot.Snapshot;

class WhyPrinterTest {
  private static String why(Snapshot seen, String node) {
    return Rendered.plain(new WhyPrinter(Shop.look(seen), new NodeName(node))::lines);
  }

  @Test
  void saysWhyAFollowerIsBehind() {
    assertThat(why(Shop.SEEN, "pg3"))
        .isEqualTo(
            """
            shop/pg3   follower   streaming
            from        receives from pg1
            lag         3.2 MiB, 1.4 s behind: replay waits for a query of pid 812, 41 s old
            leading     FAIL applies-freely: replay waits for a query of pid 812, 41 s old
            """);
  }

  @Test
  void saysThatNothingIsWrong() {
    assertThat(why(Shop.SEEN, "pg2"))
        .endsWith(
            """
            leading     could lead: every rule passes it
            found       nothing is wrong with it
            """);
  }

  @Test
  void namesEveryRuleThatKeepsANodeFromLeadingAndWhatIsOwed() {
    assertThat(why(Shop.owing(), "pg4"))
        .startsWith(
            """
            shop/pg4   unknown   silent
            host        took the connection and said nothing for 2 s
            """)
        .contains("\nfound       warning: nothing is known of it: ")
        .contains(
            "owed        its closing is still to be proven on its own disk; next: ",
            "leading     FAIL may-lead: failover: never\n",
            "leading     unknown ");
  }

  @Test
  void theLeaderLeads() {
    assertThat(why(Shop.SEEN, "pg1"))
        .isEqualTo(
            """
            shop/pg1   leader   writable
            leading     it leads
            found       nothing is wrong with it
            """);
    assertThat(Json.of(new WhyPrinter(Shop.look(Shop.SEEN), new NodeName("pg1")).doc()))
        .contains("\"kind\": \"Why\"", "\"eligible\": null", "\"owed\": false");
  }
}

package replctl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replctl.cli.InProcess;
import replctl.cli.InProcess.Result;

class InventoryVerbTest {
  private static final String TWO =
      """
      version: 1
      clusters:
        shop:
          engine: postgresql
          replication: {mode: semi-sync, acks: 1, on_lost_sync: block}
          nodes:
            pg1: {host: a.example.net, region: us-east, leader: true}
            pg2: {host: b.example.net, region: us-west, priority: 20}
            pg3: {host: c.example.net, failover: never, cascade_from: pg2}
        blog:
          engine: mysql
          nodes:
            my1: {host: d.example.net}
            my2: {host: e.example.net}
            my3: {host: f.example.net}
      """;

  @TempDir Path folder;

  private InProcess with(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("replctl.yaml"), text);
    return InProcess.plain().with("REPLCTL_INVENTORY", file.toString());
  }

  @Test
  void showsItWithDefaults() throws IOException {
    Result result = with(TWO).run("inventory", "show");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            shop   postgresql   semi-sync, 1 ack
            NODE  HOST           PORT  REGION   PRIORITY  FAILOVER  FOLLOWS
            pg1   a.example.net  5432  us-east        50  allowed   (first leader)
            pg2   b.example.net  5432  us-west        20  allowed
            pg3   c.example.net  5432                 50  never     pg2

            blog   mysql   semi-sync, 1 ack
            NODE  HOST           PORT  PRIORITY  FAILOVER
            my1   d.example.net  3306        50  allowed
            my2   e.example.net  3306        50  allowed
            my3   f.example.net  3306        50  allowed
            """);
  }

  @Test
  void namesAreClusterAndNode() throws IOException {
    assertThat(with(TWO).run("inventory", "show", "-o", "name", "-c", "blog").out())
        .isEqualTo("blog/my1\nblog/my2\nblog/my3\n");
  }

  @Test
  void neverShowsASecret() throws IOException {
    String text =
        TWO.replace("engine: mysql", "engine: mysql\n    database: {user: r, password: hunter22}");
    for (String format : new String[] {"table", "wide", "json", "yaml", "name"}) {
      Result result = with(text).run("inventory", "show", "-o", format);

      assertThat(result.code()).isZero();
      assertThat(result.out() + result.err()).doesNotContain("hunter22");
    }
  }

  @Test
  void aGoodOneIsCounted() throws IOException {
    InProcess shop = with(TWO);
    Result result = shop.run("inventory", "validate");

    assertThat(result.code()).isZero();
    assertThat(result.out()).endsWith("replctl.yaml: ok, 2 clusters, 6 nodes, 2 warnings\n");
  }

  @Test
  void aBadOneIs78WithEveryProblem() throws IOException {
    String text = TWO.replace("acks: 1", "aks: 1").replace("port", "prot");
    Result result = with(text).run("inventory", "validate");

    assertThat(result.code()).isEqualTo(78);
    assertThat(result.out()).contains("replctl.yaml:5:").contains("did you mean \"acks\"?");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void otherVerbsRefuseABadOne() throws IOException {
    Result result = with(TWO.replace("acks: 1", "aks: 1")).run("inventory", "show");

    assertThat(result.code()).isEqualTo(78);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("replctl: the inventory can't be used\n");
  }

  @Test
  void noneIs78AndSaysWhereItLooked() {
    Result result = InProcess.plain().with("HOME", folder.toString()).run("inventory", "show");

    assertThat(result.code()).isEqualTo(78);
    assertThat(result.err())
        .startsWith(
            "replctl: no inventory. Looked at replctl.yaml, " + folder + "/.config/replctl/");
  }

  @Test
  void anUnknownClusterIsUsage() throws IOException {
    Result result = with(TWO).run("inventory", "show", "-c", "shp");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no cluster shp").contains("it has shop, blog");
  }
}

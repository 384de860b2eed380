package replctl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.cli.InProcess;
import replctl.cli.InProcess.Result;
import replctl.cli.wiring.Backend;

/** Verbs of a cluster whose hosts all refuse: what they print and what they end with. */
class ClusterVerbsTest {
  private static final String TWO =
      """
      version: 1
      clusters:
        shop:
          engine: postgresql
          nodes:
            pg1: {host: a.example.net, leader: true}
            pg2: {host: b.example.net}
            pg3: {host: c.example.net}
        blog:
          engine: mysql
          nodes:
            my1: {host: d.example.net, leader: true}
            my2: {host: e.example.net}
            my3: {host: f.example.net}
      """;

  @TempDir Path folder;

  private InProcess with(Backend backend) throws IOException {
    Path file = Files.writeString(folder.resolve("replctl.yaml"), TWO);
    return new InProcess(
        Map.of("REPLCTL_INVENTORY", file.toString(), "XDG_STATE_HOME", folder.toString()), backend);
  }

  private Result refused(String line) throws IOException {
    return with(RefusingHosts::open).run(line.split(" "));
  }

  @Test
  void aJournalThatCanNotBeReadIsNamedAndBlocks() throws IOException {
    Path journal = folder.resolve("replctl/operations/shop/op-1.jsonl");
    Files.createDirectories(journal.getParent());
    Files.writeString(journal, "{\"schema\":0}\n");

    Result result = with(Backend.real()).run("op", "list", "-c", "shop");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("replctl: the journal of op-1 of shop, line 1: ")
        .contains("Nothing was changed.\n")
        .endsWith("      then move operations/shop/op-1.jsonl out of replctl's state folder\n");
  }

  @ParameterizedTest
  @CsvSource({
    "status shop, 69",
    "status -c shop, 69",
    "status shop -o json, 69",
    "status shop --watch --count 2 --every 1ms, 69",
    "topology shop, 69",
    "lag shop --watch --count 1 -o json, 69",
    "candidates shop, 0",
    "status, 2",
    "status shp, 2",
    "status shop -c blog, 2",
    "switchover shop, 69",
    "switchover shop --to pg9, 2",
    "plan switchover shop --out /nonexistent/p, 69",
    "plan, 2",
    "op, 2",
    "op list -c shop, 0",
    "op show op-1 -c shop, 2",
    "apply /nonexistent, 2",
    "sync shop --acks 1 --yes, 10",
    "sync shop --acks one, 2",
    "sync shop --acks -1, 2",
    "failover shop --acks 0 --yes, 10",
    "failover shop --acks 99999999999, 2",
    "maintenance, 2",
    "maintenance on shop --for 0, 2",
    "maintenance on shop --for 2x, 2",
    "maintenance on shop, 10",
    "maintenance off shop, 10",
  })
  void endWith(String line, int code) throws IOException {
    assertThat(refused(line)).satisfies(r -> assertThat(r.code()).as("%s", r).isEqualTo(code));
  }

  @Test
  void aReasonThatIsNoLineIsRefused() throws IOException {
    for (String reason : List.of("a\nb", "\u001b[31m", "x".repeat(201))) {
      Result result =
          with(RefusingHosts::open).run("maintenance", "on", "shop", "--reason", reason);

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).startsWith("replctl: --reason: one line of at most 200 characters");
    }
  }

  @Test
  void statusSaysWhatIsNotKnown() throws IOException {
    Result result = refused("status shop");

    assertThat(result.out())
        .startsWith("shop   postgresql   semi-sync, 1 ack   unknown: no node answers\n")
        .contains("pg1   unknown  refused  unknown\n      warning: ")
        .contains(
            "\ndurability  not known: no leader is seen\nready       not known: no leader is seen\ncluster     critical: ");
    assertThat(result.err())
        .isEqualTo("replctl: no node of shop answers\nNext: replctl status shop --timeout 20s\n");
  }

  @Test
  void aRefusalIsFoundUnchangedNext() throws IOException {
    Result result = refused("switchover shop --yes");

    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("REFUSED [E-REACH-01] no node is seen to take writes; no answer from pg1")
        .endsWith("\nNothing was changed.\nNext: replctl status shop\n");
  }

  @Test
  void aRefusalIsDataWhereDataWasAskedFor() throws IOException {
    assertThat(refused("switchover shop --yes -o json").err())
        .contains("\"kind\": \"Error\"", "\"code\": \"E-REACH-01\"", "\"exitCode\": 69")
        .contains("\"unchanged\": \"Nothing was changed.\"");
  }

  @Test
  void whatCannotBeChangedYetIsSaid() throws IOException {
    Result result = with(Backend.real()).run("switchover", "blog", "--yes");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("cluster blog is mysql, which this version can look at and not change yet")
        .contains("replctl status blog");
  }

  @Test
  void aSecretThatIsNotThereIsSaidBeforeAnyHostIsAskedOrChanged() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("one.yaml"),
            """
            version: 1
            clusters:
              shop:
                engine: postgresql
                replication: {mode: async}
                database: {password: {file: secrets/shop}}
                nodes:
                  pg1: {host: a.example.net, leader: true}
            """);
    Result result =
        new InProcess(Map.of("XDG_STATE_HOME", folder.toString()), Backend.real())
            .run("init", "--yes", "-i", file.toString());

    assertThat(result)
        .isEqualTo(
            new Result(
                78,
                "",
                "replctl: secret database-password: "
                    + folder.resolve("secrets/shop")
                    + ": there is no such file\n"
                    + "Nothing was changed.\n"
                    + "Next: put it there, readable by you alone, or correct the inventory; then"
                    + " the same again\n"
                    + "      replctl inventory show -o yaml\n"));
  }

  @Test
  void namesForCompletionComeFromTheInventory() throws IOException {
    assertThat(refused("__complete cluster --").out()).isEqualTo("shop\tpostgresql\nblog\tmysql\n");
    assertThat(refused("__complete node -- switchover -c blog").out())
        .isEqualTo("my1\td.example.net\nmy2\te.example.net\nmy3\tf.example.net\n");
    assertThat(InProcess.plain().run("__complete", "node", "--", "-i", "/nonexistent"))
        .isEqualTo(new Result(78, "", ""));
  }

  @Test
  void anErrorInReplctlIsNotAStackTrace() throws IOException {
    InProcess broken =
        with(
            (inventory, cluster, environment) -> {
              throw new IllegalStateException("sky fell");
            });

    assertThat(broken.run("status", "shop").err())
        .isEqualTo(
            """
            replctl: an error in replctl itself (IllegalStateException: sky fell)
            Next: the same with --debug, and report it
            """);
    assertThat(broken.run("status", "shop", "--debug").err()).contains("\tat replctl.cli.");
  }
}

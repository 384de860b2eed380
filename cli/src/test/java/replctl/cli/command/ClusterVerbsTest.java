package replctl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replctl.cli.InProcess;
import replctl.cli.InProcess.Result;
import replctl.cli.wiring.Backend;
import replctl.cli.wiring.InventorySum;
import replctl.cli.wiring.Session;
import replctl.inventory.ClusterName;
import replctl.inventory.Inventory;
import replctl.inventory.yaml.InventoryReader;
import replctl.playbooks.plan.Basis;
import replctl.playbooks.plan.Plan;
import replctl.playbooks.plan.PlanJson;
import replctl.playbooks.real.keep.FileStore;
import replctl.playbooks.world.World;

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

  @Test
  void aStateFolderThatCanNotBeUsedIsNamed() throws IOException {
    Path flat = Files.writeString(folder.resolve("replctl"), "not a folder");

    Result result = with(Backend.real()).run("op", "list", "-c", "shop");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("replctl: cannot list " + flat + "/operations/shop: ")
        .endsWith("      then, since an operation may not be over: replctl op list\n");
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
    "doctor shop, 69",
    "status shop --quiet, 69",
    "status shop --watch --notify-changes, 2",
    "check shop, 3",
    "check, 3",
    "check shp, 3",
    "check shop blog, 3",
    "check shop/pg1 pg2, 3",
    "check shop --check lag --check disk, 3",
    "'check shop --only lag,role -o json', 3",
    "check shop --only lagg, 3",
    "check shop --warning lag, 3",
    "check shop --warning=lag=1 --critical=lag=2 --critical=disk=~:9%, 3",
    "check -c shop pg1, 3",
    "check -i /nonexistent, 3",
    "-o xml check, 3",
    "check --bogus, 3",
    "metrics, 69",
    "metrics shop, 69",
    "metrics shop -o json, 2",
    "metrics shop --textfile /nonexistent/replctl.prom, 1",
    "history shop, 0",
    "history --limit 0, 2",
    "doctor shop --privileges, 0",
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
    "rehearse shop, 69",
    "rehearse shop --to pg9, 2",
    "switchback shop, 10",
    "restart, 2",
    "restart shop/pg1, 69",
    "restart shop/pg1 --rolling, 2",
    "restart --rolling -c shop, 69",
    "restart --rolling -c shop --leader never, 2",
    "restart --rolling -c shop --without pg9, 2",
    "restart --rolling -c shop --leader leave --to pg2, 2",
    "restart shop/pg3 --to pg2, 2",
    "restart shop/pg3 --without pg2, 2",
    "plan restart --rolling -c blog, 69",
    "stop, 2",
    "stop shop/pg2, 69",
    "stop shop/pg9, 2",
    "start, 2",
    "start shop/pg2 --yes, 69",
    "start blog/my2, 69",
    "rotate, 2",
    "rotate password shop, 69",
    "rotate password shop --without pg9, 2",
    "rotate certificate shop, 69",
    "rotate certificate shop/pg1 shop/pg2, 69",
    "rotate certificate shop/pg9, 2",
    "rotate certificate shop/pg1 blog/my1, 2",
    "rotate certificate shop --authority, 69",
    "rotate certificate shop/pg1 --authority, 2",
  })
  void endWith(String line, int code) throws IOException {
    assertThat(refused(line)).satisfies(r -> assertThat(r.code()).as("%s", r).isEqualTo(code));
  }

  /** Monitors read stdout, and know four codes. */
  @ParameterizedTest
  @CsvSource({
    "check shop, no node of shop answers",
    "check, which cluster?",
    "check shop --bogus, there is no option --bogus",
    "--timeout never check shop, Invalid value for option '--timeout'",
    "-c=check check, no cluster check in",
  })
  void aPluginSaysOnStdoutWhatItDoesNotKnow(String line, String why) throws IOException {
    Result result = refused(line);

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.out()).startsWith("REPLCTL UNKNOWN - ").contains(why);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void anErrorInReplctlIsUnknownToAMonitor() throws IOException {
    InProcess broken =
        with(
            (inventory, cluster, environment) -> {
              throw new IllegalStateException("sky fell | 'lag'=0");
            });

    assertThat(broken.run("check", "shop").out())
        .startsWith(
            "REPLCTL UNKNOWN - an error in replctl itself (IllegalStateException: sky fell /"
                + " 'lag'=0)\n");
    assertThat(broken.run("check", "shop").code()).isEqualTo(3);
  }

  /** Its metrics are there for whoever alerts on what is not seen. */
  @Test
  void metricsOfWhatDoesNotAnswerAreWritten() throws IOException {
    Path file = folder.resolve("replctl.prom");
    Files.writeString(file, "old");

    assertThat(refused("metrics shop --textfile " + file)).isEqualTo(new Result(69, "", ""));
    assertThat(Files.readString(file))
        .contains("replctl_node_up{cluster=\"shop\",node=\"pg1\"} 0\n")
        .doesNotContain("replctl_look_timestamp_seconds{")
        .endsWith("# EOF\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void onlyChangesAreTold() throws IOException {
    Path state = folder.resolve("state");
    InProcess replctl =
        with(
            (inventory, cluster, environment) -> {
              Session hosts = RefusingHosts.open(inventory, cluster, environment);
              World all = hosts.world();
              World kept =
                  new World(
                      all.clock(),
                      all.ids(),
                      all.fanout(),
                      all.hosts(),
                      all.sql(),
                      new FileStore(state),
                      all.vault());
              return new Session(inventory, cluster, kept, hosts.engine(), () -> {});
            });

    assertThat(replctl.run("check", "shop", "--notify-changes").out()).isNotEmpty();
    assertThat(replctl.run("check", "shop", "--notify-changes")).isEqualTo(new Result(3, "", ""));
    assertThat(replctl.run("check", "shop", "--notify-changes", "--check", "lag").out())
        .as("another look has another last time")
        .isNotEmpty();
    assertThat(replctl.run("status", "shop", "--notify-changes").out()).isNotEmpty();
    assertThat(replctl.run("status", "shop", "--notify-changes").out()).isEmpty();
    assertThat(replctl.run("status", "shop").out()).isNotEmpty();
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
            """

            durability  not known: no leader is seen
            ready       not known: no leader is seen
            cluster     critical: \
            """);
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

  /** A plan is good for the inventory that was reviewed with it; no host is asked before. */
  @Test
  void aPlanOfAnotherInventoryIsRefused() throws IOException {
    InProcess replctl = with(RefusingHosts::open);
    Path file = folder.resolve("replctl.yaml");
    Inventory reviewed = new InventoryReader(folder).read(file).inventory().orElseThrow();
    ClusterName shop = new ClusterName("shop");
    ObjectNode written =
        PlanJson.write(
            new Plan(
                "op-1",
                "switchover --to pg2",
                shop,
                new Basis(Instant.EPOCH, new TreeMap<>()),
                List.of(),
                List.of()));
    written.put("inventory", InventorySum.of(reviewed, shop));
    Path plan = Files.writeString(folder.resolve("plan.json"), written.toString());
    assertThat(replctl.run("apply", plan.toString()).err()).contains("the cluster moved since");

    Files.writeString(file, TWO.replace("b.example.net", "evil.example.net"));
    assertThat(replctl.run("apply", plan.toString()))
        .isEqualTo(
            new Result(
                10,
                "",
                "REFUSED [E-PLAN-01] what the inventory says of shop has changed since the plan was"
                    + " made at 1970-01-01T00:00:00Z.\nNothing was changed.\n"
                    + "Next: replctl plan switchover --to pg2 shop, with the options that were"
                    + " typed for this one\n"));
    Files.writeString(file, TWO.replace("d.example.net", "x.example.net"));
    assertThat(replctl.run("apply", plan.toString()).err()).contains("the cluster moved since");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[[[[",
        "{\"kind\": \"Plan\"}",
        "{\"kind\": \"Plan\", \"schema\": 1e300}",
        "{\"kind\": \"Plan\", \"schema\": 1, \"cluster\": \"../x\", \"phases\": [[]]}"
      })
  void whatIsNoPlanIsNamed(String text) throws IOException {
    Path plan = Files.writeString(folder.resolve("plan.json"), text);

    Result result = with(RefusingHosts::open).run("apply", plan.toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("replctl: " + plan + " is no plan: ");
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

  /** Nobody is asked: the hosts do not exist. */
  @Test
  void whatMustBeGrantedIsKnownFromTheInventory() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("granted.yaml"),
            """
            version: 1
            clusters:
              shop:
                engine: postgresql
                ssh: {user: dba}
                database: {user: watcher}
                nodes:
                  pg1: {host: a.invalid, leader: true, service: postgresql@17-main}
                  pg2: {host: b.invalid, service: postgresql-17}
                  pg3: {host: c.invalid, config_directory: /etc/postgresql/17/main}
              blog:
                engine: mysql
                ssh: {user: ops}
                replication: {mode: async}
                nodes:
                  my1: {host: d.invalid, leader: true}
            """);
    InProcess real = new InProcess(Map.of("XDG_STATE_HOME", folder.toString()), Backend.real());

    Result shop = real.run("doctor", "shop", "--privileges", "-i", file.toString());
    Result blog = real.run("doctor", "blog", "--privileges", "-i", file.toString());

    assertThat(shop.code()).isZero();
    assertThat(shop.out())
        .contains(
            """
            # on pg1, pg3, in /etc/sudoers.d/replctl
            dba ALL=(postgres) NOPASSWD: /usr/bin/bash -s
            """)
        .contains("# on pg2, in /etc/sudoers.d/replctl\n")
        .contains("/usr/bin/systemctl unmask postgresql-17\n")
        .contains("grant pg_monitor to \"watcher\";\n")
        .contains("create role \"replctl_replication\" login replication password '...';\n")
        .doesNotContain("MAJOR");
    assertThat(blog.out())
        .contains("# the unit's name is Debian's; where it is another, declare it")
        .contains("/usr/bin/install -D -m 0644 /dev/stdin /etc/mysql/mysql.conf.d/zz-replctl.cnf\n")
        .contains("# on my1, as root\ninstall -d -o mysql -g mysql -m 700 /var/lib/replctl\n")
        .contains("create user 'mysql'@'localhost' identified with auth_socket;\n")
        .contains("grant REPLICATION SLAVE ON *.* to 'replctl_replication'@'%';\n");
    assertThat(
            real.run("doctor", "shop", "--privileges", "-o", "json", "-i", file.toString()).out())
        .contains("\"kind\": \"Privileges\"", "\"sudoers\": [", "\"name\": \"pg3\"");
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

package replctl.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replctl.it.site.LocalGateways;
import replctl.it.site.LocalSite;
import replctl.it.site.Shell;

/** Clients that come by HAProxy and by PgBouncer, real ones, land on whoever leads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalRedirectIT {
  private LocalSite site;
  private LocalGateways gateways;

  /** Who leads as a case begins, and who is to lead next. */
  private String from;

  private String to;

  /** Rows that a client has written and that were acknowledged. */
  private int rows;

  @BeforeAll
  void begin() {
    site = LocalSite.open();
  }

  @AfterAll
  void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void ready() {
    site.around("");
    site.ready();
    from = site.leaders().get(0);
    to = site.nodes().stream().filter(n -> !n.equals(from)).findFirst().orElseThrow();
    // Clients are let in.
    site.writes().close();
    gateways = LocalGateways.start(site, from);
    site.around(gateways.declared());
    client("postgresql://" + site.address(from) + "/", "drop table if exists led");
    client("postgresql://" + site.address(from) + "/", "create table led (via text)");
    rows = 0;
  }

  @AfterEach
  void closed() {
    if (gateways != null) {
      gateways.close();
    }
  }

  private static String client(String text, String statement) {
    return Shell.run(command(text, statement));
  }

  private static List<String> command(String text, String statement) {
    return List.of(
        "bash",
        "-c",
        "PGCONNECT_TIMEOUT=20 PGUSER=app PGPASSWORD=app PGDATABASE=app psql -XAtq '%s' -c \"%s\""
            .formatted(text, statement));
  }

  /** By each gateway a row is written, and its server is that node's. */
  private void clientsLandOn(String node) {
    Map<String, String> ways = new TreeMap<>();
    ways.put("haproxy", gateways.byHaproxy());
    ways.put("pooler", gateways.byPooler());
    ways.forEach(
        (name, way) -> {
          long from = System.nanoTime();
          String port =
              client(
                  way, "insert into led values ('" + name + "') returning current_setting('port')");
          System.out.printf(
              "LocalRedirectIT: by %s to port %s in %d ms%n",
              name, port, (System.nanoTime() - from) / 1_000_000);
          assertThat(port)
              .as("the server's port behind %s%n%s", name, gateways.log())
              .isEqualTo(site.address(node).split(":")[1]);
          rows++;
        });
    assertThat(site.sql(node, "select 1")).isEqualTo("1");
    assertThat(client("postgresql://" + site.address(node) + "/", "select count(*) from led"))
        .isEqualTo(Integer.toString(rows));
  }

  @Test
  void afterASwitchoverClientsLandOnTheNewLeaderAndOldSessionsAreCut() throws Exception {
    clientsLandOn(from);
    Process byHaproxy = session(gateways.byHaproxy());
    Process byPooler = session(gateways.byPooler());

    Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(0);

    assertThat(result.err())
        .contains("backend shop send clients to " + to, "database app lead to " + to);
    assertThat(byHaproxy.waitFor()).isNotZero();
    assertThat(byPooler.waitFor()).isNotZero();
    clientsLandOn(to);
    site.awaitFollowers(to);
    String again = from;
    from = to;
    to = again;

    site.replctl().run("switchover", "--to", to, "--yes").exits(0);

    clientsLandOn(to);
  }

  /** One that sleeps on the server: it has begun when the server has seen it. */
  private Process session(String way) throws Exception {
    String before =
        site.sql(from, "select count(*) from pg_stat_activity where query ~ '^select pg_sleep'");
    Process process =
        new ProcessBuilder(command(way, "select pg_sleep(600)")).redirectErrorStream(true).start();
    LocalSite.await(
        "a session by " + way,
        () ->
            !site.sql(
                    from, "select count(*) from pg_stat_activity where query ~ '^select pg_sleep'")
                .equals(before));
    return process;
  }

  @Test
  void afterAFailoverClientsLandOnTheNewLeader() {
    clientsLandOn(from);
    site.kill(from);

    site.replctl()
        .run("failover", "--to", to, "--leader-is-broken", "it was killed", "--yes")
        .exits(0);

    clientsLandOn(to);
    site.replctl().run("rejoin", from, "--yes").exits(0);
  }

  @ParameterizedTest
  @CsvSource({
    "'db1', 'nope', 'backend shop has no server nope'",
    "'backend: shop', 'backend: other', find backend",
    "'unix:.*/admin.sock', 'POWERLESS', 'its socket needs \"level admin\"'",
    "'unix:.*/admin.sock', '127.0.0.1:1', 'Connection refused'",
    "'database: app', 'database: app, user: nobody', 'console'",
    "'/replctl.ini', '/other.ini', 'does not include'",
    "'file: .*replctl.ini', 'file: /usr/share/replctl-x.ini', write /usr/share",
    "'host: 127.0.0.1', 'host: 127.0.0.1, port: 1', 'console'",
  })
  void aGatewayThatCantBeUsedRefusesASwitchoverBeforeAnythingChanges(
      String right, String wrong, String words) {
    String declared =
        gateways.declared().replaceFirst(right, wrong.replace("POWERLESS", gateways.powerless()));
    site.around(
        wrong.contains("port: 1")
            ? declared.replaceFirst(", port: [0-9]+, database", ", database")
            : declared);
    String before = site.started(from);

    Replctl.Result result = site.replctl().run("switchover", "--to", to, "--yes").exits(10);

    assertThat(result.err()).contains("E-REDIRECT-01", words, "Nothing was changed.");
    assertThat(site.leaders()).containsExactly(from);
    assertThat(site.started(from)).isEqualTo(before);
    clientsLandOn(from);
  }

  @Test
  void aGatewayThatIsGoneIsOwedByAFailoverAndLedByWhoeverResumes() {
    clientsLandOn(from);
    gateways.endHaproxy();
    site.kill(from);

    String[] failover = {"failover", "--to", to, "--leader-is-broken", "it was killed"};
    assertThat(site.replctl().run(with(failover, "--dry-run")).exits(0).out())
        .contains("clients will have to be led to the new leader by hand: haproxy");
    Replctl.Result result = site.replctl().run(with(failover, "--yes")).exits(12);

    assertThat(result.out()).contains("HAProxy can't be asked at", "replctl op resume");
    assertThat(site.leaders()).containsExactly(to);
    gateways.startHaproxy(from);

    site.replctl().run("op", "resume").exits(0);

    clientsLandOn(to);
    site.replctl().run("rejoin", from, "--yes").exits(0);
  }

  private static String[] with(String[] words, String more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }
}
